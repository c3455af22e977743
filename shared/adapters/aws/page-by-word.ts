/** Lists the documents that carry a search word. */
import * as z from 'zod';
import { type DocumentSummary, documentSummarySchema } from '../../domain/document-summary.ts';
import type { Page, PageRequest } from '../../ports.ts';
import { listedWords } from '../document-index.ts';
import { type Position, pageOf, positionOf } from '../page-position.ts';
import { documentKey, wordPk } from './document-rows.ts';
import type { Table } from './dynamo-table.ts';

const pointerSchema = z.object({ sk: z.string(), documentId: z.string() });
const documentSchema = z.object({ summary: documentSummarySchema, words: z.array(z.string()) });

interface Found {
  readonly sk: string;
  readonly summary: DocumentSummary;
}

/** The documents of these pointers that still carry the word, in the same order. */
const carriers = async (
  table: Table,
  word: string,
  pointers: readonly z.infer<typeof pointerSchema>[],
): Promise<readonly Found[]> => {
  const keys = pointers.map(({ documentId }) => documentKey(documentId));
  const rows = await table.gets(keys, ['summary', 'words']);
  const summaries = rows
    .map((row) => documentSchema.parse(row))
    .filter(({ summary, words }) => listedWords(summary.state, words).includes(word))
    .map(({ summary }): [string, DocumentSummary] => [summary.documentId, summary]);
  const byId = new Map(summaries);
  return pointers.flatMap(({ sk, documentId }) => {
    const summary = byId.get(documentId);
    return summary === undefined ? [] : [{ sk, summary }];
  });
};

/** A pointer can outlive its word for a moment (see applyChange); such a one is passed over. */
export const pageByWord = async (
  table: Table,
  word: string,
  page: PageRequest,
): Promise<Page<DocumentSummary>> => {
  const pk = wordPk(word);
  const found: Found[] = [];
  let after: Position[number] | undefined =
    page.after === null ? undefined : positionOf(page.after, 1)[0];
  for (;;) {
    const want = page.limit + 1 - found.length;
    const rows = await table.query(
      {
        where: 'pk = :pk',
        values: { ':pk': pk },
        backwards: true,
        after: after === undefined ? null : { pk, sk: after },
      },
      want,
    );
    const pointers = rows.map((row) => pointerSchema.parse(row));
    found.push(...(await carriers(table, word, pointers)));
    after = pointers.at(-1)?.sk;
    if (pointers.length < want || found.length > page.limit) break;
  }
  return pageOf(found, page.limit, {
    row: ({ summary }) => summary,
    position: ({ sk }) => [sk],
  });
};
