import { randomUUID } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { s3Models } from '../../../shared/adapters/aws/s3-models.ts';
import { modelsContract } from '../../contracts/models-contract.ts';
import { fauxqsEndpoint } from '../../servers/available.ts';
import { s3Client } from '../../servers/clients.ts';

const client = s3Client(await fauxqsEndpoint());

modelsContract('S3', async () => {
  const bucket = `texts-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return s3Models(client, bucket);
});
