/** What runs: extract, classify, and the review API. Nothing here holds data, so that it can be replaced at any time. */
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { ClassifyEnvironment, ExtractEnvironment } from '../shared/environment.ts';
import type { Bundles } from './bundle-functions.ts';
import { ReviewApi } from './constructs/review-api.ts';
import { StepFunction } from './constructs/step-function.ts';
import type { StepQueue } from './constructs/step-queue.ts';
import { CLASSIFY_TIMEOUT, type DataStack, EXTRACT_TIMEOUT } from './data-stack.ts';
import type { Settings } from './settings.ts';

interface IntakeStackProps extends StackProps {
  readonly data: DataStack;
  readonly bundles: Bundles;
  readonly settings: Settings;
}

export class IntakeStack extends Stack {
  constructor(scope: Construct, id: string, props: IntakeStackProps) {
    super(scope, id, props);
    const { data, bundles, settings } = props;
    const { uploads, texts, table, intakeQueue, classifyQueue } = data;
    const storage = { TABLE_NAME: table.tableName, TEXT_BUCKET: texts.bucket.bucketName };
    const logDays: RetentionDays = settings.logDays;

    const extract = new StepFunction<ExtractEnvironment>(this, 'ExtractText', {
      ...bundles.extractText,
      environment: { ...storage, CLASSIFY_QUEUE_URL: classifyQueue.queue.queueUrl },
      timeout: EXTRACT_TIMEOUT,
      memoryMb: 2048,
      logDays,
    });
    extract.takeFrom(intakeQueue, 1);
    uploads.bucket.grantRead(extract.handler);
    texts.bucket.grantReadWrite(extract.handler);
    table.grantReadWriteData(extract.handler);
    classifyQueue.queue.grantSendMessages(extract.handler);

    const classify = new StepFunction<ClassifyEnvironment>(this, 'ClassifyDocument', {
      ...bundles.classifyDocument,
      environment: storage,
      timeout: CLASSIFY_TIMEOUT,
      memoryMb: 1024,
      logDays,
    });
    classify.takeFrom(classifyQueue, 10);
    texts.bucket.grantRead(classify.handler);
    table.grantReadWriteData(classify.handler);

    new ReviewApi(this, 'Review', {
      data,
      bundle: bundles.reviewApi,
      settings,
      timeout: Duration.seconds(29),
    });
    this.watch('Intake', intakeQueue);
    this.watch('Classify', classifyQueue);
  }

  /** Nothing may lie among the dead letters unseen. */
  private watch(id: string, { deadLetters }: StepQueue): void {
    new Alarm(this, `${id}DeadLetters`, {
      metric: deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: `docs/runbook.md: ${id}DeadLetters`,
    });
  }
}
