import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { dynamoCatalogues } from '../../shared/adapters/aws/dynamo-catalogues.ts';
import { dynamoDocuments } from '../../shared/adapters/aws/dynamo-documents.ts';
import { eachRecord } from '../../shared/adapters/aws/each-record.ts';
import { s3Texts } from '../../shared/adapters/aws/s3-texts.ts';
import { classifyEnvironment, readEnvironment } from '../../shared/environment.ts';
import { jsonLog, systemClock } from '../../shared/log.ts';
import { documentIdIn } from './event.ts';

const environment = readEnvironment(classifyEnvironment, process.env);
const dynamo = new DynamoDBClient({});
const log = jsonLog((line) => process.stdout.write(line));
const needs = {
  clock: systemClock,
  texts: s3Texts(new S3Client({}), environment.TEXT_BUCKET),
  documents: dynamoDocuments(dynamo, environment.TABLE_NAME),
  catalogues: dynamoCatalogues(dynamo, environment.TABLE_NAME),
  log,
};

/** Rules and tables are loaded while the runtime asks for the first event. */
const classifier = import('../../shared/usecases/classify-document.ts');

export const handler = ({ Records }: SQSEvent): Promise<SQSBatchResponse> =>
  eachRecord(Records, log, async ({ body }) => {
    const documentId = documentIdIn(body);
    const { classifyDocument } = await classifier;
    await classifyDocument(needs, documentId);
  });
