/** The pointer to the release in force, its history, and the candidates for it, in DynamoDB. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
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
import type { Page, PageRequest, ReleaseStore } from '../../ports.ts';
import { carriedOver } from '../carried-over.ts';
import { pageOf, positionOf } from '../page-position.ts';
import { dynamoTable, type Row, type Table, type Write } from './dynamo-table.ts';
import { pack, removeParts, writeParts } from './packed-json.ts';
import {
  candidateKey,
  candidateOfRow,
  candidateRow,
  candidatesPk,
  listedRow,
  moveKey,
  moveWrites,
  noteKey,
  noteRow,
  OLD_POINTER,
  POINTER,
  pointerWrites,
  RELEASE,
  type StoredCandidate,
  THERE,
} from './release-rows.ts';

const standingRowSchema = z.object({ standing: standingReleaseSchema });
const listedSchema = z.object({ sk: z.string(), releaseId: z.string() });
const noteRowSchema = z.object({ note: shadowNoteSchema });

const standing = async (table: Table): Promise<StandingRelease | null> => {
  const [row] = await table.gets([POINTER]);
  return row === undefined ? null : standingRowSchema.parse(row).standing;
};

/** As `standing`; a table of earlier software, which knew only an active catalogue, is carried over first. */
const standingOrCarriedOver = async (
  table: Table,
  shippedModel: string,
): Promise<StandingRelease | null> => {
  const rows = await table.gets([POINTER, OLD_POINTER]);
  const [row] = rows.filter(({ pk }) => pk === POINTER.pk);
  if (row !== undefined) return standingRowSchema.parse(row).standing;
  const [old] = rows;
  if (old === undefined) return null;
  const first = carriedOver(old, shippedModel);
  return (await table.write(pointerWrites(first))) === 'written' ? first : standing(table);
};

type States = Parameters<ReleaseStore['move']>[1];

/** Only of candidates that are kept: the release that ships may never have been one. */
const stateWrites = async (table: Table, states: States): Promise<readonly Write[]> => {
  const rows = await table.gets(states.map(({ releaseId }) => candidateKey(releaseId)));
  const known = new Set(rows.map((row) => String(row['pk'])));
  return states
    .map(({ releaseId, state }) => ({ key: candidateKey(releaseId), state }))
    .filter(({ key }) => known.has(key.pk))
    .map(({ key, state }) => ({ kind: 'set', key, values: { state }, condition: THERE }));
};

const move = async (
  table: Table,
  asked: StandingRelease,
  states: States,
): Promise<Result<null, Refusal>> => {
  const next = standingReleaseSchema.parse(asked);
  const { revision, active } = next;
  const writes = [...moveWrites(next), ...(await stateWrites(table, states))];
  if ((await table.write(writes)) === 'written') return accept(null);
  const now = (await standing(table))?.revision ?? 0;
  return now === revision - 1
    ? refuse(refusal('NO_SUCH_CATALOGUE', `${active.catalogueId} v${active.version}`))
    : refuse(refusal('STALE_REVISION', `release ${revision}`));
};

const movePage = async (table: Table, page: PageRequest): Promise<Page<StandingRelease>> => {
  const [revision] = page.after === null ? [] : positionOf(page.after, 1);
  const found = await table.query(
    {
      where: 'pk = :pk AND begins_with(sk, :move)',
      values: { ':pk': RELEASE, ':move': 'MOVE#' },
      backwards: true,
      after: revision === undefined ? null : { ...moveKey(Number(revision)) },
    },
    page.limit + 1,
  );
  const moves = found.map((row) => standingRowSchema.parse(row).standing);
  return pageOf(moves, page.limit, { row: (row) => row, position: (row) => [row.revision] });
};

/** A report can be replaced between the reading of the row and of its parts; then both are read again. */
const TRIES = 5;

const whole = async (
  table: Table,
  releaseId: string,
  row?: Row,
): Promise<StoredCandidate | null> => {
  let found = row;
  for (let tries = 0; tries < TRIES; tries += 1) {
    found ??= (await table.gets([candidateKey(releaseId)]))[0];
    if (found === undefined) return null;
    const stored = await candidateOfRow(table, found);
    if (stored !== null) return stored;
    found = undefined;
  }
  throw new Error('The parts of a release report are missing');
};

