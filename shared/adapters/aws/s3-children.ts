/** Files out of containers in S3: written once under their key; the notification of the bucket takes them in. */
import { HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ChildStore } from '../../ports.ts';
import { unlessTaken } from './s3-fault.ts';

/** `client` needs PutObject, GetObject and ListBucket under `expanded/`. */
export const s3Children = (client: S3Client): ChildStore => ({
  keep: async (bucket, { key, bytes }) => {
    const place = { Bucket: bucket, Key: key };
    const command = new PutObjectCommand({ ...place, Body: bytes, IfNoneMatch: '*' });
    const written = await unlessTaken('PutObject', () => client.send(command));
    const { VersionId: versionId = '' } =
      written ?? (await client.send(new HeadObjectCommand(place)));
    return { bucket, key, versionId };
  },
});
