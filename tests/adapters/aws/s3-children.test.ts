import { randomUUID } from 'node:crypto';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { s3Children } from '../../../shared/adapters/aws/s3-children.ts';
import { s3Objects } from '../../../shared/adapters/aws/s3-objects.ts';
import { childrenContract } from '../../contracts/children-contract.ts';
import { fauxqsEndpoint } from '../../servers/available.ts';
import { s3Client } from '../../servers/clients.ts';

const client = s3Client(await fauxqsEndpoint());

childrenContract('S3', async () => {
  const bucket = `originals-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return { children: s3Children(client), objects: s3Objects(client), bucket };
});
