/** What the two stacks give a function, over DynamoDB Local and fauxqs: table, buckets, queues and the events that they make. */
import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamoDocuments } from '../../shared/adapters/aws/dynamo-documents.ts';
import { s3Texts } from '../../shared/adapters/aws/s3-texts.ts';
import { documentIdOf } from '../../shared/usecases/document-identity.ts';
import { dynamoClient, freshTable, s3Client, sqsClient } from '../servers/clients.ts';

export interface Endpoints {
  readonly dynamodb: string;
  readonly fauxqs: string;
}

/** S3 writes keys as in a query string. */
const inNotification = (key: string): string =>
  encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');

/** fauxqs knows no versions: `versionId` is absent, as S3 leaves it out of events of a bucket without versions. */
export const uploadEvent = (bucket: string, key: string, size: number): string =>
  JSON.stringify({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'us-east-1',
        eventTime: new Date().toISOString(),
        eventName: 'ObjectCreated:Put',
        s3: {
          s3SchemaVersion: '1.0',
          bucket: { name: bucket, ownerIdentity: { principalId: 'A1' }, arn: 'arn:x' },
          object: { key: inNotification(key), size, eTag: 'x', sequencer: '0055AED6DCD90281E5' },
        },
      },
    ],
  });

const textOf = (value: unknown): string => {
  if (value instanceof Uint8Array) {
    const zipped = value[0] === 0x1f && value[1] === 0x8b;
    return (zipped ? gunzipSync(value) : Buffer.from(value)).toString('utf8');
  }
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, part]) => `${name} ${textOf(part)}`)
    .join('\n');
};

export const awsAccount = async ({ dynamodb, fauxqs }: Endpoints) => {
  const [dynamo, s3, sqs] = [dynamoClient(dynamodb), s3Client(fauxqs), sqsClient(fauxqs)];
  const table = await freshTable(dynamo);
  const [uploads, texts] = [`uploads-${randomUUID()}`, `texts-${randomUUID()}`];
  for (const Bucket of [uploads, texts]) await s3.send(new CreateBucketCommand({ Bucket }));
  const queue = async (name: string): Promise<string> => {
    const QueueName = `${name}-${randomUUID()}`;
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName }));
    // fauxqs names a host that no resolver knows.
    return new URL(new URL(QueueUrl).pathname, fauxqs).href;
  };
  const [intakeQueue, classifyQueue] = [await queue('intake'), await queue('classify')];
  const [scanQueue, learningQueue] = [await queue('scan'), await queue('learning')];

  /** Takes what waits in a queue, as the event source does: an event for the function. */
  const receive = async (QueueUrl: string) => {
    const Records: unknown[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      if (Messages.length === 0) return { Records };
      for (const { MessageId, ReceiptHandle, Body } of Messages) {
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        Records.push({
          messageId: MessageId,
          receiptHandle: ReceiptHandle,
          body: Body,
          attributes: { ApproximateReceiveCount: '1' },
          messageAttributes: {},
          eventSource: 'aws:sqs',
        });
      }
    }
  };
  const send = (QueueUrl: string, MessageBody: string) =>
    sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));

  return {
    documents: dynamoDocuments(dynamo, table),
    texts: s3Texts(s3, texts),
    uploads,
    idOf: (key: string) => documentIdOf({ bucket: uploads, key, versionId: '' }),
    announce: (key: string, size: number) => send(intakeQueue, uploadEvent(uploads, key, size)),
    sendToIntake: (body: string) => send(intakeQueue, body),
    upload: async (key: string, Body: Uint8Array) => {
      await s3.send(new PutObjectCommand({ Bucket: uploads, Key: key, Body }));
      await send(intakeQueue, uploadEvent(uploads, key, Body.byteLength));
    },
    fromIntake: () => receive(intakeQueue),
    fromClassify: () => receive(classifyQueue),
    fromScan: () => receive(scanQueue),
    fromLearning: () => receive(learningQueue),
    /** All that the table and the bucket of texts hold, unzipped. Only tests scan. */
    everythingKept: async (): Promise<string> => {
      const { Items = [], LastEvaluatedKey } = await dynamo.send(
        new ScanCommand({ TableName: table }),
      );
      if (LastEvaluatedKey !== undefined) throw new Error('More than one page: scan on');
      const kept = Items.map((row) => textOf(unmarshall(row)));
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: texts }));
      for (const { Key } of Contents) {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: texts, Key }));
        kept.push(String(Key), textOf(await Body?.transformToByteArray()));
      }
      return kept.join('\n');
    },
    /** Only names and endpoints, as the stacks give them; region and credentials as Lambda does. */
    environment: {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL_S3: fauxqs,
      AWS_ENDPOINT_URL_SQS: fauxqs,
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
      TABLE_NAME: table,
      TEXT_BUCKET: texts,
    },
    uploadEnvironment: { UPLOAD_BUCKET: uploads },
    queueEnvironment: { CLASSIFY_QUEUE_URL: classifyQueue, SCAN_QUEUE_URL: scanQueue },
    learningEnvironment: { LEARNING_QUEUE_URL: learningQueue },
    close: () => {
      for (const client of [dynamo, s3, sqs]) client.destroy();
    },
  };
};
export type AwsAccount = Awaited<ReturnType<typeof awsAccount>>;
