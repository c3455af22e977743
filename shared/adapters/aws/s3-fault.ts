/** Tells what S3 says of an object that is not there from what is a fault. */
import { S3ServiceException } from '@aws-sdk/client-s3';

/** A version that S3 cannot even parse, or that a delete marker stands for, is gone as well. */
const GONE: ReadonlySet<string> = new Set([
  'NotFound',
  'NoSuchKey',
  'NoSuchVersion',
  'MethodNotAllowed',
]);

/** What `call` gives; null where the object is gone. Needs the right to list the bucket: without it S3 says 403 for gone. */
export const unlessGone = async <T>(
  operation: string,
  call: () => Promise<T>,
): Promise<T | null> => {
  try {
    return await call();
  } catch (fault) {
    const name = fault instanceof Error ? fault.name : 'unknown';
    if (GONE.has(name)) return null;
    throw new Error(`S3 ${operation} failed: ${name}`, { cause: fault });
  }
};

/** True where S3 says that the key is taken (If-None-Match). */
export const isTaken = (fault: unknown): boolean =>
  fault instanceof S3ServiceException && fault.name === 'PreconditionFailed';
