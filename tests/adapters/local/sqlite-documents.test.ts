import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openDatabase } from '../../../shared/adapters/local/open-database.ts';
import { sqliteDocuments } from '../../../shared/adapters/local/sqlite-documents.ts';
import { documentsContract } from '../../contracts/documents-contract.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

documentsContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gongkai-'));
  folders.push(folder);
  return sqliteDocuments(openDatabase(folder));
});
