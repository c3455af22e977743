/** The rows that reviews have in the table: each under its catalogue in the order of time, and one counter a catalogue. */
import type { ReviewEvent } from '../../domain/review-event.ts';
import { documentPk } from './document-rows.ts';
import type { Key, Write } from './dynamo-table.ts';
import { type Packed, pack } from './packed-json.ts';

export const reviewsPk = (catalogueId: string): string => `REVIEWS#${catalogueId}`;

type Place = Pick<ReviewEvent, 'at' | 'documentId' | 'revision'>;

export const reviewSk = ({ at, documentId, revision }: Place): string =>
  `${at}#${documentId}#${String(revision).padStart(8, '0')}`;

/** `reviews`: ever appended; `trained`: how many there were when training last looked. */
export const learningKey = (catalogueId: string): Key => ({
  pk: `LEARNING#${catalogueId}`,
  sk: 'LEARNING',
});

interface ReviewWrites {
  readonly parts: readonly Write[];
  readonly spilled: readonly Packed[];
  readonly main: readonly Write[];
}

/** Two writes of the transaction that makes the decision. Parts lie with the document, out of the way of the list. */
export const reviewWrites = (review: ReviewEvent | undefined): ReviewWrites => {
  if (review === undefined) return { parts: [], spilled: [], main: [] };
  const { catalogueId, documentId } = review;
  const { packed, parts } = pack(documentPk(documentId), review);
  const key = { pk: reviewsPk(catalogueId), sk: reviewSk(review) };
  return {
    parts,
    spilled: [packed],
    main: [
      {
        kind: 'put',
        row: { ...key, documentId, ...packed },
        condition: { holds: 'attribute_not_exists(pk)' },
      },
      { kind: 'add', key: learningKey(catalogueId), amounts: { reviews: 1 } },
    ],
  };
};
