import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { dynamoDocuments } from '../../shared/adapters/aws/dynamo-documents.ts';
import { eachRecord } from '../../shared/adapters/aws/each-record.ts';
import { s3Children } from '../../shared/adapters/aws/s3-children.ts';
import { s3Objects } from '../../shared/adapters/aws/s3-objects.ts';
import { s3Texts } from '../../shared/adapters/aws/s3-texts.ts';
import { sqsClassifyQueue } from '../../shared/adapters/aws/sqs-classify-queue.ts';
import { workerTextReader } from '../../shared/adapters/worker/worker-text-reader.ts';
import { extractEnvironment, readEnvironment } from '../../shared/environment.ts';
import { jsonLog, systemClock } from '../../shared/log.ts';
import { wordSegmenter } from '../../shared/text/words.ts';
import { extractDocument } from '../../shared/usecases/extract-document.ts';
import { uploadsOf } from './event.ts';

const environment = readEnvironment(extractEnvironment, process.env);
const [s3, sqs] = [new S3Client({}), new SQSClient({})];
const log = jsonLog((line) => process.stdout.write(line));
const needs = {
  clock: systemClock,
  objects: s3Objects(s3),
  children: s3Children(s3),
  texts: s3Texts(s3, environment.TEXT_BUCKET),
  documents: dynamoDocuments(new DynamoDBClient({}), environment.TABLE_NAME),
  classifyQueue: sqsClassifyQueue(sqs, environment.CLASSIFY_QUEUE_URL),
  scanQueue: sqsClassifyQueue(sqs, environment.SCAN_QUEUE_URL),
  reader: workerTextReader({
    entry: new URL('./extract-worker.mjs', import.meta.url),
    timeLimitMs: 60_000,
    smallFileLimitMs: 25_000,
    memoryLimitMb: 1024,
  }),
  words: wordSegmenter(),
  log,
};

export const handler = ({ Records }: SQSEvent): Promise<SQSBatchResponse> =>
  eachRecord(Records, log, async ({ body }) => {
    for (const upload of uploadsOf(body)) await extractDocument(needs, upload);
  });
