/** Lays the cells of one table into a grid: spans, vertical merges and left-out columns resolved. */
import type { CellInput } from '../canonical.ts';
import { wholeNumber } from './on-off.ts';

/** Word itself stops at 63 columns. */
const MOST_COLUMNS = 63;

export const spanOf = (value: string | undefined): number =>
  wholeNumber(value, { least: 1, most: MOST_COLUMNS }) ?? 1;

export const skippedColumns = (value: string | undefined): number =>
  wholeNumber(value, { least: 0, most: MOST_COLUMNS }) ?? 0;

/** What a cell says of itself before its text comes. */
export interface CellShape {
  span: number;
  vertical: 'none' | 'restart' | 'continue';
  /** Goes on with the cell to its left (an old way to merge). */
  continuesLeft: boolean;
  deleted: boolean;
}

export const newShape = (): CellShape => ({
  span: 1,
  vertical: 'none',
  continuesLeft: false,
  deleted: false,
});

interface GridCell {
  readonly row: number;
  readonly column: number;
  rowSpan: number;
  columnSpan: number;
  readonly lines: string[];
}

export interface TableRow {
  header: boolean;
  /** Deleted or hidden: none of its cells count. */
  dropped: boolean;
  skipped: number;
  readonly cells: { readonly shape: CellShape; readonly lines: readonly string[] }[];
}

export interface TableGrid {
  gridColumn(): void;
  /** The row being read; opened where the file forgot to. */
  row(): TableRow;
  closeRow(): void;
  finish(): { readonly cells: CellInput[]; readonly headerRows: number };
}

const newRow = (): TableRow => ({ header: false, dropped: false, skipped: 0, cells: [] });

const addLines = (cell: GridCell, lines: readonly string[]): void => {
  for (const line of lines) cell.lines.push(line);
};

/** Lays row after row and remembers which cells may go on below. */
const rowLayer = (cells: GridCell[]) => {
  const above = new Map<number, GridCell>();
  const continued = (shape: CellShape, column: number, row: number): GridCell | null => {
    const over = shape.vertical === 'continue' ? above.get(column) : undefined;
    return over !== undefined && over.row + over.rowSpan === row ? over : null;
  };
  const placed = (shape: CellShape, column: number, row: number): GridCell => {
    const cell = { row, column, rowSpan: 1, columnSpan: shape.span, lines: [] };
    cells.push(cell);
    if (shape.vertical !== 'none') above.set(column, cell);
    return cell;
  };
  const widened = (left: GridCell, span: number, row: number): GridCell => {
    if (left.row === row) left.columnSpan += span;
    return left;
  };
  const lengthened = (over: GridCell): GridCell => {
    over.rowSpan += 1;
    return over;
  };
  return ({ skipped, cells: inRow }: TableRow, row: number): void => {
    let column = skipped;
    let left: GridCell | null = null;
    for (const { shape, lines } of inRow.filter((cell) => !cell.shape.deleted)) {
      const over = continued(shape, column, row);
      if (shape.continuesLeft && left !== null) left = widened(left, shape.span, row);
      else left = over === null ? placed(shape, column, row) : lengthened(over);
      addLines(left, lines);
      column += shape.span;
    }
  };
};

export const tableGrid = (): TableGrid => {
  const cells: GridCell[] = [];
  const lay = rowLayer(cells);
  let columns = 0;
  let rows = 0;
  let headerRows = 0;
  let open: TableRow | null = null;
  /** A span wider than Word allows is no honest number: the grid of the table says where it ends. */
  const span = ({ column, columnSpan }: GridCell): number =>
    columnSpan >= MOST_COLUMNS && columns > column ? columns - column : columnSpan;
  return {
    gridColumn: () => {
      columns = Math.min(MOST_COLUMNS, columns + 1);
    },
    row: () => {
      open ??= newRow();
      return open;
    },
    closeRow: () => {
      const row = open ?? newRow();
      open = null;
      if (row.dropped) return;
      lay(row, rows);
      if (row.header && headerRows === rows) headerRows += 1;
      rows += 1;
    },
    finish: () => ({
      headerRows,
      cells: cells.map((cell) => ({
        row: cell.row,
        column: cell.column,
        rowSpan: cell.rowSpan,
        columnSpan: span(cell),
        text: cell.lines.join('\n'),
      })),
    }),
  };
};
