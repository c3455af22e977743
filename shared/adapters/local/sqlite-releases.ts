/** The pointer to the release in force, its history, and the candidates for it, in SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import {
  candidateSchema,
  type ReleaseCandidate,
  type StandingRelease,
  shadowNoteSchema,
  standingReleaseSchema,
} from '../../domain/release.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import type { PageRequest, ReleaseStore } from '../../ports.ts';
import { pageOf, positionOf } from '../page-position.ts';
import { inTransaction } from './open-database.ts';

const moveRowSchema = z.object({ standing: z.string() });
const noteRowSchema = z.object({ note: z.string() });
const candidateRowSchema = z.object({
  state: z.string(),
  candidate: z.string(),
  report: z.string().nullable(),
});

const standingOf = (row: unknown): StandingRelease =>
  standingReleaseSchema.parse(JSON.parse(moveRowSchema.parse(row).standing));

/** What never changes of a candidate is one column; state and report have their own. */
const candidateOf = (row: unknown): ReleaseCandidate => {
  const { state, candidate, report } = candidateRowSchema.parse(row);
  const made = z.record(z.string(), z.unknown()).parse(JSON.parse(candidate));
  return candidateSchema.parse({
    ...made,
    state,
    report: report === null ? null : JSON.parse(report),
  });
};

const standing = (database: DatabaseSync): StandingRelease | null => {
  const row = database.prepare('SELECT standing FROM moves ORDER BY revision DESC LIMIT 1').get();
  return row === undefined ? null : standingOf(row);
};

const catalogueExists = (database: DatabaseSync, { active }: StandingRelease): boolean =>
  database
    .prepare('SELECT 1 FROM catalogues WHERE catalogue_id = ? AND version = ?')
    .get(active.catalogueId, active.version) !== undefined;

type States = Parameters<ReleaseStore['move']>[1];

const move = (
  database: DatabaseSync,
  next: StandingRelease,
  states: States,
): Result<null, Refusal> => {
  const { revision, active } = next;
  if ((standing(database)?.revision ?? 0) !== revision - 1)
    return refuse(refusal('STALE_REVISION', `release ${revision}`));
  if (!catalogueExists(database, next))
    return refuse(refusal('NO_SUCH_CATALOGUE', `${active.catalogueId} v${active.version}`));
  database.prepare('INSERT INTO moves VALUES (?, ?)').run(revision, JSON.stringify(next));
  const update = database.prepare('UPDATE candidates SET state = ? WHERE release_id = ?');
  for (const { releaseId, state } of states) update.run(state, releaseId);
  return accept(null);
};

const movePage = (database: DatabaseSync, page: PageRequest) => {
  const after = page.after === null ? [] : positionOf(page.after, 1);
  const from = page.after === null ? '' : 'WHERE revision < ?';
  const found = database
    .prepare(`SELECT standing FROM moves ${from} ORDER BY revision DESC LIMIT ?`)
    .all(...after, page.limit + 1)
    .map(standingOf);
  return pageOf(found, page.limit, { row: (row) => row, position: ({ revision }) => [revision] });
};

const KEEP = `
INSERT INTO candidates VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (release_id) DO UPDATE SET report = coalesce(excluded.report, report)`;

const keepCandidate = (database: DatabaseSync, candidate: ReleaseCandidate): void => {
  const { state, report, ...made } = candidateSchema.parse(candidate);
  database
    .prepare(KEEP)
    .run(
      made.releaseId,
      made.release.catalogueId,
      made.madeAt,
      state,
      JSON.stringify(made),
      report === null ? null : JSON.stringify(report),
    );
};

const CANDIDATE = 'SELECT state, candidate, report FROM candidates';

const candidatePage = (database: DatabaseSync, catalogueId: string, page: PageRequest) => {
  const after = page.after === null ? [] : positionOf(page.after, 2);
  const from = page.after === null ? '' : 'AND (made_at, release_id) < (?, ?)';
  const found = database
    .prepare(
      `${CANDIDATE} WHERE catalogue_id = ? ${from} ORDER BY made_at DESC, release_id DESC LIMIT ?`,
    )
    .all(catalogueId, ...after, page.limit + 1)
    .map(candidateOf);
  return pageOf(found, page.limit, {
    row: (row) => row,
    position: ({ madeAt, releaseId }) => [madeAt, releaseId],
  });
};

const notePage = (database: DatabaseSync, releaseId: string, page: PageRequest) => {
  const after = page.after === null ? [] : positionOf(page.after, 1);
  const from = page.after === null ? '' : 'AND document_id > ?';
  const found = database
    .prepare(
      `SELECT note FROM shadow_notes WHERE release_id = ? ${from} ORDER BY document_id LIMIT ?`,
    )
    .all(releaseId, ...after, page.limit + 1)
    .map((row) => shadowNoteSchema.parse(JSON.parse(noteRowSchema.parse(row).note)));
  return pageOf(found, page.limit, {
    row: (note) => note,
    position: ({ documentId }) => [documentId],
  });
};

/** Over a database that `openDatabase` gave. */
export const sqliteReleases = (database: DatabaseSync): ReleaseStore => ({
  standing: async () => standing(database),
  move: async (next, states) => {
    const whole = standingReleaseSchema.parse(next);
    return inTransaction(database, () => move(database, whole, states));
  },
  moves: async (page) => movePage(database, page),
  keepCandidate: async (candidate) => keepCandidate(database, candidate),
  candidate: async (releaseId) => {
    const row = database.prepare(`${CANDIDATE} WHERE release_id = ?`).get(releaseId);
    return row === undefined ? null : candidateOf(row);
  },
  candidates: async (catalogueId, page) => candidatePage(database, catalogueId, page),
  noteShadow: async (releaseId, note) => {
    database
      .prepare('INSERT OR REPLACE INTO shadow_notes VALUES (?, ?, ?)')
      .run(releaseId, note.documentId, JSON.stringify(shadowNoteSchema.parse(note)));
  },
  shadowNotes: async (releaseId, page) => notePage(database, releaseId, page),
});
