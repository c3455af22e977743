/** Documents, their audit, their indexes and the ledger in SQLite. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import * as z from 'zod';
import { type DocumentRecord, documentEventSchema, documentSchema } from '../../domain/document.ts';
import { type DocumentSummary, documentSummarySchema } from '../../domain/document-summary.ts';
import type {
  ApplyOutcome,
  DocumentChange,
  DocumentReader,
  DocumentWriter,
  LedgerReader,
  Page,
  PageRequest,
} from '../../ports.ts';
import {
  ledgerEntries,
  listedTags,
  listedWords,
  summaryOf,
  wholeChange,
} from '../document-index.ts';
import { type Position, pageOf, positionOf } from '../page-position.ts';
import { inTransaction } from './open-database.ts';
import { appendReview } from './sqlite-reviews.ts';

const storedSchema = z.object({ record: z.string(), words: z.string() });
const summaryRowSchema = z.object({ summary: z.string() });
const eventRowSchema = z.object({ event: z.string() });
const keyRowSchema = z.object({ documentId: z.string(), receivedAt: z.string() });
const countSchema = z.object({
  code: z.string(),
  proposed: z.int(),
  accepted: z.int(),
  rejected: z.int(),
  newest: z.string().nullable(),
});

const recordOf = (text: string): DocumentRecord => documentSchema.parse(JSON.parse(text));

const UPSERT = `
INSERT INTO documents
  (document_id, revision, state, risk, received_at, sha256, bucket, object_key, words, summary, record)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (document_id) DO UPDATE SET
  revision = excluded.revision, state = excluded.state, risk = excluded.risk,
  received_at = excluded.received_at, sha256 = excluded.sha256, bucket = excluded.bucket,
  object_key = excluded.object_key, words = excluded.words, summary = excluded.summary,
  record = excluded.record`;

const COUNTS = `
SELECT code,
  sum(standing = 'proposed') AS proposed, sum(standing = 'accepted') AS accepted,
  sum(standing = 'rejected') AS rejected,
  max(CASE WHEN standing <> 'rejected' THEN received_at END) AS newest
FROM ledger_entries WHERE catalogue_id = ? GROUP BY code ORDER BY code`;

/** Names the lists that are read newest first, with what selects their rows. */
const LISTS = {
  code: { table: 'listed_tags', where: 'l.scheme = ? AND l.code = ?' },
  word: { table: 'listed_words', where: 'l.word = ?' },
} as const;

const writeDocument = (
  database: DatabaseSync,
  { record, risk }: DocumentChange,
  words: readonly string[],
): void => {
  const { documentId, revision, state, receivedAt, sha256, source } = record;
  const place = [documentId, revision, state, risk, receivedAt, sha256, source.bucket, source.key];
  database
    .prepare(UPSERT)
    .run(
      ...place,
      JSON.stringify(words),
      JSON.stringify(summaryOf(record, risk)),
      JSON.stringify(record),
    );
};

const writeIndexes = (
  database: DatabaseSync,
  record: DocumentRecord,
  words: readonly string[],
): void => {
  const { documentId, receivedAt } = record;
  for (const table of ['listed_tags', 'listed_words', 'ledger_entries'])
    database.prepare(`DELETE FROM ${table} WHERE document_id = ?`).run(documentId);
  const tag = database.prepare('INSERT INTO listed_tags VALUES (?, ?, ?, ?)');
  for (const { scheme, code } of listedTags(record)) tag.run(scheme, code, receivedAt, documentId);
  const word = database.prepare('INSERT INTO listed_words VALUES (?, ?, ?)');
  for (const each of listedWords(record.state, words)) word.run(each, receivedAt, documentId);
  const entry = database.prepare('INSERT INTO ledger_entries VALUES (?, ?, ?, ?, ?)');
  for (const { catalogueId, code, standing } of ledgerEntries(record))
    entry.run(catalogueId, code, standing, receivedAt, documentId);
};

const applyChange = (database: DatabaseSync, change: DocumentChange): ApplyOutcome => {
  const { documentId } = change.record;
  const stored = database
    .prepare('SELECT record, words FROM documents WHERE document_id = ?')
    .get(documentId);
  const before = stored === undefined ? null : storedSchema.parse(stored);
  const current = before === null ? null : recordOf(before.record);
  if ((current?.revision ?? null) !== change.expectedRevision) {
    if (current === null) throw new Error('A change of a document that is not stored');
    return { kind: 'stale', current };
  }
  const kept = before === null ? [] : z.array(z.string()).parse(JSON.parse(before.words));
  const words = change.words ?? kept;
  writeDocument(database, change, words);
  writeIndexes(database, change.record, words);
  database
    .prepare('INSERT INTO events VALUES (?, ?, ?)')
    .run(documentId, change.record.revision, JSON.stringify(change.event));
  if (change.review !== undefined) appendReview(database, change.review);
  return { kind: 'applied' };
};

