/** Opens the one SQLite file that holds the records of a local installation, and brings its tables up to date. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { MIGRATIONS } from './migrations.ts';

/** Runs `work` whole or not at all; no other process writes meanwhile. */
export const inTransaction = <T>(database: DatabaseSync, work: () => T): T => {
  database.exec('BEGIN IMMEDIATE');
  try {
    const done = work();
    database.exec('COMMIT');
    return done;
  } catch (fault) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw fault;
  }
};

const migrate = (database: DatabaseSync, shippedModel: string): void => {
  const row = database.prepare('PRAGMA user_version').get();
  const { user_version: version } = z.object({ user_version: z.int() }).parse(row);
  if (version > MIGRATIONS.length)
    throw new Error(`The database has tables of version ${version}: it needs newer software`);
  for (const migration of MIGRATIONS.slice(version)) migration(database, shippedModel);
  database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
};

/**
 * Opens `<folder>/gongkai.sqlite`, making folder and tables where missing. What a transaction wrote survives loss of
 * power (WAL, synchronous FULL); a second process waits up to 10 s for its turn. Throws on tables of a newer version.
 * `shippedModel` is the id of the artefact that ships: older tables, which knew no other, are carried over with it.
 */
export const openDatabase = (folder: string, shippedModel: string): DatabaseSync => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(join(folder, 'gongkai.sqlite'));
  database.exec('PRAGMA busy_timeout = 10000');
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
  inTransaction(database, () => migrate(database, shippedModel));
  return database;
};
