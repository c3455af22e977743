/** Joins the parts of a table that runs over several pages: repeated headers once, broken rows whole. */
import type { CellInput } from '../canonical.ts';
import { cellText, type FilledCell, type FilledTable } from './fill-cells.ts';
import type { Line } from './text-lines.ts';

export interface JoinedTable {
  readonly cells: readonly CellInput[];
  readonly headerRows: number;
}

/** Columns of two parts may differ by this much, in points. */
const NEAR = 4;
const MOST_HEADER_ROWS = 3;

const offsetsOf = (table: FilledTable): number[] => {
  const [first = 0] = table.xs;
  return table.xs.map((x) => x - first);
};

const holds = (all: readonly number[], some: readonly number[]): boolean =>
  some.every((x) => all.some((other) => Math.abs(other - x) <= NEAR));

/** True where `next` has the columns of `table`: it may then be its continuation on the next page. */
export const sameColumns = (table: FilledTable, next: FilledTable): boolean => {
  const [mine, other] = [offsetsOf(table), offsetsOf(next)];
  const wide = Math.abs((mine.at(-1) ?? 0) - (other.at(-1) ?? 0)) <= NEAR;
  return wide && (holds(mine, other) || holds(other, mine));
};

interface OpenCell {
  row: number;
  rowSpan: number;
  readonly column: number;
  readonly columnSpan: number;
  readonly left: number;
  readonly right: number;
  readonly lines: Line[];
}

const nearest = (positions: readonly number[], value: number): number =>
  positions.reduce(
    (best, at, index) =>
      Math.abs(at - value) < Math.abs((positions[best] ?? 0) - value) ? index : best,
    0,
  );

const mergedPositions = (parts: readonly FilledTable[]): number[] => {
  const positions: number[] = [];
  for (const value of parts.flatMap(offsetsOf).sort((a, b) => a - b))
    if (value - (positions.at(-1) ?? Number.NEGATIVE_INFINITY) > NEAR) positions.push(value);
  return positions;
};

/** The cells of a part, with columns counted over all parts. */
const cellsIn = (part: FilledTable, positions: readonly number[]): OpenCell[] => {
  const columns = offsetsOf(part).map((x) => nearest(positions, x));
  return part.cells.map((cell: FilledCell) => {
    const column = columns[cell.column] ?? 0;
    const columnSpan = Math.max(1, (columns[cell.column + cell.columnSpan] ?? 0) - column);
    return { ...cell, column, columnSpan, lines: [...cell.lines] };
  });
};

const signatureOf = (cells: readonly OpenCell[], row: number): string => {
  const starting = cells.filter((cell) => cell.row === row);
  const texts = starting
    .sort((a, b) => a.column - b.column)
    .map((cell) => `${cell.column}:${cell.columnSpan}:${cellText(cell).replace(/\s/gu, '')}`);
  return starting.some((cell) => cell.lines.length > 0) ? texts.join('|') : '';
};

/** How many rows at the top of `next` say again what stands at the top of the table, and where they end there. */
const repeatedRows = (
  first: readonly OpenCell[],
  next: readonly OpenCell[],
): { count: number; end: number } => {
  for (let skip = 0; skip < MOST_HEADER_ROWS; skip += 1) {
    let count = 0;
    while (count < MOST_HEADER_ROWS) {
      const mine = signatureOf(first, skip + count);
      if (mine === '' || mine !== signatureOf(next, count)) break;
      count += 1;
    }
    if (count > 0) return { count, end: skip + count };
  }
  return { count: 0, end: 0 };
};

const bottomCells = (cells: readonly OpenCell[], rows: number): OpenCell[] =>
  cells.filter((cell) => cell.row + cell.rowSpan === rows);

const partnerOf = (bottom: readonly OpenCell[], cell: OpenCell): OpenCell | undefined =>
  bottom.find((mine) => mine.column === cell.column && mine.columnSpan === cell.columnSpan);

