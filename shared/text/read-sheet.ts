/** Reads spreadsheets (.xlsx, .xls, .et, .csv) into canonical text: what a Chinese Excel shows, sheet by sheet. */
import type { Refusal } from '../domain/refusal.ts';
import { refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { ScreenRows } from '../domain/screening.ts';
import type { CanonicalText, Format } from '../domain/text.ts';
import { readCore } from './docx/core-properties.ts';
import { openOle } from './ole-file.ts';
import { readBiffWorkbook, readXlsbWorkbook } from './sheets/read-binary-workbook.ts';
import { readXlsxWorkbook } from './sheets/read-xlsx-workbook.ts';
import type { Workbook } from './sheets/sheet.ts';
import { writeSheets } from './sheets/write-sheets.ts';
import { openZip, ZIP_CAPS, type ZipCaps, type ZipParts } from './zip-parts.ts';

/** A sheet of 100,000 rows and 20 columns is some 90 MB of XML. */
const SHEET_ZIP_CAPS: ZipCaps = {
  ...ZIP_CAPS,
  partBytes: 256 * 2 ** 20,
  totalBytes: 384 * 2 ** 20,
};

/** The library inflates whatever it is given, so an xlsb is held to bounds of its own before. */
const XLSB_CAPS: ZipCaps = { ...ZIP_CAPS, partBytes: 32 * 2 ** 20, totalBytes: 64 * 2 ** 20 };

const finish = (
  book: Workbook,
  format: Format,
  screenRows: ScreenRows | null,
): Result<CanonicalText, Refusal> => {
  const text = writeSheets(book, format, screenRows);
  if (text.text.trim() !== '') return accept(text);
  return refuse(refusal(book.pictures > 0 ? 'NO_TEXT_LAYER' : 'NO_TEXT'));
};

const measured = (bytes: Uint8Array): Result<null, Refusal> => {
  const zip = openZip(bytes, XLSB_CAPS);
  if (!zip.ok) return zip;
  for (const { name } of zip.value.entries) {
    const part = name.endsWith('/') ? accept(0) : zip.value.stream(name, () => null);
    if (!part.ok) return part;
  }
  return accept(null);
};

const readXlsb = (
  bytes: Uint8Array,
  screenRows: ScreenRows | null,
): Result<CanonicalText, Refusal> => {
  const bounds = measured(bytes);
  if (!bounds.ok) return bounds;
  const book = readXlsbWorkbook(bytes);
  return book.ok ? finish(book.value, 'xlsx', screenRows) : book;
};

const withCore = (
  zip: ZipParts,
  core: string | null,
  text: CanonicalText,
): Result<CanonicalText, Refusal> => {
  if (core === null) return accept(text);
  const found = readCore(zip, core);
  if (!found.ok) return found;
  return accept({ ...text, metadata: { ...Object.fromEntries(found.value), ...text.metadata } });
};

/**
 * `screenRows` looks at every row of lists that are summed up; without it `columnHits` is absent. Refuses with DAMAGED,
 * ARCHIVE_LIMIT, STRUCTURE_LIMIT, FORBIDDEN_XML, TEXT_TOO_LONG (cells or characters), NO_TEXT, NO_TEXT_LAYER where there
 * are only pictures. For the layout and the warnings see `writeSheets`.
 */
export const readXlsx = async (
  bytes: Uint8Array,
  screenRows: ScreenRows | null = null,
): Promise<Result<CanonicalText, Refusal>> => {
  const zip = openZip(bytes, SHEET_ZIP_CAPS);
  if (!zip.ok) return zip;
  if (zip.value.has('xl/workbook.bin')) return readXlsb(bytes, screenRows);
  const read = readXlsxWorkbook(zip.value);
  if (!read.ok) return read;
  const text = finish(read.value.workbook, 'xlsx', screenRows);
  return text.ok ? withCore(zip.value, read.value.core, text.value) : text;
};

/** The same of Excel 5.0 to 2003 and of WPS; also refuses with ENCRYPTED. */
export const readXls = async (
  bytes: Uint8Array,
  screenRows: ScreenRows | null = null,
): Promise<Result<CanonicalText, Refusal>> => {
  const ole = openOle(bytes);
  if (ole === null) return refuse(refusal('DAMAGED', 'OLE directory'));
  const book = await readBiffWorkbook(ole);
  return book.ok ? finish(book.value, 'xls', screenRows) : book;
};
