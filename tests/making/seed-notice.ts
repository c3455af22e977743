/** Reads the handed text of the seed notice into paragraphs and table rows, so that tests can make files of it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One row as it stands, repeated header rows too. A merged row runs over the whole width and has one cell. */
export interface SeedRow {
  readonly cells: string[];
  readonly merged: boolean;
}

export interface SeedNotice {
  /** The lines before the table: no blank ones, no blanks at either end. */
  readonly before: string[];
  readonly table: { readonly rows: SeedRow[] };
}

const rowsOf = (lines: readonly string[]): SeedRow[] => {
  const rows: string[][] = [];
  let open: string[] | null = null;
  for (const line of lines) {
    if (line.startsWith('\t')) {
      if (open === null) {
        open = [];
        rows.push(open);
      }
      open.push(line.trim());
    } else if (line.trim() === '') {
      open = null;
    } else if (open !== null) {
      open.push(`${open.pop() ?? ''}\n${line.trim()}`);
    }
  }
  return rows.map((cells) => ({ cells, merged: cells.length === 1 }));
};

/** Cells start with a tab; a line that does not goes on with the cell before it; a blank line ends the row. */
export const seedNotice = (text: string): SeedNotice => {
  const lines = text.split(/\r?\n/u);
  const first = lines.findIndex((line) => line.startsWith('\t'));
  const end = first === -1 ? lines.length : first;
  return {
    before: lines
      .slice(0, end)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    table: { rows: rowsOf(lines.slice(end)) },
  };
};

/** Where the handed reference material lies. */
export const referenceFolder = (): string =>
  process.env['GONGKAI_REFERENCE'] ?? join(import.meta.dirname, '..', '..', '..', 'shared');

/** The text of the seed notice; null where the reference material is absent. */
export const seedText = (): string | null => {
  const path = join(referenceFolder(), 'seed', 'donghu-2021-notice.txt');
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
};
