/** Finds the task tables of a document: their headers by name, their rows, and the tables that carry them on over pages. */
import type { CanonicalText } from '../../domain/text.ts';
import { denseGrid, type Grid, type GridCell, type GridRow, spokenCells } from './grid.ts';
import { firstUnitLeads, headerName, type Role, roleOf } from './header-names.ts';

export interface Row {
  /** Both count from 1, as a person counts tables in the document and rows in the table. */
  readonly table: number;
  readonly row: number;
  readonly slots: GridRow;
  /** First row after a page turn: after a header that came again, or of a table that goes on without one. */
  readonly continued: boolean;
}

export type TableKind = 'task' | 'progress' | 'other';

export interface Header {
  readonly roles: readonly Role[];
  readonly names: readonly string[];
  readonly firstLeads: boolean;
  readonly kind: TableKind;
  readonly height: number;
}

export interface Segment {
  readonly header: Header;
  readonly rows: Row[];
}

export interface Sheets {
  readonly segments: readonly Segment[];
  /** Tables (from 1) in which no header was found, with their number of rows. */
  readonly headless: readonly { readonly table: number; readonly rows: number }[];
  /** Words that stand in a table above its header: often its title. */
  readonly captions: readonly string[];
  /** Where the first task table begins in the text; null if there is none. */
  readonly start: number | null;
}

export const cellIsFresh = (cell: GridCell, row: Row): boolean => cell.row === row.row - 1;

const has = (roles: readonly Role[], ...wanted: Role[]): boolean =>
  wanted.some((role) => roles.includes(role));

const kindOf = (roles: readonly Role[]): TableKind => {
  if (!has(roles, 'task', 'requirement')) return 'other';
  if (has(roles, 'lead', 'responsible')) return 'task';
  return has(roles, 'status') ? 'progress' : 'other';
};

/** Known names carry the row, and what is to be done stands beside who, when or how far. */
const readsAsHeader = (cells: readonly GridCell[]): boolean => {
  const roles = cells.map((cell) => roleOf(cell.text));
  const known = roles.filter((role) => role !== 'unknown').length;
  return (
    known >= 2 &&
    known * 5 >= cells.length * 3 &&
    has(roles, 'task', 'requirement') &&
    has(roles, 'lead', 'responsible', 'status', 'deadline')
  );
};

const secondHeaderRow = (grid: Grid, at: number): GridRow | null => {
  const next = grid.rows[at + 1];
  if (next === undefined) return null;
  const below = spokenCells(next);
  const fresh = below.filter((cell) => cell.row === at + 1);
  const spans = below.some((cell) => cell.row === at && cell.rowSpan > 1);
  const named = fresh.filter((cell) => roleOf(cell.text) !== 'unknown').length;
  return spans && fresh.length > 0 && named * 2 > fresh.length ? next : null;
};

const headerAt = (grid: Grid, at: number): Header | null => {
  const upper = grid.rows[at];
  if (upper === undefined) return null;
  const lower = secondHeaderRow(grid, at);
  const cells = [
    ...new Set([...spokenCells(upper), ...(lower === null ? [] : spokenCells(lower))]),
  ];
  if (cells.length > 40 || !readsAsHeader(cells)) return null;
  const columns = upper.map((above, column) => {
    const below = lower?.[column] ?? null;
    const name = below !== null && roleOf(below.text) !== 'unknown' ? below : above;
    return name?.text ?? '';
  });
  const roles = columns.map(roleOf);
  return {
    roles,
    names: columns.map(headerName),
    firstLeads: columns.some(firstUnitLeads),
    kind: kindOf(roles),
    height: lower === null ? 1 : 2,
  };
};

const readGrid = (grid: Grid, table: number, open: Segment | null) => {
  const found: Segment[] = [];
  const above: string[] = [];
  let current = open;
  let turned = open !== null;
  for (let at = 0; at < grid.rows.length; at += 1) {
    const header = headerAt(grid, at);
    if (header !== null) {
      turned = found.length > 0 || open !== null;
      current = { header, rows: [] };
      found.push(current);
      at += header.height - 1;
      continue;
    }
    const slots = grid.rows[at] ?? [];
    const spoken = spokenCells(slots).length > 0;
    if (current === null && spoken) above.push(...spokenCells(slots).map((cell) => cell.text));
    if (current === null || !spoken) continue;
    current.rows.push({ table, row: at + 1, slots, continued: turned });
    turned = false;
  }
  return { found, above, last: current };
};

/** A table without a header goes on with the one before it only where nothing but a page number parts them. */
const PAGE_NUMBER = /^[\s—–\-－第页共\d/]{0,16}$/u;

/** A title stands in the first rows of a table or nowhere. */
const MOST_CAPTIONS = 20;

const hasHeader = (grid: Grid): boolean => grid.rows.some((_, at) => headerAt(grid, at) !== null);

const widthOf = (segment: Segment): number => segment.header.roles.length;

/** Reads one table: with the header it bears, or as the rest of the open one where it bears none and is as wide. */
const readTable = (grid: Grid | null, table: number, open: Segment | null) => {
  if (grid === null) return null;
  const goesOn = open !== null && widthOf(open) === grid.width ? open : null;
  return goesOn !== null || hasHeader(grid) ? readGrid(grid, table, goesOn) : null;
};

/** Finds every table with a task-like header and what belongs to it. */
export const findSheets = ({ text, blocks }: CanonicalText): Sheets => {
  const segments: Segment[][] = [];
  const captions: string[][] = [];
  const headless: { table: number; rows: number }[] = [];
  let start: number | null = null;
  let open: Segment | null = null;
  let table = 0;
  for (const block of blocks) {
    if (block.kind !== 'table') {
      if (!PAGE_NUMBER.test(text.slice(block.start, block.end))) open = null;
      continue;
    }
    table += 1;
    const read: ReturnType<typeof readTable> = readTable(denseGrid(text, block), table, open);
    open = read?.last ?? null;
    if (read === null) headless.push({ table, rows: block.rows });
    else {
      segments.push(read.found);
      captions.push(read.above.slice(0, MOST_CAPTIONS));
      start ??= block.start;
    }
  }
  return { segments: segments.flat(), captions: captions.flat(), headless, start };
};
