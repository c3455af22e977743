/** What must survive every change of code: originals, texts, the table, and the queues with what waits in them. */
import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { TABLE_SHAPE } from '../shared/domain/table-shape.ts';
import { PrivateBucket } from './constructs/private-bucket.ts';
import { StepQueue } from './constructs/step-queue.ts';

/** Longest run of each step; queues wait six times as long before they deliver again. */
export const EXTRACT_TIMEOUT = Duration.seconds(120);
/** A scan of many pages; Lambda allows no more. */
export const SCAN_TIMEOUT = Duration.minutes(15);
export const CLASSIFY_TIMEOUT = Duration.seconds(30);
export const TRAIN_TIMEOUT = Duration.minutes(10);

const { partitionKey, sortKey, indexes } = TABLE_SHAPE;
const text = (name: string) => ({ name, type: AttributeType.STRING });

export class DataStack extends Stack {
  readonly uploads: PrivateBucket;
  readonly texts: PrivateBucket;
  readonly table: TableV2;
  readonly intakeQueue: StepQueue;
  readonly classifyQueue: StepQueue;
  readonly scanQueue: StepQueue;
  readonly learningQueue: StepQueue;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.intakeQueue = new StepQueue(this, 'Intake', { stepTimeout: EXTRACT_TIMEOUT });
    this.scanQueue = new StepQueue(this, 'Scan', { stepTimeout: SCAN_TIMEOUT });
    this.classifyQueue = new StepQueue(this, 'Classify', { stepTimeout: CLASSIFY_TIMEOUT });
    this.learningQueue = new StepQueue(this, 'Learning', { stepTimeout: TRAIN_TIMEOUT });
    this.uploads = new PrivateBucket(this, 'Uploads', { notify: this.intakeQueue });
    this.texts = new PrivateBucket(this, 'Texts', {});
    this.table = new TableV2(this, 'Table', {
      partitionKey: text(partitionKey),
      sortKey: text(sortKey),
      globalSecondaryIndexes: indexes.map((index) => ({
        indexName: index.name,
        partitionKey: text(index.partitionKey),
        sortKey: text(index.sortKey),
        projectionType: ProjectionType.INCLUDE,
        nonKeyAttributes: [...index.nonKeyAttributes],
      })),
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
