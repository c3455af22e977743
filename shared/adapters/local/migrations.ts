/** The tables of the local database, one entry a version of them; an entry once shipped is never edited. */
import type { DatabaseSync } from 'node:sqlite';
import { carriedOver } from '../carried-over.ts';

/** `shippedModel`: id of the artefact that this software ships with. */
type Migration = (database: DatabaseSync, shippedModel: string) => void;

const FIRST = `
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
`;

/** The release in force is the newest row of `moves`: its key is what lets only one mover win. */
const LEARNING = `
CREATE TABLE reviews (
  document_id TEXT NOT NULL REFERENCES documents,
  revision INTEGER NOT NULL,
  catalogue_id TEXT NOT NULL,
  at TEXT NOT NULL,
  review TEXT NOT NULL,
  PRIMARY KEY (document_id, revision)
) STRICT, WITHOUT ROWID;
CREATE INDEX reviews_by_time ON reviews (catalogue_id, at, document_id, revision);
CREATE TRIGGER reviews_stay BEFORE UPDATE ON reviews BEGIN SELECT RAISE(ABORT, 'reviews are never changed'); END;
CREATE TRIGGER reviews_last BEFORE DELETE ON reviews BEGIN SELECT RAISE(ABORT, 'reviews are never deleted'); END;
CREATE TABLE review_counts (
  catalogue_id TEXT PRIMARY KEY,
  reviews INTEGER NOT NULL,
  trained INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE moves (
  revision INTEGER PRIMARY KEY CHECK (revision >= 1),
  standing TEXT NOT NULL
) STRICT;
CREATE TRIGGER moves_stay BEFORE UPDATE ON moves BEGIN SELECT RAISE(ABORT, 'moves are never changed'); END;
CREATE TRIGGER moves_last BEFORE DELETE ON moves BEGIN SELECT RAISE(ABORT, 'moves are never deleted'); END;
CREATE TABLE candidates (
  release_id TEXT PRIMARY KEY,
  catalogue_id TEXT NOT NULL,
  made_at TEXT NOT NULL,
  state TEXT NOT NULL,
  candidate TEXT NOT NULL,
  report TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX candidates_by_time ON candidates (catalogue_id, made_at, release_id);
CREATE TABLE shadow_notes (
  release_id TEXT NOT NULL,
  document_id TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (release_id, document_id)
) STRICT, WITHOUT ROWID;
`;

/** A catalogue activated before releases existed stays in force, with the artefact that ships. */
const carryOver: Migration = (database, model) => {
  const row = database
    .prepare('SELECT catalogue_id AS catalogueId, version FROM active_catalogue')
    .get();
  if (row !== undefined) {
    const standing = carriedOver(row, model);
    database.prepare('INSERT INTO moves VALUES (1, ?)').run(JSON.stringify(standing));
  }
  database.exec('DROP TABLE active_catalogue');
};

export const MIGRATIONS: readonly Migration[] = [
  (database) => database.exec(FIRST),
  (database, shippedModel) => {
    database.exec(LEARNING);
    carryOver(database, shippedModel);
  },
];
