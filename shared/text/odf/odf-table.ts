/** Lays the cells of an OpenDocument table into a grid: spans, covered places and repeated cells and rows. */
import { type Refusal, refusal } from '../../domain/refusal.ts';
import type { CellInput } from '../canonical.ts';
import { wholeNumber } from '../docx/on-off.ts';
import { LIMITS } from '../limits.ts';
import type { Attributes } from '../xml-pass.ts';

export interface OdfTable {
  openRow(attributes: Attributes): void;
  closeRow(isHeader: boolean): void;
  /** Begins a cell; its text comes as lines. */
  openCell(attributes: Attributes): { readonly lines: string[] };
  closeCell(): void;
  covered(attributes: Attributes): void;
  finish(): { readonly cells: CellInput[]; readonly headerRows: number };
  /** Why the table is too big; null while it is not. */
  over(): Refusal | null;
}

interface Cell {
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly repeats: number;
  readonly lines: string[];
}

/** Empty cells that are repeated more often only fill the sheet up to its edge. */
const MOST_EMPTY = 64;

const countIn = (value: string | undefined, most: number): number =>
  wholeNumber(value, { least: 1, most }) ?? 1;

const textOf = ({ lines }: Cell): string => lines.join('\n');

const isEmpty = (cell: Cell): boolean => textOf(cell).trim() === '';

const shown = (cell: Cell): number =>
  isEmpty(cell) && cell.repeats > MOST_EMPTY ? 0 : cell.repeats;

/** A row's cells, each as often as it is repeated. */
const spread = (cells: readonly Cell[], row: number): CellInput[] =>
  cells.flatMap((cell) =>
    Array.from({ length: shown(cell) }, (_, index) => ({
      row,
      column: cell.column + index * cell.columnSpan,
      rowSpan: cell.rowSpan,
      columnSpan: cell.columnSpan,
      text: textOf(cell),
    })),
  );

/** Rows at the end without a word are only the rest of a sheet. */
const withoutEmptyEnd = (cells: readonly CellInput[]): CellInput[] => {
  const last = cells.reduce(
    (most, { row, text }) => (text.trim() === '' ? most : Math.max(most, row)),
    -1,
  );
  return cells
    .filter(({ row }) => row <= last)
    .map((cell) => ({ ...cell, rowSpan: Math.min(cell.rowSpan ?? 1, last + 1 - cell.row) }));
};

export const odfTable = (): OdfTable => {
  const cells: CellInput[] = [];
  let inRow: Cell[] = [];
  let column = 0;
  let row = 0;
  let repeats = 1;
  let headerRows = 0;
  let characters = 0;
  const over = (): Refusal | null => {
    if (cells.length > LIMITS.tableCells)
      return refusal('STRUCTURE_LIMIT', `> ${LIMITS.tableCells} cells`);
    return characters > LIMITS.textCharacters
      ? refusal('TEXT_TOO_LONG', `${LIMITS.textCharacters} characters`)
      : null;
  };
  return {
    openRow: (attributes) => {
      inRow = [];
      column = 0;
      repeats = countIn(attributes('table:number-rows-repeated'), LIMITS.tableCells);
    },
    closeRow: (isHeader) => {
      const times = inRow.every(isEmpty) ? 1 : repeats;
      const own = spread(inRow, 0);
      const length = own.reduce((sum, cell) => sum + cell.text.length, 0);
      for (let done = 0; done < times && over() === null; done += 1) {
        for (const cell of own) cells.push({ ...cell, row });
        characters += length;
        if (isHeader && headerRows === row) headerRows += 1;
        row += 1;
      }
      inRow = [];
    },
    openCell: (attributes) => {
      const cell = {
        column,
        rowSpan: countIn(attributes('table:number-rows-spanned'), LIMITS.tableCells),
        columnSpan: countIn(attributes('table:number-columns-spanned'), LIMITS.tableColumns),
        repeats: countIn(attributes('table:number-columns-repeated'), LIMITS.tableColumns),
        lines: [],
      };
      inRow.push(cell);
      return cell;
    },
    closeCell: () => {
      column += inRow.at(-1)?.repeats ?? 1;
    },
    covered: (attributes) => {
      column += countIn(attributes('table:number-columns-repeated'), LIMITS.tableColumns);
    },
    finish: () => ({ cells: withoutEmptyEnd(cells), headerRows }),
    over,
  };
};
