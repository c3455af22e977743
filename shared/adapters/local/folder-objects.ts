/** The originals as files: `<root>/<bucket>/<key>`. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, open, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ObjectRef } from '../../domain/document.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import type { ObjectStore } from '../../ports.ts';
import { syncFolder, systemCode, writeUnfinished } from './durable-file.ts';
import { existingPath, isAbsent, makePath, type Place, placeProblem } from './folder-place.ts';

/** Does not wait at a pipe that somebody put there. */
const READ = constants.O_RDONLY | constants.O_NONBLOCK;

const withFile = async <T>(
  root: string,
  place: Place,
  work: (file: FileHandle, bytes: number) => Promise<T>,
): Promise<T | null> => {
  const path = await existingPath(root, place);
  if (path === null) return null;
  let file: FileHandle;
  try {
    file = await open(path, READ);
  } catch (fault) {
    if (isAbsent(fault)) return null;
    throw fault;
  }
  try {
    const found = await file.stat();
    return found.isFile() ? await work(file, found.size) : null;
  } finally {
    await file.close();
  }
};

const hashOf = async (file: FileHandle): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of file.createReadStream({ autoClose: false, start: 0 }))
    hash.update(chunk);
  return hash.digest('hex');
};

/** Reads on past the size first seen, up to one byte over the limit: the file may grow meanwhile. */
const readUpTo = async (file: FileHandle, limit: number): Promise<Uint8Array | null> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of file.createReadStream({ autoClose: false, start: 0, end: limit })) {
    chunks.push(chunk);
    bytes += chunk.length;
  }
  return bytes > limit ? null : Buffer.concat(chunks);
};

const sameVersion = (versionId: string, content: Uint8Array): boolean =>
  versionId === '' || versionId === createHash('sha256').update(content).digest('hex');

/** What lies at the place now, with the sha256 of its bytes as version; null where there is no file. */
export const currentRef = (root: string, place: Place): Promise<ObjectRef | null> =>
  withFile(root, place, async (file) => ({
    bucket: place.bucket,
    key: place.key,
    versionId: await hashOf(file),
  }));

const settle = async (root: string, place: Place, unfinished: string) => {
  const path = await makePath(root, place);
  if (path === null) return refusal('BAD_KEY', 'a link or a file stands in the path');
  try {
    await link(unfinished, path);
  } catch (fault) {
    if (systemCode(fault) === 'ENAMETOOLONG') return refusal('BAD_KEY', 'file name too long');
    if (systemCode(fault) !== 'EEXIST') throw fault;
    return null;
  }
  await syncFolder(dirname(path));
  return null;
};

/**
 * Keeps the bytes of an upload under its key; the same bytes twice are kept once. Refuses with BAD_KEY where the key is
 * not allowed or holds other bytes already: an original is never overwritten.
 */
export const storeOriginal = async (
  root: string,
  place: Place,
  content: Uint8Array,
): Promise<Result<ObjectRef, Refusal>> => {
  const problem = placeProblem(place);
  if (problem !== null) return refuse(refusal('BAD_KEY', problem));
  const unfinished = await writeUnfinished(join(root, '.incoming'), content);
  try {
    const refused = await settle(root, place, unfinished);
    if (refused !== null) return refuse(refused);
  } finally {
    await unlink(unfinished);
  }
  const ref = await currentRef(root, place);
  return ref !== null && sameVersion(ref.versionId, content)
    ? accept(ref)
    : refuse(refusal('BAD_KEY', 'another file is stored under this key'));
};

/**
 * A key that would leave the root is answered like one that is not there. A reference with a version (the sha256 of
 * `currentRef`) is read only while the file still has these bytes; `head` looks at the size alone.
 */
export const folderObjects = (root: string): ObjectStore => ({
  head: (ref) => withFile(root, ref, async (_file, bytes) => ({ ref, bytes })),
  read: async (ref, limit) => {
    const found = await withFile(root, ref, async (file, bytes) => ({
      content: bytes > limit ? null : await readUpTo(file, limit),
    }));
    if (found === null) return null;
    if (found.content === null) return refuse(refusal('TOO_LARGE', `${limit} bytes`));
    return sameVersion(ref.versionId, found.content) ? accept(found.content) : null;
  },
});
