import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { s3Objects } from '../../../shared/adapters/aws/s3-objects.ts';
import { objectsContract } from '../../contracts/objects-contract.ts';
import { fauxqsEndpoint } from '../../servers/available.ts';
import { s3Client } from '../../servers/clients.ts';

const client = s3Client(await fauxqsEndpoint());

/** fauxqs keeps no versions: that a version id is sent on is proven below by its request alone, not by an answer. */
objectsContract('S3', async () => {
  const bucket = `originals-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return {
    objects: s3Objects(client),
    put: async (key, content) => {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: content }));
      return { bucket, key, versionId: '' };
    },
  };
});

test('the version is asked for where there is one, and not where there is none', async () => {
  const own = s3Client(await fauxqsEndpoint());
  const asked: unknown[] = [];
  own.middlewareStack.add(
    (next) => (args) => {
      asked.push('VersionId' in args.input ? args.input['VersionId'] : null);
      return next(args);
    },
    { step: 'initialize' },
  );
  const place = { bucket: `none-${randomUUID()}`, key: 'a' };
  await s3Objects(own).head({ ...place, versionId: 'v7' });
  await s3Objects(own).head({ ...place, versionId: '' });
  expect(asked).toEqual(['v7', null]);
});

test('a bucket that is not there is a fault without any type of the SDK', async () => {
  const ref = { bucket: `none-${randomUUID()}`, key: 'a', versionId: '' };
  const thrown = await s3Objects(client)
    .read(ref, 10)
    .catch((error: unknown) => error);
  expect(thrown).toMatchObject({ name: 'Error', cause: { name: 'NoSuchBucket' } });
});
