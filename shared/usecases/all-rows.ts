/** Reads a paged list to its end, or as far as is wanted. */
import type { Page, PageRequest } from '../ports.ts';

const PAGE = 500;

/** In the order of the list, no more than about `most` (to the end of a page). */
export const allRows = async <Row>(
  read: (page: PageRequest) => Promise<Page<Row>>,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  let after: string | null = null;
  do {
    const page: Page<Row> = await read({ limit: PAGE, after });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null && rows.length < most);
  return rows;
};
