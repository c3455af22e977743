/** Reads the workbooks that are not plain xlsx (Excel 5.0 to 2003, also those of WPS, and xlsb) through the library, as the same sheets. */
import type { CellObject, WorkBook, WorkSheet } from '@e965/xlsx';
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import { wordAt } from '../doc/sprms.ts';
import type { OleFile } from '../ole-file.ts';
import { type BiffMarks, readBiffMarks } from './biff-records.ts';
import { type NumberTexts, numberTexts } from './number-text.ts';
import { plainRecords } from './plain-records.ts';
import {
  type Merge,
  type Sheet,
  type SheetBudget,
  type SheetRow,
  sheetBudget,
  type Workbook,
} from './sheet.ts';
import { loadCodePages, readRecords, readWorkbook } from './spreadsheet-library.ts';

type Cells = readonly (readonly (CellObject | undefined)[] | undefined)[];

const isCells = (rows: unknown): rows is Cells => Array.isArray(rows);

const shownText = (
  { t: kind, v: value, z: format, w: error }: CellObject,
  numbers: NumberTexts,
): string => {
  if (kind === 'n' && typeof value === 'number')
    return numbers.text(value, typeof format === 'string' ? format : 'General');
  if (kind === 'b') return value === true ? 'TRUE' : 'FALSE';
  if (kind === 'e') return error ?? '#ERROR';
  return value === undefined || value === null ? '' : String(value);
};

interface Reading {
  readonly numbers: NumberTexts;
  readonly budget: SheetBudget;
}

const readRow = (
  cells: readonly (CellObject | undefined)[],
  place: { readonly number: number; readonly hidden: boolean },
  { numbers, budget }: Reading,
): Result<SheetRow, Refusal> => {
  const columns: number[] = [];
  const texts: string[] = [];
  // Rows are sparse: only the cells that are there are looked at.
  for (const key of Object.keys(cells)) {
    const cell = cells[Number(key)];
    const text = cell === undefined ? '' : shownText(cell, numbers);
    if (text.trim() === '') continue;
    const over = budget.spend(text);
    if (over !== null) return refuse(over);
    columns.push(Number(key));
    texts.push(text);
  }
  return accept({ ...place, columns, texts });
};

const mergesOf = (sheet: WorkSheet): Merge[] =>
  (sheet['!merges'] ?? []).map(({ s: first, e: last }) => ({
    row: first.r,
    column: first.c,
    lastRow: last.r,
    lastColumn: last.c,
  }));

/** Only an xlsb still has its columns; those of an xls were counted in its records. */
const hiddenColumnsOf = (sheet: WorkSheet): number =>
  (sheet['!cols'] ?? []).filter((column) => column?.hidden === true).length;

const readRows = (sheet: WorkSheet, reading: Reading): Result<SheetRow[], Refusal> => {
  const dense = sheet['!data'];
  const rows: SheetRow[] = [];
  if (!isCells(dense)) return accept(rows);
  for (const key of Object.keys(dense)) {
    const number = Number(key);
    const hidden = sheet['!rows']?.[number]?.hidden === true;
    const row = readRow(dense[number] ?? [], { number, hidden }, reading);
    if (!row.ok) return row;
    if (row.value.columns.length > 0) rows.push(row.value);
  }
  return accept(rows);
};

const NO_MARKS: BiffMarks = {
  encrypted: false,
  comments: false,
  pictures: 0,
  header: '',
  footer: '',
  boxes: [],
  hiddenColumns: 0,
};

/** Boxes, margins and hidden columns of an xls are known for the file, not for a sheet: the first one has them. */
const besideSheet = (at: number, marks: BiffMarks): Omit<BiffMarks, 'encrypted' | 'comments'> =>
  at === 0 ? marks : NO_MARKS;

const sheetsOf = (book: WorkBook, marks: BiffMarks, reading: Reading): Result<Sheet[], Refusal> => {
  const sheets: Sheet[] = [];
  for (const [at, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name];
    if (sheet === undefined) continue;
    const rows = readRows(sheet, reading);
    if (!rows.ok) return rows;
    const { boxes, header, footer, hiddenColumns } = besideSheet(at, marks);
    sheets.push({
      name,
      hidden: (book.Workbook?.Sheets?.[at]?.Hidden ?? 0) !== 0,
      rows: rows.value,
      merges: mergesOf(sheet),
      hiddenColumns: hiddenColumnsOf(sheet) + hiddenColumns,
      boxes,
      header,
      footer,
    });
  }
  return accept(sheets);
};

const workbookOf = (
  book: WorkBook,
  marks: BiffMarks,
  macros: boolean,
): Result<Workbook, Refusal> => {
  const numbers = numberTexts(book.Workbook?.WBProps?.date1904 === true);
  const sheets = sheetsOf(book, marks, { numbers, budget: sheetBudget() });
  if (!sheets.ok) return sheets;
  return accept({
    sheets: sheets.value,
    comments: marks.comments,
    pictures: marks.pictures,
    macros,
    unread: [],
    roundedNumbers: numbers.rounded(),
  });
};

/** The first record of a workbook of Excel 5.0 and later. */
const BEGIN = 0x0809;

/** Refuses with ENCRYPTED, TEXT_TOO_LONG, or DAMAGED where there is no workbook inside; throws where the library does. */
export const readBiffWorkbook = async (ole: OleFile): Promise<Result<Workbook, Refusal>> => {
  const name = ole.names.has('Workbook') ? 'Workbook' : 'Book';
  const stream = ole.stream(name);
  if (stream === null || !stream.whole || wordAt(stream.bytes, 0) !== BEGIN)
    return refuse(refusal('DAMAGED', name));
  const old = name === 'Book';
  const marks = readBiffMarks(stream.bytes, old);
  if (marks.encrypted) return refuse(refusal('ENCRYPTED'));
  if (old) await loadCodePages();
  const book = readRecords(plainRecords(stream.bytes));
  return workbookOf(book, marks, ole.names.has('_VBA_PROJECT_CUR'));
};

/** Of an xlsb whose parts were measured before. */
export const readXlsbWorkbook = (bytes: Uint8Array): Result<Workbook, Refusal> =>
  workbookOf(readWorkbook(bytes), NO_MARKS, false);
