import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { dynamoCatalogues } from '../../shared/adapters/aws/dynamo-catalogues.ts';
import { dynamoDocuments } from '../../shared/adapters/aws/dynamo-documents.ts';
import { dynamoReleases } from '../../shared/adapters/aws/dynamo-releases.ts';
import { eachRecord } from '../../shared/adapters/aws/each-record.ts';
import { s3Models } from '../../shared/adapters/aws/s3-models.ts';
import { s3Texts } from '../../shared/adapters/aws/s3-texts.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { classifyEnvironment, readEnvironment } from '../../shared/environment.ts';
import { jsonLog, systemClock } from '../../shared/log.ts';
import { documentIdIn } from './event.ts';

const { TABLE_NAME, TEXT_BUCKET } = readEnvironment(classifyEnvironment, process.env);
const dynamo = new DynamoDBClient({});
const s3 = new S3Client({});
const log = jsonLog((line) => process.stdout.write(line));
const needs = {
  clock: systemClock,
  texts: s3Texts(s3, TEXT_BUCKET),
  documents: dynamoDocuments(dynamo, TABLE_NAME),
  catalogues: dynamoCatalogues(dynamo, TABLE_NAME),
  releases: dynamoReleases(dynamo, TABLE_NAME, defaultArtefact.id),
  models: s3Models(s3, TEXT_BUCKET),
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
