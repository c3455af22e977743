/** Reads all sheets of an xlsx as they are shown, within bounds, without ever holding its XML. */
import type { Refusal } from '../../domain/refusal.ts';
import { accept, type Result } from '../../domain/result.ts';
import type { ZipParts } from '../zip-parts.ts';
import { numberTexts } from './number-text.ts';
import { type Sheet, sheetBudget, type Workbook } from './sheet.ts';
import { findSheetParts, type XlsxParts, type XlsxSheetPart } from './xlsx-parts.ts';
import { type CellTexts, readXlsxSheet } from './xlsx-sheet.ts';
import { readBoxes, readFormats, readSharedTexts } from './xlsx-texts.ts';

const PICTURE = /^xl\/media\/[^/]{1,200}\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf)$/iu;

const prepare = (zip: ZipParts, parts: XlsxParts): Result<CellTexts, Refusal> => {
  const shared = parts.shared === null ? accept([]) : readSharedTexts(zip, parts.shared);
  if (!shared.ok) return shared;
  const formats = parts.styles === null ? accept([]) : readFormats(zip, parts.styles);
  if (!formats.ok) return formats;
  return accept({
    shared: shared.value,
    formats: formats.value,
    numbers: numberTexts(parts.date1904),
    budget: sheetBudget(),
  });
};

const readSheet = (
  zip: ZipParts,
  { name, hidden, part, drawings }: XlsxSheetPart,
  texts: CellTexts,
): Result<Sheet, Refusal> => {
  const sheet = readXlsxSheet(zip, part, texts);
  if (!sheet.ok) return sheet;
  const boxes: string[] = [];
  for (const drawing of drawings) {
    const read = readBoxes(zip, drawing);
    if (!read.ok) return read;
    boxes.push(...read.value);
  }
  return accept({ name, hidden, boxes, ...sheet.value });
};

/** Refuses like its parts do. */
export const readXlsxWorkbook = (
  zip: ZipParts,
): Result<{ readonly workbook: Workbook; readonly core: string | null }, Refusal> => {
  const parts = findSheetParts(zip);
  if (!parts.ok) return parts;
  const texts = prepare(zip, parts.value);
  if (!texts.ok) return texts;
  const sheets: Sheet[] = [];
  for (const part of parts.value.sheets) {
    const sheet = readSheet(zip, part, texts.value);
    if (!sheet.ok) return sheet;
    sheets.push(sheet.value);
  }
  const names = zip.entries.map(({ name }) => name);
  const workbook = {
    sheets,
    comments: parts.value.comments,
    pictures: names.filter((name) => PICTURE.test(name)).length,
    macros: names.includes('xl/vbaProject.bin'),
    unread: parts.value.unread,
    roundedNumbers: texts.value.numbers.rounded(),
  };
  return accept({ workbook, core: parts.value.core });
};
