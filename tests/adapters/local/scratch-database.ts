/** Databases in folders that are removed after the tests of a file. */
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '../../../shared/adapters/local/open-database.ts';
import { scratchFolders } from './scratch-folder.ts';

/** Stands for the id of the artefact that ships. */
export const SHIPPED_MODEL = 'shipped-1';

/** Gives an empty one each time. */
export const scratchDatabases = (): (() => Promise<DatabaseSync>) => {
  const folder = scratchFolders();
  return async () => openDatabase(await folder(), SHIPPED_MODEL);
};
