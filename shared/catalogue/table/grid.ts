/** Resolves the merged cells of a table block into a dense grid, so that every slot of a row knows the cell that covers it. */
import type { TableBlock } from '../../domain/text.ts';

/** One cell with its words; a merged cell stands in every slot that it covers, as the same object. */
export interface GridCell {
  readonly text: string;
  /** Row and column of its top left corner, from 0. */
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly start: number;
  readonly end: number;
}

/** `null`: the source has no cell there (which is not the same as an empty cell). */
export type GridRow = readonly (GridCell | null)[];

export interface Grid {
  readonly width: number;
  readonly rows: readonly GridRow[];
}

/** No task table is wider; what is wider is a form or a ledger, and a hostile span must not grow the grid. */
const MOST_COLUMNS = 64;
const MOST_SLOTS = 1_000_000;

const slotsOf = (cell: GridCell, rows: number, width: number): number =>
  Math.min(cell.rowSpan, rows) * Math.min(cell.columnSpan, width);

const fillSlots = (rows: (GridCell | null)[][], cell: GridCell, width: number): void => {
  const lastRow = Math.min(rows.length, cell.row + cell.rowSpan);
  const lastColumn = Math.min(width, cell.column + cell.columnSpan);
  for (let row = cell.row; row < lastRow; row += 1) {
    const slots = rows[row];
    if (slots === undefined) continue;
    for (let column = cell.column; column < lastColumn; column += 1) slots[column] ??= cell;
  }
};

/** The dense grid of a table, or null where it is wider or longer than any task table (64 columns, 1,000,000 slots). */
export const denseGrid = (text: string, block: TableBlock): Grid | null => {
  const cells = block.cells.map((cell) => ({
    ...cell,
    text: text.slice(cell.start, cell.end).trim(),
  }));
  const spoken = cells.filter((cell) => cell.text !== '');
  const width = cells.reduce((most, cell) => Math.max(most, cell.column + 1), 0);
  const last = spoken.reduce((most, cell) => Math.max(most, cell.row + 1), 0);
  const spokenWidth = spoken.reduce((most, cell) => Math.max(most, cell.column + 1), 0);
  if (spokenWidth > MOST_COLUMNS || last * Math.min(width, MOST_COLUMNS) > MOST_SLOTS) return null;
  const merged = spoken.reduce((most, cell) => Math.max(most, cell.column + cell.columnSpan), 0);
  const used = Math.min(MOST_COLUMNS, Math.max(width, merged));
  const filled = cells.reduce((sum, cell) => sum + slotsOf(cell, last, used), 0);
  if (filled > 4 * MOST_SLOTS) return null;
  const rows = Array.from({ length: last }, () => new Array<GridCell | null>(used).fill(null));
  for (const cell of cells) if (cell.row < last && cell.column < used) fillSlots(rows, cell, used);
  return { width: used, rows };
};

/** The cells of a row with words in them, each once, left to right. */
export const spokenCells = (row: GridRow): GridCell[] => {
  const seen = new Set<GridCell>();
  for (const cell of row) if (cell !== null && cell.text !== '') seen.add(cell);
  return [...seen];
};
