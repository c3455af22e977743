import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { handle } from 'hono/aws-lambda';
import { dynamoCatalogues } from '../../shared/adapters/aws/dynamo-catalogues.ts';
import { dynamoDocuments } from '../../shared/adapters/aws/dynamo-documents.ts';
import { dynamoReleases } from '../../shared/adapters/aws/dynamo-releases.ts';
import { dynamoReviews } from '../../shared/adapters/aws/dynamo-reviews.ts';
import { s3Children } from '../../shared/adapters/aws/s3-children.ts';
import { s3Downloads, s3Uploads } from '../../shared/adapters/aws/s3-desks.ts';
import { s3Models } from '../../shared/adapters/aws/s3-models.ts';
import { s3Objects } from '../../shared/adapters/aws/s3-objects.ts';
import { s3Texts } from '../../shared/adapters/aws/s3-texts.ts';
import { sqsClassifyQueue } from '../../shared/adapters/aws/sqs-classify-queue.ts';
import { sqsLearningQueue } from '../../shared/adapters/aws/sqs-learning-queue.ts';
import { workerTextReader } from '../../shared/adapters/worker/worker-text-reader.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { readEnvironment, reviewEnvironment } from '../../shared/environment.ts';
import { reviewApp } from '../../shared/http/app.ts';
import { pageTokens } from '../../shared/http/page-token.ts';
import { oidcVerifier } from '../../shared/http/token-verifier.ts';
import { jsonLog, systemClock } from '../../shared/log.ts';
import { wordSegmenter } from '../../shared/text/words.ts';

const environment = readEnvironment(reviewEnvironment, process.env);
const { TABLE_NAME, TEXT_BUCKET, UPLOAD_BUCKET } = environment;
const sqs = new SQSClient({});
const s3 = new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
const dynamo = new DynamoDBClient({});
const documents = dynamoDocuments(dynamo, TABLE_NAME);
const entry = new URL('./extract-worker.mjs', import.meta.url);

const services = {
  clock: systemClock,
  objects: s3Objects(s3),
  children: s3Children(s3),
  uploads: s3Uploads(s3, UPLOAD_BUCKET, systemClock),
  downloads: s3Downloads(s3),
  texts: s3Texts(s3, TEXT_BUCKET),
  documents,
  ledger: documents,
  catalogues: dynamoCatalogues(dynamo, TABLE_NAME),
  reviews: dynamoReviews(dynamo, TABLE_NAME),
  releases: dynamoReleases(dynamo, TABLE_NAME, defaultArtefact.id),
  models: s3Models(s3, TEXT_BUCKET),
  classifyQueue: sqsClassifyQueue(sqs, environment.CLASSIFY_QUEUE_URL),
  scanQueue: sqsClassifyQueue(sqs, environment.SCAN_QUEUE_URL),
  learningQueue: sqsLearningQueue(sqs, environment.LEARNING_QUEUE_URL),
  reader: workerTextReader({ entry, timeLimitMs: 25_000, memoryLimitMb: 1024 }),
  words: wordSegmenter(),
  log: jsonLog((line) => process.stdout.write(line)),
  pageTokens: pageTokens(environment.PAGE_TOKEN_KEY),
};

const verify = oidcVerifier({
  issuer: environment.OIDC_ISSUER,
  audience: environment.OIDC_AUDIENCE,
  rolesClaim: environment.ROLES_CLAIM,
  jwksUrl: new URL(environment.OIDC_JWKS),
});

export const handler = handle(reviewApp({ services, verify }));
