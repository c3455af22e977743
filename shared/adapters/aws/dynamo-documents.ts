/** Documents, their audit, their indexes and the ledger in one DynamoDB table; no request scans. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { documentEventSchema } from '../../domain/document.ts';
import { type DocumentSummary, documentSummarySchema } from '../../domain/document-summary.ts';
import { TABLE_SHAPE } from '../../domain/table-shape.ts';
import type {
  DocumentReader,
  DocumentWriter,
  LedgerReader,
  Page,
  PageRequest,
} from '../../ports.ts';
import { searchable } from '../document-index.ts';
import { pageOf, positionOf } from '../page-position.ts';
import { applyChange } from './apply-change.ts';
import {
  codePk,
  documentKey,
  documentPk,
  objectPk,
  sha256Pk,
  statePk,
  tagSk,
} from './document-rows.ts';
import { dynamoTable, type Table } from './dynamo-table.ts';
import { ledgerCounts } from './ledger-counts.ts';
import { packedSchema, unpack } from './packed-json.ts';
import { pageByWord } from './page-by-word.ts';
import { storedDocument } from './stored-document.ts';

const [BY_STATE, BY_CODE] = TABLE_SHAPE.indexes;
const pointerSchema = z.object({ documentId: z.string() });
const placeSchema = pointerSchema.extend({ receivedAt: z.string() });
const eventRowSchema = z.object({ sk: z.string() }).and(packedSchema);
const indexRowSchema = z.object({ order: z.string(), summary: documentSummarySchema });

/** One page of an index whose rows carry the summary; the position is the sort key and the id. */
const indexPage = async (
  table: Table,
  list: {
    readonly index: typeof BY_STATE | typeof BY_CODE;
    readonly partition: string;
    readonly sk: string;
    readonly backwards: boolean;
  },
  page: PageRequest,
): Promise<Page<DocumentSummary>> => {
  const { index, partition, sk } = list;
  const [order, documentId] = page.after === null ? [] : positionOf(page.after, 2);
  const after =
    order === undefined
      ? null
      : {
          pk: documentPk(String(documentId)),
          sk,
          [index.partitionKey]: partition,
          [index.sortKey]: order,
        };
  const found = await table.query(
    {
      index: index.name,
      where: `${index.partitionKey} = :partition`,
      values: { ':partition': partition },
      backwards: list.backwards,
      after,
    },
    page.limit + 1,
  );
  const rows = found.map((row) => indexRowSchema.parse({ ...row, order: row[index.sortKey] }));
  return pageOf(rows, page.limit, {
    row: ({ summary }) => summary,
    position: (row) => [row.order, row.summary.documentId],
  });
};

const eventPage = async (table: Table, documentId: string, page: PageRequest) => {
  const pk = documentPk(documentId);
  const [sk] = page.after === null ? [] : positionOf(page.after, 1);
  const found = await table.query(
    {
      where: 'pk = :pk AND begins_with(sk, :event)',
      values: { ':pk': pk, ':event': 'EVENT#' },
      after: sk === undefined ? null : { pk, sk },
    },
    page.limit + 1,
  );
  const { rows, next } = pageOf(found, page.limit, {
    row: (row) => eventRowSchema.parse(row),
    position: (row) => [eventRowSchema.parse(row).sk],
  });
  const events = await Promise.all(rows.map((row) => unpack(table, pk, row)));
  return { rows: events.map((event) => documentEventSchema.parse(event)), next };
};

const lookUps = (table: Table): Pick<DocumentReader, 'get' | 'bySha256' | 'byKey'> => {
  const pointers = (pk: string) => table.query({ where: 'pk = :pk', values: { ':pk': pk } });
  return {
    get: async (documentId) => (await storedDocument(table, documentId))?.record ?? null,
    bySha256: async (sha256) => {
      const rows = await pointers(sha256Pk(sha256));
      return rows.map((row) => pointerSchema.parse(row).documentId);
    },
    byKey: async (bucket, key) => {
      const rows = await pointers(objectPk(bucket, key));
      return rows.map((row) => placeSchema.parse(row));
    },
  };
};

const lists = (table: Table): Pick<DocumentReader, 'events' | 'byState' | 'byCode' | 'byWord'> => ({
  events: (documentId, page) => eventPage(table, documentId, page),
  byState: (state, page) => {
    const { sk } = documentKey('');
    const list = { index: BY_STATE, partition: statePk(state), sk, backwards: false };
    return indexPage(table, list, page);
  },
  byCode: (scheme, code, page) => {
    const sk = tagSk(scheme, code);
    const list = { index: BY_CODE, partition: codePk(scheme, code), sk, backwards: true };
    return indexPage(table, list, page);
  },
  byWord: async (word, page) =>
    searchable(word) ? pageByWord(table, word, page) : { rows: [], next: null },
});

/** Over a table of `tableDefinition`. */
export const dynamoDocuments = (
  client: DynamoDBClient,
  tableName: string,
): DocumentReader & DocumentWriter & LedgerReader => {
  const table = dynamoTable(client, tableName);
  return {
    ...lookUps(table),
    ...lists(table),
    apply: (change) => applyChange(table, change),
    counts: (catalogueId) => ledgerCounts(table, catalogueId),
  };
};
