import { randomUUID } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { s3Texts } from '../../../shared/adapters/aws/s3-texts.ts';
import { canonicalBuilder } from '../../../shared/text/canonical.ts';
import { sha256Of } from '../../contracts/sample-documents.ts';
import { textsContract } from '../../contracts/texts-contract.ts';
import { fauxqsEndpoint } from '../../servers/available.ts';
import { s3Client } from '../../servers/clients.ts';

const client = s3Client(await fauxqsEndpoint());

const damage = async (Bucket: string, from: string, to: string): Promise<void> => {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
  for (const { Key } of Contents) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    const content = gunzipSync(bytes).toString('utf8').replace(from, to);
    await client.send(new PutObjectCommand({ Bucket, Key, Body: gzipSync(content) }));
  }
};

/** fauxqs does not know If-None-Match: that S3 refuses a second write is not proven here, only that it is asked to. */
textsContract('S3', async () => {
  const bucket = `texts-${randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return { texts: s3Texts(client, bucket), damage: (from, to) => damage(bucket, from, to) };
});

test('a write asks S3 to refuse where the key is taken, and takes that for done', async () => {
  const own = s3Client(await fauxqsEndpoint());
  const asked: unknown[] = [];
  own.middlewareStack.add(
    () => async (args) => {
      asked.push('IfNoneMatch' in args.input && args.input['IfNoneMatch']);
      throw Object.assign(new Error('taken'), { name: 'PreconditionFailed' });
    },
    { step: 'initialize' },
  );
  const builder = canonicalBuilder();
  builder.paragraph('正文');
  await s3Texts(own, 'any').write('doc-1', sha256Of('正文'), builder.build('txt'));
  expect(asked).toEqual(['*']);
});

test('a write to a bucket that is not there is a fault: no text is lost in silence', async () => {
  const builder = canonicalBuilder();
  builder.paragraph('正文');
  const texts = s3Texts(client, `none-${randomUUID()}`);
  const write = texts.write('doc-1', sha256Of('正文'), builder.build('txt'));
  await expect(write).rejects.toThrow(/PutObject failed/u);
});
