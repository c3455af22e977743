/** The rows that releases have in the table: the pointer with its moves, and the candidates with their shadow notes. */
import * as z from 'zod';
import {
  candidateSchema,
  type ReleaseCandidate,
  type ShadowNote,
  type StandingRelease,
} from '../../domain/release.ts';
import { catalogueKey } from './catalogue-key.ts';
import type { Condition, Key, Row, Table, Write } from './dynamo-table.ts';
import { type Packed, packedSchema, unpack } from './packed-json.ts';

/** One partition for the pointer and all its moves. */
export const RELEASE = 'RELEASE';
export const POINTER: Key = { pk: RELEASE, sk: 'STANDING' };

export const moveKey = (revision: number): Key => ({
  pk: RELEASE,
  sk: `MOVE#${String(revision).padStart(8, '0')}`,
});

const candidatePk = (releaseId: string): string => `CANDIDATE#${releaseId}`;
export const candidateKey = (releaseId: string): Key => ({
  pk: candidatePk(releaseId),
  sk: 'CANDIDATE',
});
export const candidatesPk = (catalogueId: string): string => `CANDIDATES#${catalogueId}`;
export const noteKey = (releaseId: string, documentId: string): Key => ({
  pk: candidatePk(releaseId),
  sk: `SHADOW#${documentId}`,
});

/** Names the candidate in the list of its catalogue, which runs by time. */
export const listedRow = ({ releaseId, release, madeAt }: ReleaseCandidate): Row & Key => ({
  pk: candidatesPk(release.catalogueId),
  sk: `${madeAt}#${releaseId}`,
  releaseId,
});

export const noteRow = (releaseId: string, note: ShadowNote): Row & Key => ({
  ...noteKey(releaseId, note.documentId),
  note,
});

const NEW: Condition = { holds: 'attribute_not_exists(pk)' };
export const THERE: Condition = { holds: 'attribute_exists(pk)' };

/** Where the active catalogue stood before there were releases; it is read and never written. */
export const OLD_POINTER: Key = { pk: 'ACTIVE_CATALOGUE', sk: 'ACTIVE_CATALOGUE' };

/** The pointer with its move in the history; no two can move it from the same revision. */
export const pointerWrites = (next: StandingRelease): readonly Write[] => {
  const { revision } = next;
  const from: Condition =
    revision === 1 ? NEW : { holds: 'revision = :from', values: { ':from': revision - 1 } };
  return [
    { kind: 'put', row: { ...POINTER, revision, standing: next }, condition: from },
    { kind: 'put', row: { ...moveKey(revision), standing: next }, condition: NEW },
  ];
};

/** As `pointerWrites`, and only while the catalogue is in the table. */
export const moveWrites = (next: StandingRelease): readonly Write[] => {
  const { catalogueId, version } = next.active;
  return [
    { kind: 'check', key: catalogueKey(catalogueId, version), condition: THERE },
    ...pointerWrites(next),
  ];
};

/** `state` and `report` change; `made` never does. */
const candidateRowSchema = z.object({
  pk: z.string(),
  state: z.string(),
  made: z.record(z.string(), z.unknown()),
  report: packedSchema.nullable(),
});

export const candidateRow = (candidate: ReleaseCandidate, report: Packed | null): Row & Key => {
  const { state, report: _, ...made } = candidate;
  return { ...candidateKey(candidate.releaseId), state, made, report };
};

export interface StoredCandidate {
  readonly candidate: ReleaseCandidate;
  readonly report: Packed | null;
}

/** null where the parts of its report were replaced meanwhile: then the row is to be read again. */
export const candidateOfRow = async (table: Table, row: Row): Promise<StoredCandidate | null> => {
  const { pk, state, made, report } = candidateRowSchema.parse(row);
  const whole = report === null ? null : await unpack(table, pk, report);
  if (report !== null && whole === null) return null;
  return { candidate: candidateSchema.parse({ ...made, state, report: whole }), report };
};
