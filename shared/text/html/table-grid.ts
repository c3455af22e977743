/** Lays the cells of an html table out on a grid, with merged cells where they stand and columns nobody uses left out. */
import type { CellInput } from '../canonical.ts';
import { LIMITS } from '../limits.ts';
import { attribute, type Element, isElement, isSkipped, PageLimit } from './page-tree.ts';

export interface PlacedCell {
  readonly element: Element;
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
}

export interface TableGrid {
  readonly cells: readonly PlacedCell[];
  readonly rows: number;
  readonly columns: number;
  readonly headerRows: number;
  readonly captions: readonly Element[];
}

const SECTIONS: ReadonlySet<string> = new Set(['thead', 'tbody', 'tfoot']);

const shownChildren = (element: Element): Element[] =>
  element.childNodes.filter(isElement).filter((child) => !isSkipped(child));

interface Row {
  readonly cells: readonly Element[];
  readonly isHeader: boolean;
}

const rowsOf = (table: Element): Row[] =>
  shownChildren(table)
    .flatMap((child) => (SECTIONS.has(child.tagName) ? shownChildren(child) : [child]))
    .filter((child) => child.tagName === 'tr')
    .map((row) => {
      const cells = shownChildren(row).filter(
        ({ tagName }) => tagName === 'td' || tagName === 'th',
      );
      const isInHead = row.parentNode !== null && row.parentNode.nodeName === 'thead';
      const isHeader = isInHead || cells.every(({ tagName }) => tagName === 'th');
      return { cells, isHeader: isHeader && cells.length > 0 };
    });

const spanOf = (cell: Element, name: string, most: number): number => {
  const stated = /^\s{0,9}(\d{1,9})/u.exec(attribute(cell, name))?.[1];
  return Math.max(1, Math.min(most, Number(stated ?? 1)));
};

/** The first column at or after `from` that no cell of an earlier row still covers. */
const freeColumn = (coveredUntil: readonly number[], row: number, from: number): number => {
  let column = from;
  while ((coveredUntil[column] ?? 0) > row) column += 1;
  return column;
};

const place = (rows: readonly Row[]): PlacedCell[] => {
  const coveredUntil: number[] = [];
  const placed: PlacedCell[] = [];
  rows.forEach(({ cells }, row) => {
    let column = 0;
    for (const element of cells) {
      column = freeColumn(coveredUntil, row, column);
      if (column >= LIMITS.tableColumns) throw new PageLimit('table columns');
      const columnSpan = spanOf(element, 'colspan', LIMITS.tableColumns - column);
      const rowSpan = spanOf(element, 'rowspan', rows.length - row);
      coveredUntil.length = Math.max(coveredUntil.length, column + columnSpan);
      coveredUntil.fill(row + rowSpan, column, column + columnSpan);
      placed.push({ element, row, column, rowSpan, columnSpan });
      column += columnSpan;
    }
  });
  return placed;
};

/** Word writes a grid line for every width it ever had: only columns in which a cell begins are kept. */
const compact = (placed: readonly PlacedCell[]): PlacedCell[] => {
  const starts = [...new Set(placed.map(({ column }) => column))].sort((a, b) => a - b);
  const before = new Map(starts.map((column, index) => [column, index]));
  const indexAt = (column: number): number =>
    before.get(column) ?? starts.filter((start) => start < column).length;
  return placed.map((cell) => {
    const column = indexAt(cell.column);
    return {
      ...cell,
      column,
      columnSpan: Math.max(1, indexAt(cell.column + cell.columnSpan) - column),
    };
  });
};

/** The grid of a table; throws PageLimit where it has more cells than the limit. */
export const gridOf = (table: Element): TableGrid => {
  const rows = rowsOf(table);
  if (rows.reduce((sum, { cells }) => sum + cells.length, 0) > LIMITS.tableCells)
    throw new PageLimit('table cells');
  const cells = compact(place(rows));
  const firstBodyRow = rows.findIndex(({ isHeader }) => !isHeader);
  return {
    cells,
    rows: rows.length,
    columns: cells.reduce((most, cell) => Math.max(most, cell.column + cell.columnSpan), 0),
    headerRows: Math.max(firstBodyRow, 0),
    captions: shownChildren(table).filter(({ tagName }) => tagName === 'caption'),
  };
};

/** Cells with their text, without the empty rows at the end that only hold widths. */
export const filledCells = (
  { cells }: TableGrid,
  textOf: (cell: Element) => string,
): CellInput[] => {
  const filled = cells.map(({ element, ...where }) => ({ ...where, text: textOf(element) }));
  const last = filled.reduce(
    (most, { row, text }) => (text.trim() === '' ? most : Math.max(most, row)),
    -1,
  );
  return filled
    .filter(({ row }) => row <= last)
    .map((cell) => ({ ...cell, rowSpan: Math.min(cell.rowSpan, last + 1 - cell.row) }));
};
