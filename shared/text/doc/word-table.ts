/** Lays the rows of a Word table into a grid: its columns are where cells of any row begin or end. */
import type { CellInput } from '../canonical.ts';
import type { CellShape, RowShape } from './paragraph-properties.ts';

export interface WordRow {
  readonly cells: readonly string[];
  readonly shape: RowShape | null;
  readonly header: boolean;
}

/** Edges that are nearer to each other than this (2 mm) are one: hand-drawn rows hardly ever meet. */
const SAME_EDGE = 113;

const PLAIN: CellShape = { continuesLeft: false, vertical: 'none' };

/** Number of the column that begins at each edge. */
const columnsOf = (rows: readonly WordRow[]): ReadonlyMap<number, number> => {
  const edges = [...new Set(rows.flatMap(({ shape }) => shape?.edges ?? []))].sort((a, b) => a - b);
  const columns = new Map<number, number>();
  let column = -1;
  let first = Number.NEGATIVE_INFINITY;
  for (const edge of edges) {
    if (edge - first > SAME_EDGE) {
      column += 1;
      first = edge;
    }
    columns.set(edge, column);
  }
  return columns;
};

interface Placed {
  readonly row: number;
  readonly column: number;
  rowSpan: number;
  columnSpan: number;
  readonly parts: string[];
}

interface Slot {
  readonly look: CellShape;
  readonly row: number;
  readonly column: number;
  readonly span: number;
  readonly text: string;
}

/** Where the cells of a row stand. A row whose shape speaks of fewer cells is counted out by its cells. */
const slotsOf = (
  { cells, shape }: WordRow,
  row: number,
  columns: ReadonlyMap<number, number>,
): Slot[] => {
  const known = shape !== null && shape.cells.length >= cells.length ? shape : null;
  const columnAt = (at: number): number =>
    known === null ? at : (columns.get(known.edges[at] ?? 0) ?? at);
  let next = 0;
  return cells.map((text, at) => {
    const column = Math.max(next, columnAt(at));
    const span = Math.max(1, columnAt(at + 1) - column);
    next = column + span;
    return { look: known?.cells[at] ?? PLAIN, row, column, span, text };
  });
};

/** Puts one cell after the other and remembers which may go on below. */
const layer = () => {
  const placed: Placed[] = [];
  const above = new Map<number, Placed>();
  const over = ({ look, column, row }: Slot): Placed | null => {
    const found = look.vertical === 'continue' ? above.get(column) : undefined;
    return found !== undefined && found.row + found.rowSpan === row ? found : null;
  };
  const open = ({ look, row, column, span }: Slot): Placed => {
    const cell: Placed = { row, column, rowSpan: 1, columnSpan: span, parts: [] };
    placed.push(cell);
    if (look.vertical === 'none') above.delete(column);
    else above.set(column, cell);
    return cell;
  };
  /** The cell that the slot belongs to, with the one to the left of it. */
  const add = (slot: Slot, left: Placed | null): Placed => {
    if (slot.look.continuesLeft && left !== null) {
      if (left.row === slot.row) left.columnSpan = slot.column + slot.span - left.column;
      left.parts.push(slot.text);
      return left;
    }
    const higher = over(slot);
    if (higher !== null) higher.rowSpan += 1;
    const cell = higher ?? open(slot);
    cell.parts.push(slot.text);
    return cell;
  };
  return { add, placed };
};

export const layOutTable = (
  rows: readonly WordRow[],
): { readonly cells: CellInput[]; readonly headerRows: number } => {
  const { add, placed } = layer();
  const columns = columnsOf(rows);
  for (const [row, found] of rows.entries()) {
    let left: Placed | null = null;
    for (const slot of slotsOf(found, row, columns)) left = add(slot, left);
  }
  const body = rows.findIndex(({ header }) => !header);
  const cells = placed.map(({ parts, ...cell }) => ({
    ...cell,
    text: parts.filter((part) => part.trim() !== '').join('\n'),
  }));
  return { cells, headerRows: Math.max(body, 0) };
};
