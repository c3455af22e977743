/** Applies one change of a document to the table, whole or not at all. */
import type { DocumentRecord } from '../../domain/document.ts';
import type { ApplyOutcome, DocumentChange } from '../../ports.ts';
import { wholeChange } from '../document-index.ts';
import {
  documentPk,
  documentRow,
  eventKey,
  ledgerWrites,
  pointerRows,
  tagRows,
  without,
  wordRows,
} from './document-rows.ts';
import {
  type Condition,
  type Key,
  MOST_WRITES,
  type Row,
  type Table,
  type Write,
} from './dynamo-table.ts';
import { type Packed, pack, removeParts, writeParts } from './packed-json.ts';
import { reviewWrites } from './review-rows.ts';
import { type StoredDocument, storedDocument } from './stored-document.ts';

const put = (row: Row & Key): Write => ({ kind: 'put', row });
const remove = ({ pk, sk }: Key): Write => ({ kind: 'delete', key: { pk, sk } });

const unchangedSince = (expected: number | null): Condition =>
  expected === null
    ? { holds: 'attribute_not_exists(pk)' }
    : { holds: 'revision = :expected', values: { ':expected': expected } };

const replaced = (before: readonly (Row & Key)[], after: readonly (Row & Key)[]): Write[] => [
  ...without(before, after).map(remove),
  ...without(after, before).map(put),
];

interface Plan {
  /** Written before, one by one; nothing points to them yet. */
  readonly parts: readonly Write[];
  readonly main: readonly Write[];
  readonly words: readonly Write[];
  /** What to take away again where the change came too late. */
  readonly spilled: readonly Packed[];
}

const planOf = (before: StoredDocument | null, change: DocumentChange): Plan => {
  const { record, event, risk, expectedRevision } = change;
  const pk = documentPk(record.documentId);
  const words = change.words ?? before?.words ?? [];
  const body = pack(pk, record);
  const audit = pack(pk, event);
  const review = reviewWrites(change.review);
  const row = { ...documentRow(record, risk, words), ...body.packed };
  const eventRow = { ...eventKey(record.documentId, record.revision), ...audit.packed };
  const old = before?.record ?? null;
  const tags = tagRows(record, risk);
  return {
    parts: [...body.parts, ...audit.parts, ...review.parts],
    spilled: [body.packed, audit.packed, ...review.spilled],
    main: [
      { kind: 'put', row, condition: unchangedSince(expectedRevision) },
      { kind: 'put', row: eventRow, condition: { holds: 'attribute_not_exists(pk)' } },
      ...tags.map(put),
      ...without(old === null ? [] : tagRows(old, 0), tags).map(remove),
      ...replaced(old === null ? [] : pointerRows(old), pointerRows(record)),
      ...ledgerWrites(old, record),
      ...review.main,
    ],
    words: replaced(
      old === null ? [] : wordRows(old, before?.words ?? []),
      wordRows(record, words),
    ),
  };
};

/** Only rows older than this change may be overwritten or removed outside its transaction. */
const guarded = (write: Write, revision: number): Write => {
  const older = { holds: 'revision < :revision', values: { ':revision': revision } };
  if (write.kind === 'delete') return { ...write, condition: older };
  const free = `attribute_not_exists(pk) OR ${older.holds}`;
  return write.kind === 'put' ? { ...write, condition: { ...older, holds: free } } : write;
};

/**
 * Where all would be more than a transaction holds, new words are written before it and old ones removed after it. No
 * search shows the difference: a word counts only while the document row, which the transaction writes, names it.
 */
const writePlan = async (table: Table, plan: Plan, revision: number) => {
  const { main, words } = plan;
  if (main.length + words.length <= MOST_WRITES) return table.write([...main, ...words]);
  const beside = words.map((write) => guarded(write, revision));
  for (const write of beside) if (write.kind === 'put') await table.write([write]);
  const outcome = await table.write(main);
  if (outcome === 'written')
    for (const write of beside) if (write.kind === 'delete') await table.write([write]);
  return outcome;
};

/** Parts left behind cost a little space and are read by nobody: the outcome stands whether they can be removed or not. */
const tidy = async (table: Table, pk: string, all: readonly Packed[]): Promise<void> => {
  await Promise.allSettled(all.map((packed) => removeParts(table, pk, packed)));
};

const staleOr = (current: DocumentRecord | undefined, expected: number | null): ApplyOutcome => {
  if (current === undefined) throw new Error('A change of a document that is not stored');
  if (current.revision === expected) throw new Error('A document has an event of the future');
  return { kind: 'stale', current };
};

/** One read and one transaction; more only where the record is over 300 KB or more than 100 rows change. */
export const applyChange = async (table: Table, asked: DocumentChange): Promise<ApplyOutcome> => {
  const change = wholeChange(asked);
  const { documentId, revision } = change.record;
  const before = await storedDocument(table, documentId);
  if ((before?.record.revision ?? null) !== change.expectedRevision)
    return staleOr(before?.record, change.expectedRevision);
  const plan = planOf(before, change);
  const pk = documentPk(documentId);
  await writeParts(table, plan.parts);
  if ((await writePlan(table, plan, revision)) === 'written') {
    await tidy(table, pk, before === null ? [] : [before.packed]);
    return { kind: 'applied' };
  }
  const current = await storedDocument(table, documentId);
  await tidy(table, pk, plan.spilled);
  return staleOr(current?.record, change.expectedRevision);
};
