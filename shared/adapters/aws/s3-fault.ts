/** Tells what S3 says of an object that is not there from what is a fault. */

const nameOf = (fault: unknown): string => (fault instanceof Error ? fault.name : 'unknown');

/** A version that a delete marker stands for is gone as well. */
const GONE: ReadonlySet<string> = new Set([
  'NotFound',
  'NoSuchKey',
  'NoSuchVersion',
  'MethodNotAllowed',
]);

/** What `call` gives; null where S3 answers with one of `names`. Throws on every other refusal. */
const unless = async <T>(
  names: ReadonlySet<string>,
  operation: string,
  call: () => Promise<T>,
): Promise<T | null> => {
  try {
    return await call();
  } catch (fault) {
    if (names.has(nameOf(fault))) return null;
    throw new Error(`S3 ${operation} failed: ${nameOf(fault)}`, { cause: fault });
  }
};

/** null where the object is gone. Needs the right to list the bucket: without it S3 says 403 for gone. */
export const unlessGone = <T>(operation: string, call: () => Promise<T>): Promise<T | null> =>
  unless(GONE, operation, call);

const TAKEN: ReadonlySet<string> = new Set(['PreconditionFailed']);

/** null where the key is taken already (If-None-Match). */
export const unlessTaken = <T>(operation: string, call: () => Promise<T>): Promise<T | null> =>
  unless(TAKEN, operation, call);