const summaryPage = (
  found: readonly unknown[],
  limit: number,
  position: (summary: DocumentSummary) => Position,
): Page<DocumentSummary> => {
  const rows = found.map(
    (row): DocumentSummary =>
      documentSummarySchema.parse(JSON.parse(summaryRowSchema.parse(row).summary)),
  );
  return pageOf(rows, limit, { row: (summary) => summary, position });
};

const listPage = (
  database: DatabaseSync,
  { table, where }: (typeof LISTS)[keyof typeof LISTS],
  { values, page }: { readonly values: readonly string[]; readonly page: PageRequest },
): Page<DocumentSummary> => {
  const after = page.after === null ? [] : positionOf(page.after, 2);
  const from = page.after === null ? '' : 'AND (l.received_at, l.document_id) < (?, ?)';
  const found = database
    .prepare(
      `SELECT d.summary FROM ${table} l JOIN documents d USING (document_id)
       WHERE ${where} ${from} ORDER BY l.received_at DESC, l.document_id DESC LIMIT ?`,
    )
    .all(...values, ...after, page.limit + 1);
  return summaryPage(found, page.limit, (row) => [row.receivedAt, row.documentId]);
};

const statePage = (database: DatabaseSync, state: string, page: PageRequest) => {
  const after: SQLInputValue[] = page.after === null ? [] : positionOf(page.after, 3);
  const from = page.after === null ? '' : 'AND (risk, received_at, document_id) > (?, ?, ?)';
  const found = database
    .prepare(
      `SELECT summary FROM documents WHERE state = ? ${from}
       ORDER BY risk, received_at, document_id LIMIT ?`,
    )
    .all(state, ...after, page.limit + 1);
  return summaryPage(found, page.limit, (row) => [row.risk, row.receivedAt, row.documentId]);
};

const eventPage = (database: DatabaseSync, documentId: string, page: PageRequest) => {
  const [after = 0] = page.after === null ? [] : positionOf(page.after, 1);
  const found = database
    .prepare(
      'SELECT event FROM events WHERE document_id = ? AND revision > ? ORDER BY revision LIMIT ?',
    )
    .all(documentId, after, page.limit + 1)
    .map((row) => documentEventSchema.parse(JSON.parse(eventRowSchema.parse(row).event)));
  return pageOf(found, page.limit, {
    row: (event) => event,
    position: (event) => [event.revision],
  });
};

const lookUps = (database: DatabaseSync): Pick<DocumentReader, 'get' | 'bySha256' | 'byKey'> => ({
  get: async (documentId) => {
    const row = database
      .prepare('SELECT record, words FROM documents WHERE document_id = ?')
      .get(documentId);
    return row === undefined ? null : recordOf(storedSchema.parse(row).record);
  },
  bySha256: async (sha256) =>
    database
      .prepare(
        'SELECT document_id AS documentId FROM documents WHERE sha256 = ? ORDER BY document_id',
      )
      .all(sha256)
      .map((row) => keyRowSchema.pick({ documentId: true }).parse(row).documentId),
  byKey: async (bucket, key) =>
    database
      .prepare(
        `SELECT document_id AS documentId, received_at AS receivedAt FROM documents
         WHERE bucket = ? AND object_key = ? ORDER BY received_at, document_id`,
      )
      .all(bucket, key)
      .map((row) => keyRowSchema.parse(row)),
});

/** Over a database that `openDatabase` gave. */
export const sqliteDocuments = (
  database: DatabaseSync,
): DocumentReader & DocumentWriter & LedgerReader => ({
  ...lookUps(database),
  events: async (documentId, page) => eventPage(database, documentId, page),
  byState: async (state, page) => statePage(database, state, page),
  byCode: async (scheme, code, page) =>
    listPage(database, LISTS.code, { values: [scheme, code], page }),
  byWord: async (word, page) => listPage(database, LISTS.word, { values: [word], page }),
  apply: async (change) => {
    const whole = wholeChange(change);
    return inTransaction(database, () => applyChange(database, whole));
  },
  counts: async (catalogueId) =>
    database
      .prepare(COUNTS)
      .all(catalogueId)
      .map((row) => countSchema.parse(row)),
});
