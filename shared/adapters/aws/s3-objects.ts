/** The originals in S3. */
import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ObjectRef } from '../../domain/document.ts';
import { refusal } from '../../domain/refusal.ts';
import { accept, refuse } from '../../domain/result.ts';
import type { ObjectStore } from '../../ports.ts';
import { boundedBytes, type Chunks } from './bounded-bytes.ts';
import { unlessGone } from './s3-fault.ts';

const placeOf = ({ bucket, key, versionId }: ObjectRef) => ({
  Bucket: bucket,
  Key: key,
  ...(versionId === '' ? {} : { VersionId: versionId }),
});

/** A length that S3 does not say counts as too long: nothing is read on trust. */
const tooLong = (length: number | undefined, limit: number): boolean =>
  length === undefined || length > limit;

/** `client` needs GetObject, GetObjectVersion and ListBucket on the buckets it is asked for. */
export const s3Objects = (client: S3Client): ObjectStore => ({
  head: (ref) =>
    unlessGone('HeadObject', async () => {
      const { ContentLength = 0 } = await client.send(new HeadObjectCommand(placeOf(ref)));
      return { ref, bytes: ContentLength };
    }),
  read: async (ref, limit) => {
    const command = new GetObjectCommand(placeOf(ref));
    const found = await unlessGone('GetObject', () => client.send(command));
    if (found === null) return null;
    const chunks = found.Body as Chunks;
    if (tooLong(found.ContentLength, limit)) chunks.destroy();
    const bytes = tooLong(found.ContentLength, limit) ? null : await boundedBytes(chunks, limit);
    return bytes === null ? refuse(refusal('TOO_LARGE', `${limit} bytes`)) : accept(bytes);
  },
});
