/** What reviewers decided, as training reads it, in SQLite. */
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { type ReviewEvent, reviewEventSchema } from '../../domain/review-event.ts';
import type { PageRequest, ReviewLog } from '../../ports.ts';
import { pageOf, positionOf } from '../page-position.ts';

const reviewRowSchema = z.object({ review: z.string() });
const countsSchema = z.object({ reviews: z.int(), trained: z.int() });

const APPEND = 'INSERT INTO reviews VALUES (?, ?, ?, ?, ?)';
const COUNT = `
INSERT INTO review_counts VALUES (?, 1, 0)
ON CONFLICT (catalogue_id) DO UPDATE SET reviews = reviews + 1`;
const MARK = `
INSERT INTO review_counts VALUES (?, 0, ?)
ON CONFLICT (catalogue_id) DO UPDATE SET trained = max(trained, excluded.trained)`;

/** Part of the transaction that makes the decision. */
export const appendReview = (database: DatabaseSync, review: ReviewEvent): void => {
  const { documentId, revision, catalogueId, at } = review;
  database.prepare(APPEND).run(documentId, revision, catalogueId, at, JSON.stringify(review));
  database.prepare(COUNT).run(catalogueId);
};

const reviewPage = (database: DatabaseSync, catalogueId: string, page: PageRequest) => {
  const after = page.after === null ? [] : positionOf(page.after, 3);
  const from = page.after === null ? '' : 'AND (at, document_id, revision) > (?, ?, ?)';
  const found = database
    .prepare(
      `SELECT review FROM reviews WHERE catalogue_id = ? ${from}
       ORDER BY at, document_id, revision LIMIT ?`,
    )
    .all(catalogueId, ...after, page.limit + 1)
    .map((row) => reviewEventSchema.parse(JSON.parse(reviewRowSchema.parse(row).review)));
  return pageOf(found, page.limit, {
    row: (review) => review,
    position: ({ at, documentId, revision }) => [at, documentId, revision],
  });
};

const countsOf = (database: DatabaseSync, catalogueId: string): z.infer<typeof countsSchema> => {
  const row = database
    .prepare('SELECT reviews, trained FROM review_counts WHERE catalogue_id = ?')
    .get(catalogueId);
  return row === undefined ? { reviews: 0, trained: 0 } : countsSchema.parse(row);
};

/** Over a database that `openDatabase` gave. */
export const sqliteReviews = (database: DatabaseSync): ReviewLog => ({
  reviews: async (catalogueId, page) => reviewPage(database, catalogueId, page),
  reviewCount: async (catalogueId) => countsOf(database, catalogueId).reviews,
  trainedCount: async (catalogueId) => countsOf(database, catalogueId).trained,
  markTrained: async (catalogueId, count) => {
    database.prepare(MARK).run(catalogueId, count);
  },
});
