/** What reviewers decided, as training reads it, in DynamoDB. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type ReviewEvent, reviewEventSchema } from '../../domain/review-event.ts';
import type { Page, PageRequest, ReviewLog } from '../../ports.ts';
import { pageOf, positionOf } from '../page-position.ts';
import { documentPk } from './document-rows.ts';
import { dynamoTable, type Table } from './dynamo-table.ts';
import { packedSchema, unpack } from './packed-json.ts';
import { learningKey, reviewsPk } from './review-rows.ts';

const rowSchema = z.object({ sk: z.string(), documentId: z.string() }).and(packedSchema);
const countsSchema = z.object({
  reviews: z.int().default(0),
  trained: z.int().default(0),
});

const reviewPage = async (
  table: Table,
  catalogueId: string,
  page: PageRequest,
): Promise<Page<ReviewEvent>> => {
  const pk = reviewsPk(catalogueId);
  const [sk] = page.after === null ? [] : positionOf(page.after, 1);
  const found = await table.query(
    { where: 'pk = :pk', values: { ':pk': pk }, after: sk === undefined ? null : { pk, sk } },
    page.limit + 1,
  );
  const { rows, next } = pageOf(found, page.limit, {
    row: (row) => rowSchema.parse(row),
    position: (row) => [rowSchema.parse(row).sk],
  });
  const reviews = await Promise.all(
    rows.map((row) => unpack(table, documentPk(row.documentId), row)),
  );
  return { rows: reviews.map((review) => reviewEventSchema.parse(review)), next };
};

const countsOf = async (table: Table, catalogueId: string) => {
  const [row] = await table.gets([learningKey(catalogueId)]);
  return countsSchema.parse(row ?? {});
};

/** Over a table of `tableDefinition`. */
export const dynamoReviews = (client: DynamoDBClient, tableName: string): ReviewLog => {
  const table = dynamoTable(client, tableName);
  return {
    reviews: (catalogueId, page) => reviewPage(table, catalogueId, page),
    reviewCount: async (catalogueId) => (await countsOf(table, catalogueId)).reviews,
    trainedCount: async (catalogueId) => (await countsOf(table, catalogueId)).trained,
    markTrained: async (catalogueId, count) => {
      // Where the condition does not hold, more was marked already.
      await table.write([
        {
          kind: 'set',
          key: learningKey(catalogueId),
          values: { trained: count },
          condition: {
            holds: 'attribute_not_exists(trained) OR trained < :count',
            values: { ':count': count },
          },
        },
      ]);
    },
  };
};