/** The cell's text stops at its right edge in the middle of a sentence. */
const breaksOff = (cell: OpenCell): boolean => {
  const last = cell.lines.at(-1);
  if (last === undefined || /[。；！？;!?]$/u.test(last.text)) return false;
  return last.right + last.size * 1.6 > cell.right;
};

/** Where rules close both parts, a row goes on only if its first cell is empty and every text in it breaks off above. */
const readsOn = (bottom: readonly OpenCell[], top: readonly OpenCell[]): boolean => {
  const [first] = top;
  const above = first === undefined ? undefined : partnerOf(bottom, first);
  if (first === undefined || first.lines.length > 0 || (above?.lines.length ?? 0) === 0)
    return false;
  const told = top.filter((cell) => cell.lines.length > 0);
  return (
    told.length > 0 &&
    told.every((cell) => {
      const mine = partnerOf(bottom, cell);
      return mine !== undefined && breaksOff(mine);
    })
  );
};

const append = (mine: OpenCell, cell: OpenCell): void => {
  mine.lines.push(...cell.lines);
  mine.rowSpan += cell.rowSpan - 1;
};

interface LaidPart {
  readonly cells: readonly OpenCell[];
  readonly table: FilledTable;
}

interface Growing {
  readonly cells: OpenCell[];
  rows: number;
  openBottom: boolean;
}

/** A cell over several rows that the end of the page cut: below it stands empty. */
const isCutSpan = (mine: OpenCell, cell: OpenCell): boolean =>
  mine.rowSpan > 1 && cell.rowSpan > 1 && cell.lines.length === 0;

/** True where the first row taken from `part` is the rest of the last row of the table. */
const rowGoesOn = (table: Growing, part: LaidPart, from: number): boolean => {
  const bottom = bottomCells(table.cells, table.rows);
  const top = part.cells.filter((cell) => cell.row === from).sort((a, b) => a.column - b.column);
  if (top.length === 0 || top.some((cell) => partnerOf(bottom, cell) === undefined)) return false;
  return table.openBottom || (from === 0 && part.table.openTop) || readsOn(bottom, top);
};

/** Adds the rows of `part` from `from` on. */
const addPart = (table: Growing, part: LaidPart, from: number): void => {
  const bottom = bottomCells(table.cells, table.rows);
  const joins = rowGoesOn(table, part, from);
  const start = table.rows - (joins ? 1 : 0) - from;
  for (const cell of part.cells.filter(({ row }) => row >= from)) {
    const mine = cell.row === from ? partnerOf(bottom, cell) : undefined;
    if (mine !== undefined && joins) append(mine, cell);
    else if (mine !== undefined && isCutSpan(mine, cell)) mine.rowSpan += cell.rowSpan;
    else table.cells.push({ ...cell, row: cell.row + start });
  }
  table.rows = start + part.table.rows;
  table.openBottom = part.table.openBottom;
};

/** One table out of the parts it has on the pages, in order. */
export const joinTable = (parts: readonly FilledTable[]): JoinedTable => {
  const positions = mergedPositions(parts);
  const laid = parts.map((table) => ({ table, cells: cellsIn(table, positions) }));
  const [first, ...others] = laid;
  if (first === undefined) return { cells: [], headerRows: 0 };
  const table: Growing = {
    cells: [...first.cells],
    rows: first.table.rows,
    openBottom: first.table.openBottom,
  };
  const top = first.cells.map((cell) => ({ ...cell, lines: [...cell.lines] }));
  let headerRows = 0;
  for (const part of others) {
    const { count, end } = repeatedRows(top, part.cells);
    const whole = count < part.table.rows ? count : 0;
    if (whole > 0) headerRows = Math.max(headerRows, end);
    addPart(table, part, whole);
  }
  const cells = table.cells.map((cell) => ({
    row: cell.row,
    column: cell.column,
    rowSpan: cell.rowSpan,
    columnSpan: cell.columnSpan,
    text: cellText(cell),
  }));
  return { cells, headerRows };
};
