/** Reads comma-separated text into canonical text, as one sheet; what turns out to be plain text is read as that. */
import type { Refusal } from '../domain/refusal.ts';
import { refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { ScreenRows } from '../domain/screening.ts';
import type { CanonicalText } from '../domain/text.ts';
import { decodeText } from './charset.ts';
import { readTxt } from './read-txt.ts';
import { delimitedRecords, findDelimiter } from './sheets/delimited.ts';
import { type SheetRow, sheetBudget } from './sheets/sheet.ts';
import { writeSheets } from './sheets/write-sheets.ts';

/** Excel states the delimiter in a first line of its own. */
const STATED = /^sep=(.)\r?\n/u;
/** ="0123" keeps Excel from taking a number for one. */
const AS_TEXT = /^="([^"]{0,200})"$/u;
const ROUNDED = /^\d(?:\.\d{1,14})?E\+(?:1[1-9]|2\d)$/u;

const plainField = (raw: string): string => {
  const field = raw.trim();
  return AS_TEXT.exec(field)?.[1] ?? field;
};

const readRows = (text: string, delimiter: string): Result<SheetRow[], Refusal> => {
  const rows: SheetRow[] = [];
  const budget = sheetBudget();
  let number = 0;
  for (const record of delimitedRecords(text, delimiter)) {
    const columns: number[] = [];
    const texts: string[] = [];
    for (const [column, raw] of record.entries()) {
      const field = plainField(raw);
      if (field === '') continue;
      const over = budget.spend(field);
      if (over !== null) return refuse(over);
      columns.push(column);
      texts.push(field);
    }
    if (columns.length > 0) rows.push({ number, hidden: false, columns, texts });
    number += 1;
  }
  return accept(rows);
};

const isRounded = ({ texts }: SheetRow): boolean => texts.some((text) => ROUNDED.test(text));

/** Refuses with UNKNOWN_CHARSET, BROKEN_UNICODE, TEXT_TOO_LONG, NO_TEXT. W_ROUNDED_NUMBERS counts rows with 4.2E+17. */
export const readCsv = async (
  bytes: Uint8Array,
  screenRows: ScreenRows | null = null,
): Promise<Result<CanonicalText, Refusal>> => {
  const decoded = decodeText(bytes);
  if (!decoded.ok) return decoded;
  const stated = STATED.exec(decoded.value.text);
  const text = decoded.value.text.slice(stated?.[0].length ?? 0);
  const delimiter = stated?.[1] ?? findDelimiter(text)?.delimiter;
  if (delimiter === undefined) return readTxt(bytes);
  const rows = readRows(text, delimiter);
  if (!rows.ok) return rows;
  if (rows.value.length === 0) return refuse(refusal('NO_TEXT'));
  const sheet = { name: '', hidden: false, rows: rows.value, merges: [], hiddenColumns: 0 };
  const book = {
    sheets: [{ ...sheet, boxes: [], header: '', footer: '' }],
    comments: false,
    pictures: 0,
    macros: false,
    unread: [],
    roundedNumbers: rows.value.filter(isRounded).length,
  };
  const written = writeSheets(book, 'csv', screenRows);
  const { charset, replaced } = decoded.value;
  const warning = { code: 'W_REPLACED_CHARACTERS', detail: String(replaced) };
  return accept({
    ...written,
    metadata: { charset, ...written.metadata },
    warnings: replaced > 0 ? [warning, ...written.warnings] : written.warnings,
  });
};
