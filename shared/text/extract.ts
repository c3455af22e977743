/** Reads any uploaded file into canonical text, or says by name why not: the one door to all readers. */

import { CONTAINER_FORMATS } from '../domain/container.ts';
import { megabytes } from '../domain/limits.ts';
import type { Refusal } from '../domain/refusal.ts';
import { refusal } from '../domain/refusal.ts';
import type { Result } from '../domain/result.ts';
import { refuse } from '../domain/result.ts';
import type { ScreenRows } from '../domain/screening.ts';
import type { CanonicalText, Format } from '../domain/text.ts';
import { LIMITS } from './limits.ts';
import { sniff } from './sniff.ts';

/** `screenRows` is for lists of which only a summary becomes text. */
type Reader = (
  bytes: Uint8Array,
  screenRows: ScreenRows | null,
) => Promise<Result<CanonicalText, Refusal>>;

/** Loaded when the first file of the format comes: a text file does not pay for the PDF reader. */
const READERS: Partial<Record<Format, () => Promise<Reader>>> = {
  docx: async () => (await import('./docx/checked-docx.ts')).checkedDocx,
  pdf: async () => {
    const { readPdf } = await import('./read-pdf.ts');
    return (bytes) => readPdf(bytes);
  },
  html: async () => (await import('./read-html.ts')).readHtml,
  txt: async () => (await import('./read-txt.ts')).readTxt,
  doc: async () => (await import('./read-doc.ts')).readDoc,
  xlsx: async () => (await import('./read-sheet.ts')).readXlsx,
  xls: async () => (await import('./read-sheet.ts')).readXls,
  csv: async () => (await import('./read-csv.ts')).readCsv,
  ofd: async () => (await import('./read-ofd.ts')).readOfd,
  rtf: async () => (await import('./read-rtf.ts')).readRtf,
  odt: async () => (await import('./read-odt.ts')).readOdt,
  ods: async () => (await import('./read-odt.ts')).readOds,
  pptx: async () => (await import('./read-pptx.ts')).readPptx,
};

/** Endings under which a format is at home; the first is named in the warning. */
const ENDINGS: Partial<Record<Format, readonly string[]>> = {
  docx: ['docx', 'docm', 'dotx'],
  html: ['html', 'htm', 'shtml', 'xhtml'],
  txt: ['txt', 'text', 'csv', 'tsv', 'md', 'log'],
  pdf: ['pdf'],
  image: ['png', 'jpg', 'jpeg', 'jpe', 'tif', 'tiff', 'bmp', 'dib'],
  odt: ['odt', 'ott', 'fodt', 'odp', 'odg'],
  ods: ['ods', 'ots'],
  pptx: ['pptx', 'pptm', 'ppsx', 'ppsm', 'potx'],
  doc: ['doc', 'dot', 'wps', 'wpt'],
  xlsx: ['xlsx', 'xlsm', 'xltx', 'xltm', 'xlsb', 'et'],
  xls: ['xls', 'xlt', 'et', 'ett'],
  csv: ['csv', 'tsv', 'txt'],
};

const endingOf = (fileName: string): string =>
  /\.([A-Za-z0-9]{1,10})$/u.exec(fileName)?.[1]?.toLowerCase() ?? '';

/** A file without an ending claims nothing. */
const withEndingWarning = (text: CanonicalText, fileName: string): CanonicalText => {
  const ending = endingOf(fileName);
  const usual = ENDINGS[text.format] ?? [text.format];
  if (ending === '' || usual.includes(ending)) return text;
  const warning = { code: 'W_ENDING', detail: `.${ending} → ${text.format}` };
  return { ...text, warnings: [...text.warnings, warning] };
};

/** Only the name of the error: its message may quote the document. */
export const nameOf = (error: unknown): string =>
  error instanceof Error && /^\w{1,60}$/u.test(error.name) ? error.name : 'Error';

const readGuarded = async (
  load: () => Promise<Reader>,
  bytes: Uint8Array,
  screenRows: ScreenRows | null,
): Promise<Result<CanonicalText, Refusal>> => {
  // Outside the guard: a reader that cannot be loaded is our fault, not the file's.
  const read = await load();
  try {
    return await read(bytes, screenRows);
  } catch (error) {
    return refuse(refusal('DAMAGED', nameOf(error)));
  }
};

const checked = (text: CanonicalText): Result<CanonicalText, Refusal> => {
  if (text.text.length > LIMITS.textCharacters)
    return refuse(refusal('TEXT_TOO_LONG', `${LIMITS.textCharacters} characters`));
  if (text.text.trim() === '') return refuse(refusal('NO_TEXT'));
  return { ok: true, value: text };
};

/** Holds every text, however it was read, to the limits, and warns of a name that disagrees. */
export const finished = (text: CanonicalText, fileName: string): Result<CanonicalText, Refusal> => {
  const whole = checked(text);
  return whole.ok ? { ok: true, value: withEndingWarning(whole.value, fileName) } : whole;
};

const DELIMITED = new Set(['csv', 'tsv']);

/** Bytes cannot tell a short list from text with commas: there, and only there, the ending is believed. */
const hinted = (format: Format, fileName: string): Format =>
  format === 'txt' && DELIMITED.has(endingOf(fileName)) ? 'csv' : format;

/**
 * Reads `bytes`, whatever `fileName` claims; a name that disagrees gives the warning W_ENDING. Never throws for what is
 * in the file: a reader that does is answered with DAMAGED and the name of its error. `screenRows` looks at every row of
 * lists of which only a summary becomes text; without it `columnHits` is absent from these.
 */
export const extract = async (
  bytes: Uint8Array,
  fileName: string,
  screenRows: ScreenRows | null = null,
): Promise<Result<CanonicalText, Refusal>> => {
  if (bytes.length > LIMITS.fileBytes)
    return refuse(refusal('TOO_LARGE', megabytes(LIMITS.fileBytes)));
  const sniffed = sniff(bytes);
  if (!sniffed.ok) return sniffed;
  const { detail } = sniffed.value;
  const format = hinted(sniffed.value.format, fileName);
  if (format === 'image') return refuse(refusal('NO_TEXT_LAYER'));
  if (CONTAINER_FORMATS.some((one) => one === format)) return refuse(refusal('CONTAINER', detail));
  if (format === 'gzip') return refuse(refusal('ARCHIVE_NOT_OPENED', detail));
  const load = READERS[format];
  if (load === undefined) return refuse(refusal('FORMAT_NOT_YET_READ', detail));
  const read = await readGuarded(load, bytes, screenRows);
  return read.ok ? finished(read.value, fileName) : read;
};
