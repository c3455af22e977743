/** Canonical texts in S3: `texts/<document id>/<sha256 of the text>.json`, gzipped. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { TextStore } from '../../ports.ts';
import { textFromStore, textPath, textToStore } from '../stored-text.ts';
import { boundedBytes, type Chunks } from './bounded-bytes.ts';
import { isTaken, unlessGone } from './s3-fault.ts';

/** A text of the longest kind that is read, with its blocks, is far below; a swapped object must not fill the memory. */
const LARGEST_BYTES = 256 * 2 ** 20;

const zip = promisify(gzip);
const unzip = promisify(gunzip);

const keyOf = (documentId: string, textSha256: string): string =>
  `texts/${textPath(documentId, textSha256)}.gz`;

const put = async (client: S3Client, place: { Bucket: string; Key: string }, body: Uint8Array) => {
  try {
    await client.send(
      new PutObjectCommand({
        ...place,
        Body: body,
        IfNoneMatch: '*',
        ContentType: 'application/gzip',
      }),
    );
  } catch (fault) {
    if (!isTaken(fault)) throw fault;
  }
};

export const s3Texts = (client: S3Client, bucket: string): TextStore => ({
  write: async (documentId, textSha256, text) => {
    const Key = keyOf(documentId, textSha256);
    const body = await zip(Buffer.from(textToStore(textSha256, text), 'utf8'));
    await unlessGone('PutObject', () => put(client, { Bucket: bucket, Key }, body));
  },
  read: (documentId, textSha256) => {
    const Key = keyOf(documentId, textSha256);
    return unlessGone('GetObject', async () => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
      const bytes = await boundedBytes(Body as Chunks, LARGEST_BYTES);
      if (bytes === null) throw new Error('A stored text is damaged: it is too long');
      const content = await unzip(bytes, { maxOutputLength: LARGEST_BYTES });
      return textFromStore(textSha256, content.toString('utf8'));
    });
  },
});
