/** The SDK's own clients, pointed at the test servers. */
import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { tableDefinition } from '../../shared/adapters/aws/table-definition.ts';

const place = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

export const dynamoClient = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient(place(endpoint));
export const sqsClient = (endpoint: string): SQSClient => new SQSClient(place(endpoint));
export const s3Client = (endpoint: string): S3Client => new S3Client(place(endpoint));
export const s3SigningClient = (endpoint: string): S3Client =>
  new S3Client({ ...place(endpoint), requestChecksumCalculation: 'WHEN_REQUIRED' });

/** Makes an empty table of the product's definition and gives its name. */
export const freshTable = async (client: DynamoDBClient): Promise<string> => {
  const name = `gongkai-${randomUUID()}`;
  await client.send(new CreateTableCommand(tableDefinition(name)));
  return name;
};
