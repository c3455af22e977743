/** A sheet as every reader of spreadsheets gives it, before it is laid out as text. */
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { LIMITS } from '../limits.ts';

/** Filled cells of one row: `texts[i]` is shown in column `columns[i]`; columns ascend. */
export interface SheetRow {
  /** From 0. */
  readonly number: number;
  readonly hidden: boolean;
  readonly columns: readonly number[];
  readonly texts: readonly string[];
}

/** A merged block, from 0, inclusive. */
export interface Merge {
  readonly row: number;
  readonly column: number;
  readonly lastRow: number;
  readonly lastColumn: number;
}

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Ascending; rows without a filled cell are left out. */
  readonly rows: readonly SheetRow[];
  readonly merges: readonly Merge[];
  readonly hiddenColumns: number;
  /** Texts of boxes that lie on the sheet. */
  readonly boxes: readonly string[];
  readonly header: string;
  readonly footer: string;
}

/** What is seen of the whole file. */
export interface Workbook {
  readonly sheets: readonly Sheet[];
  readonly comments: boolean;
  readonly pictures: number;
  readonly macros: boolean;
  /** Kinds of parts that are not read. */
  readonly unread: readonly string[];
  /** Cells whose number is longer than the 15 places that a spreadsheet keeps: their last places are lost. */
  readonly roundedNumbers: number;
}

export interface SheetBudget {
  /** Counts a filled cell in; a refusal once there are more than are read. */
  spend(text: string): Refusal | null;
}

/** Shared by all sheets of one file. */
export const sheetBudget = (): SheetBudget => {
  let cells = 0;
  let characters = 0;
  return {
    spend: (text) => {
      cells += 1;
      characters += text.length;
      if (cells > LIMITS.sheetCells)
        return refusal('TEXT_TOO_LONG', `${LIMITS.sheetCells} 个单元格 / cells`);
      return characters > LIMITS.sheetCharacters
        ? refusal('TEXT_TOO_LONG', `${LIMITS.sheetCharacters} characters`)
        : null;
    },
  };
};

/** A, B, … Z, AA for 0, 1, … */
export const columnLetters = (column: number): string => {
  let rest = column + 1;
  let letters = '';
  while (rest > 0) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
    rest = Math.floor((rest - 1) / 26);
  }
  return letters;
};

const MOST_COLUMNS = 16_384;
const MOST_ROWS = 1_048_576;

/** Row and column, from 0, of a place like BC12; null where it names none of a sheet. */
export const placeOf = (name: string): { readonly row: number; readonly column: number } | null => {
  const found = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/u.exec(name);
  if (found === null) return null;
  let column = 0;
  for (const letter of found[1] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(found[2]);
  return column <= MOST_COLUMNS && row >= 1 && row <= MOST_ROWS
    ? { row: row - 1, column: column - 1 }
    : null;
};

export const mergeOf = (name: string): Merge | null => {
  const [first = '', last = ''] = name.split(':');
  const [from, to] = [placeOf(first), placeOf(last)];
  return from === null || to === null || to.row < from.row || to.column < from.column
    ? null
    : { ...from, lastRow: to.row, lastColumn: to.column };
};
