/** Lays the rows of an RTF table into a grid: cells are given by their right edges, in twips. */

import type { CellInput } from '../canonical.ts';
import { tableGrid } from '../docx/table-grid.ts';

export interface CellShape {
  readonly right: number;
  readonly vertical: 'none' | 'restart' | 'continue';
  /** Goes on with the cell to its left. */
  readonly continuesLeft: boolean;
}

export interface RowShape {
  readonly left: number;
  readonly header: boolean;
  readonly cells: readonly CellShape[];
}

export interface FinishedRow {
  readonly shape: RowShape;
  /** Lines of each cell. */
  readonly cells: readonly (readonly string[])[];
}

/** Edges nearer than this are one. */
const NEAR = 20;

const leftOf = ({ left, cells }: RowShape, index: number): number =>
  index === 0 ? left : (cells[index - 1]?.right ?? left);

/** Only places where a cell begins make a column. */
const columnStarts = (rows: readonly FinishedRow[]): number[] => {
  const all = rows.flatMap(({ shape, cells }) =>
    cells.flatMap((_, index) => (index < shape.cells.length ? [leftOf(shape, index)] : [])),
  );
  const starts: number[] = [];
  for (const at of all.sort((a, b) => a - b))
    if (starts.length === 0 || at - (starts.at(-1) ?? at) > NEAR) starts.push(at);
  return starts;
};

/** How many columns begin before `at`. */
const columnsBefore = (starts: readonly number[], at: number): number => {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < at - NEAR) low = middle + 1;
    else high = middle;
  }
  return low;
};

export const tableOf = (
  rows: readonly FinishedRow[],
): { readonly cells: CellInput[]; readonly headerRows: number } => {
  const starts = columnStarts(rows);
  const grid = tableGrid();
  for (const _ of starts) grid.gridColumn();
  for (const { shape, cells } of rows) {
    const row = grid.row();
    row.header = shape.header;
    row.skipped = columnsBefore(starts, shape.left);
    cells.forEach((lines, index) => {
      const { right, vertical, continuesLeft } = shape.cells[index] ?? {
        right: 0,
        vertical: 'none',
        continuesLeft: false,
      };
      const wide = columnsBefore(starts, right) - columnsBefore(starts, leftOf(shape, index));
      const span = Math.max(1, wide);
      row.cells.push({ shape: { span, vertical, continuesLeft, deleted: false }, lines });
    });
    grid.closeRow();
  }
  return grid.finish();
};
