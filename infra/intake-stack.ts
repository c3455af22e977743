/** What runs: extract, classify, learn, and the review API. Nothing here holds data, so that it can be replaced at any time. */
import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type {
  ClassifyEnvironment,
  ExtractEnvironment,
  ScanEnvironment,
  TrainEnvironment,
} from '../shared/environment.ts';
import type { Bundles } from './bundle-functions.ts';
import { ReviewApi } from './constructs/review-api.ts';
import {
  mayHandOn,
  mayKeepChildren,
  mayKeepDocuments,
  mayReadModels,
  mayReadOriginals,
  mayReadTexts,
  mayWriteModels,
  mayWriteTexts,
} from './constructs/rights.ts';
import { StepFunction } from './constructs/step-function.ts';
import type { StepQueue } from './constructs/step-queue.ts';
import { FIVE_MINUTES, watch } from './constructs/watch.ts';
import {
  CLASSIFY_TIMEOUT,
  type DataStack,
  EXTRACT_TIMEOUT,
  SCAN_TIMEOUT,
  TRAIN_TIMEOUT,
} from './data-stack.ts';
import type { Settings } from './settings.ts';

/** A file that was sent is read well before this. */
const LONGEST_WAIT = Duration.minutes(30);

/** SQS allows no fewer; more would only train on the same reviews. */
const FEWEST_AT_ONCE = 2;

interface IntakeStackProps extends StackProps {
  readonly data: DataStack;
  readonly bundles: Bundles;
  readonly settings: Settings;
}

export class IntakeStack extends Stack {
  constructor(scope: Construct, id: string, props: IntakeStackProps) {
    super(scope, id, props);
    const { data, bundles, settings } = props;
    const { uploads, texts, table, intakeQueue, classifyQueue, scanQueue, learningQueue } = data;
    const storage = { TABLE_NAME: table.tableName, TEXT_BUCKET: texts.bucket.bucketName };
    const logDays: RetentionDays = settings.logDays;

    const extract = new StepFunction<ExtractEnvironment>(this, 'ExtractText', {
      ...bundles.extractText,
      environment: {
        ...storage,
        CLASSIFY_QUEUE_URL: classifyQueue.queue.queueUrl,
        SCAN_QUEUE_URL: scanQueue.queue.queueUrl,
      },
      timeout: EXTRACT_TIMEOUT,
      memoryMb: 2048,
      logDays,
    });
    extract.takeFrom(intakeQueue, 1);
    mayReadOriginals(extract.handler, uploads.bucket);
    mayKeepChildren(extract.handler, uploads.bucket);
    mayWriteTexts(extract.handler, texts.bucket);
    mayKeepDocuments(extract.handler, table);
    mayHandOn(extract.handler, classifyQueue.queue);
    mayHandOn(extract.handler, scanQueue.queue);

    this.readScans(props);

    const classify = new StepFunction<ClassifyEnvironment>(this, 'ClassifyDocument', {
      ...bundles.classifyDocument,
      environment: storage,
      timeout: CLASSIFY_TIMEOUT,
      memoryMb: 1024,
      logDays,
    });
    classify.takeFrom(classifyQueue, 10);
    mayReadTexts(classify.handler, texts.bucket);
    mayReadModels(classify.handler, texts.bucket);
    mayKeepDocuments(classify.handler, table);

    const train = new StepFunction<TrainEnvironment>(this, 'TrainModel', {
      ...bundles.trainModel,
      environment: storage,
      timeout: TRAIN_TIMEOUT,
      memoryMb: 2048,
      logDays,
    });
    train.takeFrom(learningQueue, 1, FEWEST_AT_ONCE);
    mayReadTexts(train.handler, texts.bucket);
    mayReadModels(train.handler, texts.bucket);
    mayWriteModels(train.handler, texts.bucket);
    mayKeepDocuments(train.handler, table);

    new ReviewApi(this, 'Review', {
      data,
      bundle: bundles.reviewApi,
      settings,
      timeout: Duration.seconds(29),
    });
    const queues = { Intake: intakeQueue, Classify: classifyQueue, Learning: learningQueue };
    for (const [id, queue] of Object.entries(queues)) this.watch(id, queue);
  }

  /** Apart from extraction: it takes minutes where the other takes seconds, and ships a runtime that the other does not need. */
  private readScans({ data, bundles, settings }: IntakeStackProps): void {
    const { uploads, texts, table, classifyQueue, scanQueue } = data;
    const scan = new StepFunction<ScanEnvironment>(this, 'ReadScan', {
      ...bundles.readScan,
      environment: {
        TABLE_NAME: table.tableName,
        TEXT_BUCKET: texts.bucket.bucketName,
        CLASSIFY_QUEUE_URL: classifyQueue.queue.queueUrl,
      },
      timeout: SCAN_TIMEOUT,
      memoryMb: 2048,
      logDays: settings.logDays,
    });
    scan.takeFrom(scanQueue, 1);
    mayReadOriginals(scan.handler, uploads.bucket);
    mayWriteTexts(scan.handler, texts.bucket);
    mayKeepDocuments(scan.handler, table);
    mayHandOn(scan.handler, classifyQueue.queue);
    this.watch('Scan', scanQueue);
  }

  /** Nothing may lie among the dead letters unseen, and nothing may wait unseen before it gets there. */
  private watch(id: string, { queue, deadLetters }: StepQueue): void {
    watch(this, `${id}DeadLetters`, {
      metric: deadLetters.metricApproximateNumberOfMessagesVisible(FIVE_MINUTES),
      threshold: 1,
    });
    watch(this, `${id}Waiting`, {
      metric: queue.metricApproximateAgeOfOldestMessage(FIVE_MINUTES),
      threshold: LONGEST_WAIT.toSeconds(),
    });
  }
}
