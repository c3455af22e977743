/** Reads the tables of a slide: cells with their spans; places that a merged cell covers hold nothing. */
import type { CellInput } from '../canonical.ts';
import { wholeNumber } from '../docx/on-off.ts';
import { LIMITS } from '../limits.ts';
import type { Attributes } from '../xml-pass.ts';
import type { Shape, ShapeMarks } from './shape.ts';

interface OpenTable {
  readonly cells: CellInput[];
  headerRows: number;
  row: number;
  column: number;
}

interface OpenCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly covered: boolean;
  readonly lines: string[];
}

const isOn = (value: string | undefined): boolean => value === '1' || value === 'true';

const spanIn = (value: string | undefined): number =>
  wholeNumber(value, { least: 1, most: LIMITS.tableColumns }) ?? 1;

export const tableReader = (shape: () => Shape | null, marks: ShapeMarks) => {
  let table: OpenTable | null = null;
  let cell: OpenCell | null = null;
  const openCell = (attributes: Attributes): void => {
    if (table === null) return;
    table.column += 1;
    marks.cells += 1;
    cell = {
      // A cell outside of any row stands in the first.
      row: Math.max(0, table.row),
      column: table.column,
      rowSpan: spanIn(attributes('rowSpan')),
      columnSpan: spanIn(attributes('gridSpan')),
      covered: isOn(attributes('hMerge')) || isOn(attributes('vMerge')),
      lines: [],
    };
  };
  const closeCell = (): void => {
    if (cell !== null && !cell.covered) table?.cells.push({ ...cell, text: cell.lines.join('\n') });
    cell = null;
  };
  const closeTable = (): void => {
    const own = shape();
    if (own !== null && table !== null)
      own.table = { cells: table.cells, headerRows: Math.min(table.headerRows, table.row + 1) };
    table = null;
  };
  const open: readonly (readonly [string, (attributes: Attributes) => void])[] = [
    [
      'a:tbl',
      () => {
        table = { cells: [], headerRows: 0, row: -1, column: -1 };
      },
    ],
    [
      'a:tblPr',
      (attributes) => {
        if (table !== null && isOn(attributes('firstRow'))) table.headerRows = 1;
      },
    ],
    [
      'a:tr',
      () => {
        if (table !== null) Object.assign(table, { row: table.row + 1, column: -1 });
      },
    ],
    ['a:tc', openCell],
  ];
  const close: readonly (readonly [string, () => void])[] = [
    ['a:tc', closeCell],
    ['a:tbl', closeTable],
  ];
  return { open, close, lines: (): string[] | null => cell?.lines ?? null };
};
