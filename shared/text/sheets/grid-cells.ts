/** Places the cells of sheet rows in a table: empty columns and rows closed up, merged cells once. */
import type { CellInput } from '../canonical.ts';
import type { Merge, SheetRow } from './sheet.ts';

/** Past this width only filled cells are placed: an empty one would say nothing. */
const MOST_FILLED_UP = 64;

/** Columns with a filled cell, ascending. */
export const usedColumns = (rows: readonly SheetRow[]): number[] => {
  const used = new Set<number>();
  for (const { columns } of rows) for (const column of columns) used.add(column);
  return [...used].sort((a, b) => a - b);
};

/** How many of the ascending numbers lie in `from..to`. */
const countWithin = (ascending: readonly number[], from: number, to: number): number => {
  const below = (limit: number): number => {
    let [low, high] = [0, ascending.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ascending[middle] ?? 0) < limit) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return below(to + 1) - below(from);
};

interface Spans {
  readonly rowSpan: number;
  readonly columnSpan: number;
}

interface Corner extends Spans {
  readonly row: number;
  readonly column: number;
}

/** Merges of one table, by places in it; those whose corner is not in it are left out. */
const cornersOf = (
  rows: readonly SheetRow[],
  used: readonly number[],
  merges: readonly Merge[],
): Corner[] => {
  const numbers = rows.map(({ number }) => number);
  const rowAt = new Map(numbers.map((number, at) => [number, at]));
  const columnAt = new Map(used.map((column, at) => [column, at]));
  return merges.flatMap((merge) => {
    const row = rowAt.get(merge.row);
    const column = columnAt.get(merge.column);
    if (row === undefined || column === undefined) return [];
    const rowSpan = Math.max(1, countWithin(numbers, merge.row, merge.lastRow));
    const columnSpan = Math.max(1, countWithin(used, merge.column, merge.lastColumn));
    return [{ row, column, rowSpan, columnSpan }];
  });
};

/** Slots that honest merges of one table hide; overlapping ones of a hostile file are not followed to the end. */
const MOST_HIDDEN = 2_000_000;

/** Slots under merged cells, as row × width + column. */
const hiddenSlots = (corners: readonly Corner[], width: number): ReadonlySet<number> => {
  const hidden = new Set<number>();
  let looked = 0;
  for (const { row, column, rowSpan, columnSpan } of corners) {
    looked += rowSpan * columnSpan;
    if (looked > MOST_HIDDEN) break;
    for (let slot = 1; slot < rowSpan * columnSpan; slot += 1)
      hidden.add((row + Math.floor(slot / columnSpan)) * width + column + (slot % columnSpan));
  }
  return hidden;
};

/** Text under a merged cell is not shown and not read. */
export const gridCells = (rows: readonly SheetRow[], merges: readonly Merge[]): CellInput[] => {
  const used = usedColumns(rows);
  const width = used.length;
  const corners = cornersOf(rows, used, merges);
  const hidden = hiddenSlots(corners, width);
  const spans = new Map<number, Spans>(
    corners.map(({ row, column, ...span }) => [row * width + column, span]),
  );
  const cells: CellInput[] = [];
  for (const [row, { columns, texts }] of rows.entries()) {
    const shown = new Map(columns.map((column, at) => [column, texts[at] ?? '']));
    for (const [column, inSheet] of used.entries()) {
      const slot = row * width + column;
      const text = shown.get(inSheet);
      if (hidden.has(slot) || (text === undefined && width > MOST_FILLED_UP)) continue;
      cells.push({ row, column, text: text ?? '', ...spans.get(slot) });
    }
  }
  return cells;
};

/** One text for each used column of each row, in their order. */
export function* denseRows(
  rows: readonly SheetRow[],
  used: readonly number[],
): Generator<readonly string[], void> {
  const place = new Map(used.map((column, at) => [column, at]));
  for (const { columns, texts } of rows) {
    const row = new Array<string>(used.length).fill('');
    for (const [at, column] of columns.entries()) row[place.get(column) ?? 0] = texts[at] ?? '';
    yield row;
  }
}
