/** Reads a list to its end, page by page. */
import { expect } from 'vitest';
import type { Page, PageRequest } from '../../shared/ports.ts';

/** Fails where a page is longer than asked for, or empty before the end. */
export const everyPage = async <T>(
  list: (page: PageRequest) => Promise<Page<T>>,
  limit: number,
): Promise<T[]> => {
  const rows: T[] = [];
  let after: string | null = null;
  do {
    const page: Page<T> = await list({ limit, after });
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    if (page.next !== null) expect(page.rows.length).toBe(limit);
    rows.push(...page.rows);
    after = page.next;
  } while (after !== null);
  return rows;
};
