/** Folders that are removed after the tests of a file. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export const scratchFolders = (): (() => Promise<string>) => {
  const folders: string[] = [];
  afterAll(() =>
    Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))),
  );
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gongkai-'));
    folders.push(folder);
    return folder;
  };
};
