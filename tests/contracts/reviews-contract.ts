/** What every log of reviews has to keep: it grows with the decisions, in the same transaction, and nothing leaves it. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { DocumentRecord } from '../../shared/domain/document.ts';
import type { ReviewEvent } from '../../shared/domain/review-event.ts';
import type { DocumentReader, DocumentWriter, ReviewLog } from '../../shared/ports.ts';
import { everyPage } from './every-page.ts';
import { change, minute, next, sampleRecord, sha256Of } from './sample-documents.ts';

export interface Reviewed {
  readonly documents: DocumentReader & DocumentWriter;
  readonly reviews: ReviewLog;
}

const ALL = { limit: 100, after: null };

/** What was learnt from the decision that made the record. */
export const sampleReview = (
  { documentId, revision }: DocumentRecord,
  rest: Partial<ReviewEvent> = {},
): ReviewEvent => ({
  documentId,
  revision,
  catalogueId: 'yx2026',
  catalogueVersion: 1,
  model: 'shipped-1',
  textSha256: sha256Of(documentId),
  at: minute(revision),
  reviewer: 'tester',
  shown: [{ scheme: 'task', code: 'yx2026:T01', score: 0.25, band: 'possible' }],
  final: [{ scheme: 'task', code: 'yx2026:T02' }],
  attribute: 'A1',
  undoes: null,
  ...rest,
});

const proposed = async ({ documents }: Reviewed, documentId: string): Promise<DocumentRecord> => {
  const record = sampleRecord({ documentId, state: 'proposed' });
  expect((await documents.apply(change(null, record))).kind).toBe('applied');
  return record;
};

/** Decides the document and says what was learnt from it. */
const decide = async (
  { documents }: Reviewed,
  before: DocumentRecord,
  rest: Partial<ReviewEvent> = {},
) => {
  const record = next(before, { state: 'decided' });
  const review = sampleReview(record, rest);
  expect(await documents.apply(change(before, record, { review }))).toEqual({ kind: 'applied' });
  return { record, review };
};

