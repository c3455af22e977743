/** The rows that a document has in the table, by the keys of the design. */
import type { DocumentRecord } from '../../domain/document.ts';
import {
  type LedgerEntry,
  ledgerEntries,
  listedTags,
  listedWords,
  summaryOf,
} from '../document-index.ts';
import type { Key, Row, Write } from './dynamo-table.ts';

/** The review queue is spread over these partitions; lists by state read all of them. */
const STATE_SHARD = '0';

const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');

export const documentPk = (documentId: string): string => `DOC#${documentId}`;
export const documentKey = (documentId: string): Key => ({ pk: documentPk(documentId), sk: 'DOC' });
export const eventKey = (documentId: string, revision: number): Key => ({
  pk: documentPk(documentId),
  sk: `EVENT#${padded(revision, 8)}`,
});
export const tagSk = (scheme: string, code: string): string => `TAG#${scheme}#${code}`;
export const statePk = (state: string): string => `STATE#${state}#${STATE_SHARD}`;
export const codePk = (scheme: string, code: string): string => `CODE#${scheme}#${code}`;
export const wordPk = (word: string): string => `WORD#${word}`;
export const sha256Pk = (sha256: string): string => `SHA#${sha256}`;
export const objectPk = (bucket: string, key: string): string => `KEY#${bucket}/${key}`;
export const ledgerPk = (catalogueId: string): string => `LEDGER#${catalogueId}`;

const newestFirst = ({ receivedAt, documentId }: DocumentRecord): string =>
  `${receivedAt}#${documentId}`;

/** The document with what lists show of it; the whole record goes into `body` or parts. */
export const documentRow = (record: DocumentRecord, risk: number, words: readonly string[]) => ({
  ...documentKey(record.documentId),
  gsi1pk: statePk(record.state),
  gsi1sk: `${padded(risk, 3)}#${newestFirst(record)}`,
  revision: record.revision,
  summary: summaryOf(record, risk),
  words,
});

export const tagRows = (record: DocumentRecord, risk: number): readonly (Row & Key)[] =>
  listedTags(record).map(({ scheme, code }) => ({
    pk: documentPk(record.documentId),
    sk: tagSk(scheme, code),
    gsi2pk: codePk(scheme, code),
    gsi2sk: newestFirst(record),
    summary: summaryOf(record, risk),
  }));

/** Rows by which a document is found from its bytes and from its place: strongly consistent, unlike an index. */
export const pointerRows = (record: DocumentRecord): readonly (Row & Key)[] => {
  const { documentId, receivedAt, sha256, source } = record;
  const sk = newestFirst(record);
  const place = { pk: objectPk(source.bucket, source.key), sk, documentId, receivedAt };
  return sha256 === null ? [place] : [place, { pk: sha256Pk(sha256), sk: documentId, documentId }];
};

/** `revision` tells a late removal that a newer change wants the word again. */
export const wordRows = (
  record: DocumentRecord,
  words: readonly string[],
): readonly (Row & Key)[] =>
  listedWords(record.state, words).map((word) => ({
    pk: wordPk(word),
    sk: newestFirst(record),
    documentId: record.documentId,
    receivedAt: record.receivedAt,
    revision: record.revision,
  }));

const idOf = ({ pk, sk }: Key): string => `${pk}\n${sk}`;

/** Rows of `these` whose keys are not among `those`. */
export const without = <T extends Key>(
  these: readonly T[],
  those: readonly Key[],
): readonly T[] => {
  const ids = new Set(those.map(idOf));
  return these.filter((row) => !ids.has(idOf(row)));
};

type Amounts = Record<LedgerEntry['standing'], number>;

/** The counters that differ between two states of a record, with what to add to each. */
export const ledgerWrites = (
  before: DocumentRecord | null,
  after: DocumentRecord,
): readonly Write[] => {
  const changes = new Map<string, { readonly key: Key; readonly amounts: Amounts }>();
  const add = ({ catalogueId, code, standing }: LedgerEntry, amount: number): void => {
    const key = { pk: ledgerPk(catalogueId), sk: `TASK#${code}` };
    const change = changes.get(idOf(key)) ?? {
      key,
      amounts: { proposed: 0, accepted: 0, rejected: 0 },
    };
    change.amounts[standing] += amount;
    changes.set(idOf(key), change);
  };
  for (const entry of ledgerEntries(before)) add(entry, -1);
  for (const entry of ledgerEntries(after)) add(entry, 1);
  return [...changes.values()]
    .filter(({ amounts }) => Object.values(amounts).some((amount) => amount !== 0))
    .map(({ key, amounts }): Write => ({ kind: 'add', key, amounts }));
};
