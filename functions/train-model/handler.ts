import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { dynamoCatalogues } from '../../shared/adapters/aws/dynamo-catalogues.ts';
import { dynamoReleases } from '../../shared/adapters/aws/dynamo-releases.ts';
import { dynamoReviews } from '../../shared/adapters/aws/dynamo-reviews.ts';
import { eachRecord } from '../../shared/adapters/aws/each-record.ts';
import { s3Models } from '../../shared/adapters/aws/s3-models.ts';
import { s3Texts } from '../../shared/adapters/aws/s3-texts.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { readEnvironment, trainEnvironment } from '../../shared/environment.ts';
import { jsonLog, systemClock } from '../../shared/log.ts';
import { runLearningJob } from '../../shared/usecases/run-learning-job.ts';
import { learningJobIn } from './event.ts';

const { TABLE_NAME, TEXT_BUCKET } = readEnvironment(trainEnvironment, process.env);
const dynamo = new DynamoDBClient({});
const s3 = new S3Client({});
const log = jsonLog((line) => process.stdout.write(line));
const needs = {
  clock: systemClock,
  texts: s3Texts(s3, TEXT_BUCKET),
  catalogues: dynamoCatalogues(dynamo, TABLE_NAME),
  reviews: dynamoReviews(dynamo, TABLE_NAME),
  releases: dynamoReleases(dynamo, TABLE_NAME, defaultArtefact.id),
  models: s3Models(s3, TEXT_BUCKET),
  log,
};

export const handler = ({ Records }: SQSEvent): Promise<SQSBatchResponse> =>
  eachRecord(Records, log, ({ body }) => runLearningJob(needs, learningJobIn(body)));
