/** Lists over the API: at most 100 rows a page, opaque signed tokens. */
import * as z from 'zod';
import type { Refusal } from '../domain/refusal.ts';
import { accept, type Result } from '../domain/result.ts';
import type { Page, PageRequest } from '../ports.ts';
import type { PageTokens } from './page-token.ts';

/** Strict: a misspelt filter must not look like an answer. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  after: z.string().max(4000).optional(),
});

export const pageOf = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), next: z.string().nullable() });

/** `list` names the list and its filter: a token of one list does not open another. */
export const paged = async <T>(
  {
    pageTokens,
    list,
    query,
  }: { pageTokens: PageTokens; list: string; query: z.infer<typeof pageQuery> },
  read: (page: PageRequest) => Promise<Result<Page<T>, Refusal>>,
): Promise<Result<Page<T>, Refusal>> => {
  const position = pageTokens.open(list, query.after ?? null);
  if (!position.ok) return position;
  const page = await read({ limit: query.limit, after: position.value });
  if (!page.ok) return page;
  return accept({ rows: page.value.rows, next: pageTokens.seal(list, page.value.next) });
};
