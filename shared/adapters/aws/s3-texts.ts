/** Canonical texts in S3: `texts/<document id>/<sha256 of the text>.json`, gzipped. */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { CanonicalText } from '../../domain/text.ts';
import type { TextStore } from '../../ports.ts';
import { textFromStore, textPath, textToStore } from '../stored-text.ts';
import { boundedBytes, type Chunks } from './bounded-bytes.ts';
import { unlessGone, unlessTaken } from './s3-fault.ts';

/** A text of the longest kind that is read, with its blocks, is far below; a swapped object must not fill the memory. */
const LARGEST_BYTES = 256 * 2 ** 20;

const zip = promisify(gzip);
const unzip = promisify(gunzip);

const keyOf = (documentId: string, textSha256: string): string =>
  `texts/${textPath(documentId, textSha256)}.gz`;

const textOf = async (textSha256: string, body: Chunks): Promise<CanonicalText> => {
  const bytes = await boundedBytes(body, LARGEST_BYTES);
  if (bytes === null) throw new Error('A stored text is damaged: it is too long');
  const content = await unzip(bytes, { maxOutputLength: LARGEST_BYTES });
  return textFromStore(textSha256, content.toString('utf8'));
};

/** What is there is never written again. */
export const s3Texts = (client: S3Client, bucket: string): TextStore => ({
  write: async (documentId, textSha256, text) => {
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: keyOf(documentId, textSha256),
      Body: await zip(Buffer.from(textToStore(textSha256, text), 'utf8')),
      IfNoneMatch: '*',
      ContentType: 'application/gzip',
    });
    await unlessTaken('PutObject', () => client.send(command));
  },
  read: async (documentId, textSha256) => {
    const place = { Bucket: bucket, Key: keyOf(documentId, textSha256) };
    const found = await unlessGone('GetObject', () => client.send(new GetObjectCommand(place)));
    return found === null ? null : textOf(textSha256, found.Body as Chunks);
  },
});
