/** Catalogues in SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { type Catalogue, catalogueSchema } from '../../domain/catalogue.ts';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import type { CatalogueStore } from '../../ports.ts';
import { inTransaction } from './open-database.ts';

const rowSchema = z.object({ catalogue: z.string() });
const listedSchema = z.object({ catalogueId: z.string(), version: z.int(), title: z.string() });

const stored = (database: DatabaseSync, catalogueId: string, version: number): string | null => {
  const row = database
    .prepare('SELECT catalogue FROM catalogues WHERE catalogue_id = ? AND version = ?')
    .get(catalogueId, version);
  return row === undefined ? null : rowSchema.parse(row).catalogue;
};

const save = (database: DatabaseSync, catalogue: Catalogue): Result<null, Refusal> => {
  const { catalogueId, version, title } = catalogue;
  const text = JSON.stringify(catalogue);
  const before = stored(database, catalogueId, version);
  if (before !== null)
    return before === text
      ? accept(null)
      : refuse(refusal('STALE_REVISION', `${catalogueId} v${version}`));
  database
    .prepare('INSERT INTO catalogues VALUES (?, ?, ?, ?)')
    .run(catalogueId, version, title, text);
  return accept(null);
};

/** Over a database that `openDatabase` gave. */
export const sqliteCatalogues = (database: DatabaseSync): CatalogueStore => ({
  save: async (catalogue) => {
    const parsed = catalogueSchema.parse(catalogue);
    return inTransaction(database, () => save(database, parsed));
  },
  get: async (catalogueId, version) => {
    const text = stored(database, catalogueId, version);
    return text === null ? null : catalogueSchema.parse(JSON.parse(text));
  },
  list: async () =>
    database
      .prepare(
        `SELECT catalogue_id AS catalogueId, version, title FROM catalogues
         ORDER BY catalogue_id, version`,
      )
      .all()
      .map((row) => listedSchema.parse(row)),
});