/** `make` gives an empty store each time. */
export const reviewsContract = (name: string, make: () => Promise<Reviewed>): void => {
  describe(`reviews in ${name}`, () => {
    test('a decision and its undoing are read back as they were, and counted for their catalogue alone', async () => {
      const store = await make();
      const first = await decide(store, await proposed(store, 'doc-1'));
      const undoing = { undoes: first.record.revision, final: [], attribute: null };
      const second = await decide(store, first.record, undoing);
      await decide(store, await proposed(store, 'doc-2'), { catalogueId: 'other' });
      const { rows, next: more } = await store.reviews.reviews('yx2026', ALL);
      expect(rows).toEqual([first.review, second.review]);
      expect(more).toBeNull();
      expect(await store.reviews.reviewCount('yx2026')).toBe(2);
      expect(await store.reviews.reviewCount('other')).toBe(1);
      expect(await store.reviews.reviewCount('nobody')).toBe(0);
      expect((await store.reviews.reviews('nobody', ALL)).rows).toEqual([]);
    });

    test('a change without a review appends none', async () => {
      const store = await make();
      const record = await proposed(store, 'doc-1');
      await store.documents.apply(change(record, next(record, { state: 'decided' })));
      expect(await store.reviews.reviewCount('yx2026')).toBe(0);
      expect((await store.reviews.reviews('yx2026', ALL)).rows).toEqual([]);
    });

    test('a change that came too late appends no review and counts none', async () => {
      const store = await make();
      const before = await proposed(store, 'doc-1');
      const { review } = await decide(store, before);
      const late = next(before, { state: 'decided' });
      const asked = change(before, late, { review: sampleReview(late, { reviewer: 'late' }) });
      expect((await store.documents.apply(asked)).kind).toBe('stale');
      expect((await store.reviews.reviews('yx2026', ALL)).rows).toEqual([review]);
      expect(await store.reviews.reviewCount('yx2026')).toBe(1);
    });

    test('of ten reviewers who decide one document at once, one is learnt from', async () => {
      const store = await make();
      const before = await proposed(store, 'doc-1');
      const record = next(before, { state: 'decided' });
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, n) => {
          const review = sampleReview(record, { reviewer: `by-${n}`, at: minute(n) });
          return store.documents.apply(change(before, record, { review }));
        }),
      );
      const winners = outcomes.flatMap(({ kind }, n) => (kind === 'applied' ? [`by-${n}`] : []));
      expect(winners).toHaveLength(1);
      const { rows } = await store.reviews.reviews('yx2026', ALL);
      expect(rows.map(({ reviewer }) => reviewer)).toEqual(winners);
      expect(await store.reviews.reviewCount('yx2026')).toBe(1);
    });

    test('twelve decisions at once are all counted', async () => {
      const store = await make();
      const records = await Promise.all(
        Array.from({ length: 12 }, (_, n) => proposed(store, `doc-${n}`)),
      );
      await Promise.all(records.map((record) => decide(store, record)));
      expect(await store.reviews.reviewCount('yx2026')).toBe(12);
      expect((await store.reviews.reviews('yx2026', ALL)).rows).toHaveLength(12);
    });

    test('pages run oldest first, and one that comes meanwhile is shown once', async () => {
      const store = await make();
      const minutes = [5, 3, 3, 9, 1, 7];
      for (const [n, at] of minutes.entries())
        await decide(store, await proposed(store, `doc-${n}`), { at: minute(at) });
      const names = (rows: readonly ReviewEvent[]) => rows.map(({ documentId }) => documentId);
      const first = await store.reviews.reviews('yx2026', { limit: 3, after: null });
      expect(names(first.rows)).toEqual(['doc-4', 'doc-1', 'doc-2']);
      await decide(store, await proposed(store, 'doc-6'), { at: minute(8) });
      const rest = await store.reviews.reviews('yx2026', { limit: 4, after: first.next });
      expect(names(rest.rows)).toEqual(['doc-0', 'doc-5', 'doc-6', 'doc-3']);
      expect(rest.next).toBeNull();
      const all = await everyPage((page) => store.reviews.reviews('yx2026', page), 2);
      expect(names(all)).toEqual(names([...first.rows, ...rest.rows]));
    });

    test('a review that speaks of another document or revision is thrown out with its change', async () => {
      const store = await make();
      const before = await proposed(store, 'doc-1');
      const record = next(before, { state: 'decided' });
      const faulty = [{ documentId: 'doc-2' }, { revision: 7 }].map((rest) =>
        change(before, record, { review: sampleReview(record, rest) }),
      );
      for (const each of faulty)
        await expect(store.documents.apply(each)).rejects.toThrow(/not whole/u);
      expect(await store.documents.get('doc-1')).toEqual(before);
      expect(await store.reviews.reviewCount('yx2026')).toBe(0);
    });

    test('a review longer than a row may be is read back whole', async () => {
      const store = await make();
      const before = await proposed(store, 'doc-1');
      const code = `yx2026:${randomBytes(600_000).toString('base64')}`;
      const { review } = await decide(store, before, { final: [{ scheme: 'task', code }] });
      expect((await store.reviews.reviews('yx2026', ALL)).rows).toEqual([review]);
    });

    test('what training has looked at never goes back', async () => {
      const { reviews } = await make();
      expect(await reviews.trainedCount('yx2026')).toBe(0);
      await reviews.markTrained('yx2026', 25);
      await reviews.markTrained('yx2026', 7);
      await reviews.markTrained('other', 3);
      expect(await reviews.trainedCount('yx2026')).toBe(25);
      expect(await reviews.trainedCount('other')).toBe(3);
      expect(await reviews.reviewCount('yx2026')).toBe(0);
      await Promise.all([30, 50, 40].map((count) => reviews.markTrained('yx2026', count)));
      expect(await reviews.trainedCount('yx2026')).toBe(50);
    });

    test('reviews counted before and after training was noted are all counted', async () => {
      const store = await make();
      await decide(store, await proposed(store, 'doc-1'));
      await store.reviews.markTrained('yx2026', 1);
      await decide(store, await proposed(store, 'doc-2'));
      expect(await store.reviews.reviewCount('yx2026')).toBe(2);
      expect(await store.reviews.trainedCount('yx2026')).toBe(1);
    });
  });
};