/** Fills the report of a candidate that is there; nothing else of it changes. */
const fillReport = async (table: Table, { releaseId, report }: ReleaseCandidate): Promise<void> => {
  if (report === null) return;
  const key = candidateKey(releaseId);
  const before = await whole(table, releaseId);
  const { packed, parts } = pack(key.pk, report);
  await writeParts(table, parts);
  await table.write([{ kind: 'set', key, values: { report: packed }, condition: THERE }]);
  if (before?.report) await removeParts(table, key.pk, before.report);
};

const keepCandidate = async (table: Table, asked: ReleaseCandidate): Promise<void> => {
  const candidate = candidateSchema.parse(asked);
  const { pk } = candidateKey(candidate.releaseId);
  const report = candidate.report === null ? null : pack(pk, candidate.report);
  await writeParts(table, report?.parts ?? []);
  const row = candidateRow(candidate, report?.packed ?? null);
  const condition = { holds: 'attribute_not_exists(pk)' };
  const outcome = await table.write([
    { kind: 'put', row, condition },
    { kind: 'put', row: listedRow(candidate) },
  ]);
  if (outcome === 'written') return;
  if (report !== null) await removeParts(table, pk, report.packed);
  await fillReport(table, candidate);
};

const candidatePage = async (
  table: Table,
  catalogueId: string,
  page: PageRequest,
): Promise<Page<ReleaseCandidate>> => {
  const pk = candidatesPk(catalogueId);
  const [sk] = page.after === null ? [] : positionOf(page.after, 1);
  const found = await table.query(
    {
      where: 'pk = :pk',
      values: { ':pk': pk },
      backwards: true,
      after: sk === undefined ? null : { pk, sk },
    },
    page.limit + 1,
  );
  const { rows, next } = pageOf(
    found.map((row) => listedSchema.parse(row)),
    page.limit,
    {
      row: ({ releaseId }) => releaseId,
      position: (row) => [row.sk],
    },
  );
  const known = await table.gets(rows.map((releaseId) => candidateKey(releaseId)));
  const byKey = new Map(known.map((row) => [row['pk'], row]));
  const stored = await Promise.all(
    rows.map((releaseId) => whole(table, releaseId, byKey.get(candidateKey(releaseId).pk))),
  );
  return { rows: stored.flatMap((each) => (each === null ? [] : [each.candidate])), next };
};

const notePage = async (table: Table, releaseId: string, page: PageRequest) => {
  const { pk, sk: prefix } = noteKey(releaseId, '');
  const [documentId] = page.after === null ? [] : positionOf(page.after, 1);
  const found = await table.query(
    {
      where: 'pk = :pk AND begins_with(sk, :note)',
      values: { ':pk': pk, ':note': prefix },
      after: documentId === undefined ? null : { ...noteKey(releaseId, String(documentId)) },
    },
    page.limit + 1,
  );
  const notes = found.map((row) => noteRowSchema.parse(row).note);
  return pageOf(notes, page.limit, { row: (note) => note, position: (note) => [note.documentId] });
};

/** Over a table of `tableDefinition`. `shippedModel`: id of the artefact that ships with this software. */
export const dynamoReleases = (
  client: DynamoDBClient,
  tableName: string,
  shippedModel: string,
): ReleaseStore => {
  const table = dynamoTable(client, tableName);
  return {
    standing: () => standingOrCarriedOver(table, shippedModel),
    move: (next, states) => move(table, next, states),
    moves: (page) => movePage(table, page),
    keepCandidate: (candidate) => keepCandidate(table, candidate),
    candidate: async (releaseId) => (await whole(table, releaseId))?.candidate ?? null,
    candidates: (catalogueId, page) => candidatePage(table, catalogueId, page),
    noteShadow: async (releaseId, note) => {
      await table.write([{ kind: 'put', row: noteRow(releaseId, shadowNoteSchema.parse(note)) }]);
    },
    shadowNotes: (releaseId, page) => notePage(table, releaseId, page),
  };
};
