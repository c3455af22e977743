/** Finds tables that a plain text lays out with tabs: a cell a line behind a tab, or cells of one line between tabs. */
import type { CellInput } from './canonical.ts';

export interface LineRun {
  /** Lines `from` to before `to` are this table. */
  readonly from: number;
  readonly to: number;
  readonly cells: readonly CellInput[];
}

const isBlank = (line: string): boolean => line.trim() === '' && !line.includes('\t');
const opensCell = (line: string): boolean => line.startsWith('\t');

interface Row {
  readonly from: number;
  readonly to: number;
  readonly cells: readonly string[];
}

/** One row: lines that open a cell with a tab, each with the lines that go on in it, up to a blank line. */
const readRow = (lines: readonly string[], from: number): Row => {
  const cells: string[] = [];
  let at = from;
  for (let line = lines[at]; line !== undefined && !isBlank(line); line = lines[at]) {
    const last = cells.length - 1;
    if (opensCell(line) || last < 0) cells.push(line.replace(/^\t+/u, ''));
    else cells[last] = `${cells[last]}\n${line.trim()}`;
    at += 1;
  }
  return { from, to: at, cells };
};

const skipBlank = (lines: readonly string[], from: number): number => {
  let at = from;
  for (let line = lines[at]; line !== undefined && isBlank(line); line = lines[at]) at += 1;
  return at;
};

const LONGEST_HEADER_CELL = 20;
const FEWEST_ROWS = 2;
const AGREEING = 0.7;

const commonWidth = (rows: readonly Row[]): number => {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
};

/** Paragraphs indented by tabs look alike: a table opens with short header cells and keeps its number of columns. */
const isTable = (rows: readonly Row[]): boolean => {
  const wide = rows.filter((row) => row.cells.length > 1);
  const width = commonWidth(wide);
  const header = wide[0]?.cells ?? [];
  const agreeing = wide.filter((row) => row.cells.length === width).length;
  return (
    wide.length >= FEWEST_ROWS &&
    agreeing >= wide.length * AGREEING &&
    header.length === width &&
    header.every((cell) => cell.trim().length <= LONGEST_HEADER_CELL && !/[。；]\s*$/u.test(cell))
  );
};

/** A row of one cell is a section heading over all columns. */
const cellsOf = (rows: readonly Row[]): CellInput[] => {
  const columns = rows.reduce((most, row) => Math.max(most, row.cells.length), 1);
  return rows.flatMap(({ cells }, row) =>
    cells.map((text, column) => ({
      row,
      column,
      columnSpan: cells.length === 1 ? columns : 1,
      text,
    })),
  );
};

/** The table of tabbed lines that begins at this line; null where there is none. */
export const tabLaidTable = (lines: readonly string[], from: number): LineRun | null => {
  const rows: Row[] = [];
  let at = from;
  while (opensCell(lines[at] ?? '')) {
    const row = readRow(lines, at);
    rows.push(row);
    at = skipBlank(lines, row.to);
  }
  if (!isTable(rows)) return null;
  return { from, to: rows.at(-1)?.to ?? from, cells: cellsOf(rows) };
};

const tabsIn = (line: string): number => line.split('\t').length - 1;

/** Where the run of lines with as many tabs as this one ends. */
export const endOfRun = (lines: readonly string[], from: number): number => {
  const tabs = tabsIn(lines[from] ?? '');
  let to = from + 1;
  while (to < lines.length && tabsIn(lines[to] ?? '') === tabs) to += 1;
  return to;
};

/** Rows whose cells stand in one line between tabs: at least two lines with the same number of tabs. */
export const tabSeparatedTable = (lines: readonly string[], from: number): LineRun | null => {
  if (!(lines[from] ?? '').includes('\t')) return null;
  const to = endOfRun(lines, from);
  const rows = lines.slice(from, to);
  const isLaidOut = rows.some((line) => !opensCell(line) && line.trimEnd().includes('\t'));
  if (rows.length < FEWEST_ROWS || !isLaidOut) return null;
  const cells = rows.flatMap((line, row) =>
    line.split('\t').map((text, column) => ({ row, column, text })),
  );
  return { from, to, cells };
};

/** Where the run of tabbed lines that begins here ends: looked at once, whether it is a table or not. */
export const endOfTabbed = (lines: readonly string[], from: number): number => {
  let at = from;
  while (opensCell(lines[at] ?? '')) at = skipBlank(lines, readRow(lines, at).to);
  return Math.max(at, from + 1);
};
