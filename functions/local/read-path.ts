/** The bytes of a file that a command names, or why there are none. */
import { readFile, stat } from 'node:fs/promises';
import { MAX_FILE_BYTES, megabytes } from '../../shared/domain/limits.ts';
import { type Refusal, refusal } from '../../shared/domain/refusal.ts';
import { accept, type Result, refuse } from '../../shared/domain/result.ts';

/** What the system says of a path that cannot be opened, whoever calls. */
const CLOSED = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EISDIR', 'ELOOP', 'ENAMETOOLONG']);

const closedCode = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && CLOSED.has(String(error.code))
    ? String(error.code)
    : null;

/** Refuses with OBJECT_GONE what is no file or cannot be opened, with TOO_LARGE before a byte is read. */
export const readPath = async (path: string): Promise<Result<Uint8Array, Refusal>> => {
  try {
    const { size, ...found } = await stat(path).then((it) => ({
      size: it.size,
      file: it.isFile(),
    }));
    if (!found.file) return refuse(refusal('OBJECT_GONE', 'no file'));
    if (size > MAX_FILE_BYTES) return refuse(refusal('TOO_LARGE', megabytes(MAX_FILE_BYTES)));
    return accept(await readFile(path));
  } catch (error) {
    const code = closedCode(error);
    if (code === null) throw error;
    return refuse(refusal('OBJECT_GONE', code));
  }
};
