/** Trained models in S3: `models/<catalogue>/<model>/<file>`. */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ModelStore } from '../../ports.ts';
import {
  checkedModelFile,
  demandSameModelFile,
  LARGEST_MODEL_FILE,
  modelPath,
} from '../model-path.ts';
import { boundedBytes, type Chunks } from './bounded-bytes.ts';
import { unlessGone, unlessTaken } from './s3-fault.ts';

interface Bucket {
  readonly client: S3Client;
  readonly name: string;
}

const read = ({ client, name }: Bucket, Key: string): Promise<Uint8Array | null> =>
  unlessGone('GetObject', async () => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: name, Key }));
    const bytes = await boundedBytes(Body as Chunks, LARGEST_MODEL_FILE);
    if (bytes === null) throw new Error('A stored model file is too long');
    return new Uint8Array(bytes);
  });

const write = async (bucket: Bucket, Key: string, Body: Uint8Array): Promise<void> => {
  const before = await read(bucket, Key);
  if (before !== null) return demandSameModelFile(before, Body);
  const command = new PutObjectCommand({
    Bucket: bucket.name,
    Key,
    Body,
    IfNoneMatch: '*',
    ContentType: 'application/json',
  });
  if ((await unlessTaken('PutObject', () => bucket.client.send(command))) !== null) return;
  const winner = await read(bucket, Key);
  if (winner === null) throw new Error('A model file is both there and not there');
  demandSameModelFile(winner, Body);
};

/** `client` needs GetObject and PutObject on `models/` of the bucket, and ListBucket to tell gone from forbidden. */
export const s3Models = (client: S3Client, name: string): ModelStore => {
  const bucket = { client, name };
  const keyOf = (path: string): string => `models/${path}`;
  return {
    writeModelFile: async (place, bytes) =>
      write(bucket, keyOf(modelPath(place)), checkedModelFile(bytes)),
    readModelFile: async (place) => read(bucket, keyOf(modelPath(place))),
  };
};
