/** The files that a command names, folders walked in name order. */
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Links to folders are not followed, hidden files are passed over. A path that does not exist is kept: reading it gives the refusal. */
export const findFiles = async (paths: readonly string[]): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const path of paths) {
    const folder = await stat(path).then(
      (it) => it.isDirectory(),
      () => false,
    );
    if (folder) found.push(...(await walk(path)));
    else found.push(path);
  }
  return found;
};

/** A folder that may not be opened stands for itself, so that it is answered and not passed over. */
const walk = async (folder: string): Promise<string[]> => {
  const all = await readdir(folder, { withFileTypes: true }).catch(() => null);
  if (all === null) return [folder];
  const entries = all.filter(({ name }) => !name.startsWith('.'));
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: string[] = [];
  for (const entry of entries) found.push(...(await members(folder, entry)));
  return found;
};

const members = async (folder: string, entry: Dirent): Promise<string[]> => {
  const path = join(folder, entry.name);
  if (entry.isDirectory()) return walk(path);
  if (entry.isFile()) return [path];
  const linked =
    entry.isSymbolicLink() &&
    (await stat(path).then(
      (it) => it.isFile(),
      () => false,
    ));
  return linked ? [path] : [];
};
