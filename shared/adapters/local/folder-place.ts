/** Where a bucket and key lie below the root folder; nothing outside the root is ever named. */
import { lstat, mkdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { keyProblem } from '../../domain/object-key.ts';
import { systemCode } from './durable-file.ts';

export interface Place {
  readonly bucket: string;
  readonly key: string;
}

const BUCKET = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/u;

/** Why the place is not allowed, in a few words that hold no part of it; null where it is. */
export const placeProblem = ({ bucket, key }: Place): string | null => {
  if (!BUCKET.test(bucket)) return 'bucket name';
  if (key.split('/').includes('')) return 'empty part in the path';
  return keyProblem(key);
};

const ABSENT: ReadonlySet<string | null> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP']);

/** True for the system's ways to say that there is no such file. */
export const isAbsent = (fault: unknown): boolean => ABSENT.has(systemCode(fault));

/** The real path of what lies there; null where nothing does, or where a link leads out of the root. */
export const existingPath = async (root: string, place: Place): Promise<string | null> => {
  if (placeProblem(place) !== null) return null;
  try {
    const [inside, path] = await Promise.all([
      realpath(root),
      realpath(join(root, place.bucket, place.key)),
    ]);
    return path.startsWith(inside + sep) ? path : null;
  } catch (fault) {
    if (isAbsent(fault)) return null;
    throw fault;
  }
};

/** Makes the folders above the place and gives its path; null where one of them is a link or a file. */
export const makePath = async (root: string, { bucket, key }: Place): Promise<string | null> => {
  const parts = [bucket, ...key.split('/')];
  const name = parts.pop() ?? '';
  let folder = root;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const part of parts) {
    folder = join(folder, part);
    try {
      await mkdir(folder, { mode: 0o700 });
    } catch (fault) {
      if (systemCode(fault) !== 'EEXIST') throw fault;
    }
    if (!(await lstat(folder)).isDirectory()) return null;
  }
  return join(folder, name);
};
