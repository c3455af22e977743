/** What every store of documents derives from a record: list rows, index entries and ledger counts, so that all answer alike. */
import { type DocumentRecord, documentSchema, type StoredTag } from '../domain/document.ts';
import type { DocumentSummary } from '../domain/document-summary.ts';
import { MAX_TAGS, MAX_WORDS } from '../domain/limits.ts';
import { reviewEventSchema } from '../domain/review-event.ts';
import type { DocumentChange, LedgerCount } from '../ports.ts';

/** Longer runs without a break are no words anybody searches for; they are left out of the index. */
const LONGEST_WORD = 64;

const byRank = (tags: readonly StoredTag[]): StoredTag[] =>
  [...tags].sort((a, b) => a.rank - b.rank);

const standing = (record: DocumentRecord, scheme: StoredTag['scheme']): string[] =>
  byRank(record.tags)
    .filter((tag) => tag.scheme === scheme && tag.standing !== 'rejected')
    .map((tag) => tag.code);

/** A list shows no more of a title, and a row of it has to stay small whatever the document holds. */
const LONGEST_SHOWN = 300;

const shown = (words: string | undefined): string | null =>
  words === undefined ? null : words.slice(0, LONGEST_SHOWN).toWellFormed();

export const summaryOf = (record: DocumentRecord, risk: number): DocumentSummary => ({
  documentId: record.documentId,
  revision: record.revision,
  state: record.state,
  reason: record.reason,
  fileName: record.fileName,
  title: shown(record.elements?.title?.value),
  documentNumber: shown(record.elements?.documentNumber?.value.normalised),
  receivedAt: record.receivedAt,
  risk,
  tasks: standing(record, 'task'),
  category: standing(record, 'category')[0] ?? null,
  flags: record.flags,
});

/** Tags under whose code the document is listed: a rejected one is not, nor any of a superseded document. */
export const listedTags = (record: DocumentRecord): readonly StoredTag[] =>
  record.state === 'superseded' ? [] : record.tags.filter((tag) => tag.standing !== 'rejected');

/** The words by which a document in this state is found: by none once it is superseded. */
export const listedWords = (
  state: DocumentRecord['state'],
  words: readonly string[],
): readonly string[] => (state === 'superseded' ? [] : words);

export const searchable = (word: string): boolean =>
  word !== '' && word.length <= LONGEST_WORD && word.isWellFormed();

type Standing = keyof Pick<LedgerCount, 'proposed' | 'accepted' | 'rejected'>;

export interface LedgerEntry {
  readonly catalogueId: string;
  readonly code: string;
  readonly standing: Standing;
}

const STANDING = {
  proposed: 'proposed',
  accepted: 'accepted',
  added: 'accepted',
  rejected: 'rejected',
} as const satisfies Record<StoredTag['standing'], Standing>;

/** True in the states whose task tags count in the ledger. */
export const counts = (state: DocumentRecord['state']): boolean =>
  state === 'proposed' || state === 'decided';

/** What a record puts into the ledger: one entry a task tag while it is proposed or decided. */
export const ledgerEntries = (record: DocumentRecord | null): readonly LedgerEntry[] => {
  if (record === null || !counts(record.state)) return [];
  return record.tags
    .filter((tag) => tag.scheme === 'task')
    .map((tag) => ({
      catalogueId: tag.code.slice(0, tag.code.indexOf(':')),
      code: tag.code,
      standing: STANDING[tag.standing],
    }));
};

const demand = (holds: boolean, rule: string): void => {
  if (!holds) throw new RangeError(`The change is not whole: ${rule}`);
};

const followsOn = ({ expectedRevision, record, event }: DocumentChange): boolean =>
  record.revision === (expectedRevision ?? 0) + 1 &&
  event.revision === record.revision &&
  event.documentId === record.documentId;

const isReviewOf = ({ review, record }: DocumentChange): boolean =>
  review === undefined ||
  (review.documentId === record.documentId && review.revision === record.revision);

const tagsAreDistinct = (tags: readonly StoredTag[]): boolean =>
  new Set(tags.map((tag) => `${tag.scheme} ${tag.code}`)).size === tags.length;

/** The change with its record parsed and its words searchable, once each. Throws where the caller broke the contract. */
export const wholeChange = (change: DocumentChange): DocumentChange => {
  const record = documentSchema.parse(change.record);
  const review = change.review && reviewEventSchema.parse(change.review);
  const words = change.words && [...new Set(change.words)].filter(searchable);
  demand(followsOn(change), 'revision or document of record and event');
  demand(isReviewOf(change), 'revision or document of record and review');
  demand(Number.isInteger(change.risk) && change.risk >= 0 && change.risk <= 999, 'risk 0–999');
  demand((words?.length ?? 0) <= MAX_WORDS, `at most ${MAX_WORDS} words`);
  demand(record.tags.length <= MAX_TAGS, `at most ${MAX_TAGS} tags`);
  demand(tagsAreDistinct(record.tags), 'a code occurs twice');
  demand(
    record.tags.every((tag) => tag.scheme !== 'task' || tag.code.indexOf(':') > 0),
    'a task code without its catalogue',
  );
  return { ...change, record, words, ...(review && { review }) };
};
