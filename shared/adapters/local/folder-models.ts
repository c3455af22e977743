/** Trained models as files that never change: `<root>/<catalogue>/<model>/<file>`. */
import { link, open, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ModelStore } from '../../ports.ts';
import {
  checkedModelFile,
  demandSameModelFile,
  LARGEST_MODEL_FILE,
  modelPath,
} from '../model-path.ts';
import { syncFolder, systemCode, writeUnfinished } from './durable-file.ts';

const contentOf = async (path: string): Promise<Uint8Array | null> => {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      if (size > LARGEST_MODEL_FILE) throw new Error('A stored model file is too long');
      return new Uint8Array(await file.readFile());
    } finally {
      await file.close();
    }
  } catch (fault) {
    if (systemCode(fault) === 'ENOENT') return null;
    throw fault;
  }
};

/** Unlike a rename, a link never takes the place of a file that came first. */
const placeOnce = async (unfinished: string, path: string): Promise<'placed' | 'taken'> => {
  try {
    await link(unfinished, path);
    return 'placed';
  } catch (fault) {
    if (systemCode(fault) === 'EEXIST') return 'taken';
    throw fault;
  } finally {
    await unlink(unfinished);
  }
};

/** A model is named in the records only after its files: their folders have to last as well. */
const syncFolders = async (root: string, folder: string): Promise<void> => {
  for (const each of [folder, dirname(folder), root]) await syncFolder(each);
};

const write = async (root: string, name: string, bytes: Uint8Array): Promise<void> => {
  const path = join(root, name);
  const before = await contentOf(path);
  if (before !== null) return demandSameModelFile(before, bytes);
  const folder = dirname(path);
  const unfinished = await writeUnfinished(folder, bytes);
  if ((await placeOnce(unfinished, path)) === 'placed') return syncFolders(root, folder);
  const winner = await contentOf(path);
  if (winner === null) throw new Error('A model file is both there and not there');
  demandSameModelFile(winner, bytes);
};

export const folderModels = (root: string): ModelStore => ({
  writeModelFile: async (place, bytes) => write(root, modelPath(place), checkedModelFile(bytes)),
  readModelFile: async (place) => contentOf(join(root, modelPath(place))),
});
