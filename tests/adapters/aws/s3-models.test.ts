import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { s3Models } from '../../../shared/adapters/aws/s3-models.ts';
import { modelsContract } from '../../contracts/models-contract.ts';
import { fauxqsEndpoint } from '../../servers/available.ts';
import { s3Client } from '../../servers/clients.ts';

const client = s3Client(await fauxqsEndpoint());
const place = { catalogueId: 'yx2026', modelId: 'm1', file: 'artefact.json' } as const;
const bytes = new TextEncoder().encode('{}');

const freshBucket = async (): Promise<string> => {
  const bucket = `texts-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return bucket;
};

modelsContract('S3', async () => s3Models(client, await freshBucket()));

test('a model lies under its catalogue and id, apart from the texts of the same bucket', async () => {
  const bucket = await freshBucket();
  await s3Models(client, bucket).writeModelFile(place, bytes);
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket }));
  expect(Contents.map(({ Key }) => Key)).toEqual(['models/yx2026/m1/artefact.json']);
});

/** fauxqs does not know If-None-Match: another writer that comes between is played by what the client is answered. */
const raced = async (winner: string) => {
  const own = s3Client(await fauxqsEndpoint());
  const asked: unknown[] = [];
  let taken = false;
  own.middlewareStack.add(
    (_, context) => async (args) => {
      if (context.commandName === 'PutObjectCommand') {
        asked.push('IfNoneMatch' in args.input && args.input['IfNoneMatch']);
        taken = true;
        throw Object.assign(new Error('taken'), { name: 'PreconditionFailed' });
      }
      if (!taken) throw Object.assign(new Error('gone'), { name: 'NoSuchKey' });
      const Body = new Blob([winner]).stream();
      return { response: {}, output: { $metadata: {}, Body } as never };
    },
    { step: 'initialize' },
  );
  return { asked, write: s3Models(own, 'any').writeModelFile(place, bytes) };
};

test('a write asks S3 to refuse where the key is taken; the same bytes from another writer are fine', async () => {
  const { asked, write } = await raced('{}');
  await write;
  expect(asked).toEqual(['*']);
});

test('other bytes from another writer that came between are a fault', async () => {
  const { write } = await raced('{"other":1}');
  await expect(write).rejects.toThrow(/other bytes/u);
});

test('a bucket that is not there is a fault, not an absent model', async () => {
  const models = s3Models(client, `none-${randomUUID()}`);
  await expect(models.readModelFile(place)).rejects.toThrow(/GetObject failed: NoSuchBucket/u);
});
