/** Reads any uploaded file into canonical text, or says by name why not: the one door to all readers. */

import { megabytes } from '../domain/limits.ts';
import type { Refusal } from '../domain/refusal.ts';
import { refusal } from '../domain/refusal.ts';
import type { Result } from '../domain/result.ts';
import { refuse } from '../domain/result.ts';
import type { CanonicalText, Format } from '../domain/text.ts';
import { LIMITS } from './limits.ts';
import { sniff } from './sniff.ts';

type Reader = (bytes: Uint8Array) => Promise<Result<CanonicalText, Refusal>>;

/** Loaded when the first file of the format comes: a text file does not pay for the PDF reader. */
const READERS: Partial<Record<Format, () => Promise<Reader>>> = {
  docx: async () => (await import('./docx/checked-docx.ts')).checkedDocx,
  pdf: async () => (await import('./read-pdf.ts')).readPdf,
  html: async () => (await import('./read-html.ts')).readHtml,
  txt: async () => (await import('./read-txt.ts')).readTxt,
  doc: async () => (await import('./read-doc.ts')).readDoc,
  ofd: async () => (await import('./read-ofd.ts')).readOfd,
  rtf: async () => (await import('./read-rtf.ts')).readRtf,
};

/** Endings under which a format is at home; the first is named in the warning. */
const ENDINGS: Partial<Record<Format, readonly string[]>> = {
  docx: ['docx', 'docm', 'dotx'],
  html: ['html', 'htm', 'shtml', 'xhtml'],
  txt: ['txt', 'text', 'csv', 'tsv', 'md', 'log'],
  pdf: ['pdf'],
  doc: ['doc', 'dot', 'wps', 'wpt'],
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
const nameOf = (error: unknown): string =>
  error instanceof Error && /^\w{1,60}$/u.test(error.name) ? error.name : 'Error';

const readGuarded = async (
  load: () => Promise<Reader>,
  bytes: Uint8Array,
): Promise<Result<CanonicalText, Refusal>> => {
  // Outside the guard: a reader that cannot be loaded is our fault, not the file's.
  const read = await load();
  try {
    return await read(bytes);
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

/**
 * Reads `bytes`, whatever `fileName` claims; a name that disagrees gives the warning W_ENDING. Never throws for what is
 * in the file: a reader that does is answered with DAMAGED and the name of its error.
 */
export const extract = async (
  bytes: Uint8Array,
  fileName: string,
): Promise<Result<CanonicalText, Refusal>> => {
  if (bytes.length > LIMITS.fileBytes)
    return refuse(refusal('TOO_LARGE', megabytes(LIMITS.fileBytes)));
  const sniffed = sniff(bytes);
  if (!sniffed.ok) return sniffed;
  const { format, detail } = sniffed.value;
  if (format === 'image') return refuse(refusal('NO_TEXT_LAYER'));
  const load = READERS[format];
  if (load === undefined) return refuse(refusal('FORMAT_NOT_YET_READ', detail));
  const read = await readGuarded(load, bytes);
  if (!read.ok) return read;
  const whole = checked(read.value);
  return whole.ok ? { ok: true, value: withEndingWarning(whole.value, fileName) } : whole;
};
