/** Reads a paged list to its end. */
import type { Page, PageRequest } from '../ports.ts';

const PAGE = 500;

/** For lists that are bounded by how often people decide, never for lists of documents. */
export const allRows = async <Row>(
  read: (page: PageRequest) => Promise<Page<Row>>,
): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  let after: string | null = null;
  do {
    const page: Page<Row> = await read({ limit: PAGE, after });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null);
  return rows;
};
