/** Opens the one SQLite file that holds the records of a local installation, and brings its tables up to date. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

/** One entry a version of the tables; an entry once shipped is never edited. */
const MIGRATIONS: readonly string[] = [
  `
CREATE TABLE documents (
  document_id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  state TEXT NOT NULL,
  risk INTEGER NOT NULL,
  received_at TEXT NOT NULL,
  sha256 TEXT,
  bucket TEXT NOT NULL,
  object_key TEXT NOT NULL,
  words TEXT NOT NULL,
  summary TEXT NOT NULL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX documents_by_state ON documents (state, risk, received_at, document_id);
CREATE INDEX documents_by_sha256 ON documents (sha256, document_id) WHERE sha256 IS NOT NULL;
CREATE INDEX documents_by_key ON documents (bucket, object_key, received_at, document_id);
CREATE TABLE listed_tags (
  scheme TEXT NOT NULL,
  code TEXT NOT NULL,
  received_at TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents,
  PRIMARY KEY (scheme, code, received_at, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX listed_tags_by_document ON listed_tags (document_id);
CREATE TABLE listed_words (
  word TEXT NOT NULL,
  received_at TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents,
  PRIMARY KEY (word, received_at, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX listed_words_by_document ON listed_words (document_id);
CREATE TABLE ledger_entries (
  catalogue_id TEXT NOT NULL,
  code TEXT NOT NULL,
  standing TEXT NOT NULL CHECK (standing IN ('proposed', 'accepted', 'rejected')),
  received_at TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents,
  PRIMARY KEY (catalogue_id, code, standing, received_at, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ledger_entries_by_document ON ledger_entries (document_id);
CREATE TABLE events (
  document_id TEXT NOT NULL REFERENCES documents,
  revision INTEGER NOT NULL,
  event TEXT NOT NULL,
  PRIMARY KEY (document_id, revision)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER events_last BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TABLE catalogues (
  catalogue_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  catalogue TEXT NOT NULL,
  PRIMARY KEY (catalogue_id, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE active_catalogue (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  catalogue_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  FOREIGN KEY (catalogue_id, version) REFERENCES catalogues
) STRICT;
`,
];

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

const migrate = (database: DatabaseSync): void => {
  const row = database.prepare('PRAGMA user_version').get();
  const { user_version: version } = z.object({ user_version: z.int() }).parse(row);
  if (version > MIGRATIONS.length)
    throw new Error(`The database has tables of version ${version}: it needs newer software`);
  for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
  database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
};

/**
 * Opens `<folder>/gongkai.sqlite`, making folder and tables where missing. What a transaction wrote survives loss of
 * power (WAL, synchronous FULL); a second process waits up to 10 s for its turn. Throws on tables of a newer version.
 */
export const openDatabase = (folder: string): DatabaseSync => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(join(folder, 'gongkai.sqlite'));
  database.exec('PRAGMA busy_timeout = 10000');
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
  inTransaction(database, () => migrate(database));
  return database;
};
