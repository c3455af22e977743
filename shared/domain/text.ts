/** Canonical text: one string per document, with blocks and pages that point into it. */
import * as z from 'zod';
import { FLAG_CODES } from './flag-codes.ts';

/** Half-open range of UTF-16 code units into `CanonicalText.text`. */
export const spanSchema = z.object({ start: z.int().min(0), end: z.int().min(0) });
export type Span = z.infer<typeof spanSchema>;

/** A span together with the words it covers; `quote === text.slice(start, end)` always holds. */
export const quoteSchema = spanSchema.extend({ quote: z.string() });
export type Quote = z.infer<typeof quoteSchema>;

export const FORMATS = [
  'docx',
  'pdf',
  'html',
  'txt',
  'doc',
  'wps',
  'ofd',
  'xlsx',
  'xls',
  'et',
  'csv',
  'rtf',
  'odt',
  'ods',
  'pptx',
  'ppt',
  'eml',
  'msg',
  'zip',
  'rar',
  '7z',
  'gzip',
  'image',
  'xml',
] as const;
export const formatSchema = z.enum(FORMATS);
export type Format = z.infer<typeof formatSchema>;

/** One cell; its text lies at `start..end`. A merged cell stands once, at its top left corner. Indexes count from 0. */
const cellSchema = spanSchema.extend({
  row: z.int().min(0),
  column: z.int().min(0),
  rowSpan: z.int().min(1),
  columnSpan: z.int().min(1),
});
export type Cell = z.infer<typeof cellSchema>;

/** Pages count from 1; null where the format has none. */
const place = { ...spanSchema.shape, page: z.int().min(1).nullable() };

export const blockSchema = z.discriminatedUnion('kind', [
  /** `level` 1–9 as the source states it. */
  z.object({ kind: z.literal('heading'), level: z.int().min(1).max(9), ...place }),
  z.object({ kind: z.literal('paragraph'), ...place }),
  /** Rows are separated by \n and cells by \t in the text; `headerRows` counts the rows that the source marks as header. */
  z.object({
    kind: z.literal('table'),
    rows: z.int().min(0),
    columns: z.int().min(0),
    headerRows: z.int().min(0),
    cells: z.array(cellSchema),
    ...place,
  }),
  /** Footnotes and endnotes, after the body. */
  z.object({ kind: z.literal('note'), ...place }),
]);
export type Block = z.infer<typeof blockSchema>;
export type TableBlock = Extract<Block, { kind: 'table' }>;

/** `unread` pages are listed, never dropped silently. */
export const pageSchema = spanSchema.extend({
  number: z.int().min(1),
  state: z.enum(['read', 'unread']),
  /** Of a page read as a picture: mean probability of its characters. */
  confidence: z.number().min(0).max(1).optional(),
});
export type Page = z.infer<typeof pageSchema>;

/** Something the reviewer should know of how the text was read; `code` is stable, `detail` holds no document text. */
export const warningSchema = z.object({ code: z.string(), detail: z.string() });
export type Warning = z.infer<typeof warningSchema>;

/**
 * Personal data in one column of a list that is summed up: `count` hits over every row of it, also those that are not in
 * the text. `start..end` is where the text says so. Sheets count from 1; `column` is the letter of a spreadsheet.
 */
export const columnHitSchema = spanSchema.extend({
  sheet: z.int().min(1),
  column: z.string(),
  name: z.string(),
  code: z.enum(FLAG_CODES),
  count: z.int().min(1),
});
export type ColumnHit = z.infer<typeof columnHitSchema>;

/**
 * What every extractor gives. `text` is in NFC with \n line ends; blocks are in reading order, do not overlap, and are
 * separated by a single \n. `metadata` holds what stands beside the text (html meta tags and 索引号 tables, docx
 * properties, pdf information) under its own names.
 */
export const canonicalTextSchema = z.object({
  text: z.string(),
  blocks: z.array(blockSchema),
  pages: z.array(pageSchema),
  format: formatSchema,
  metadata: z.record(z.string(), z.string()),
  warnings: z.array(warningSchema),
  /** Present where rows were summed up (W_ROWS_SUMMARISED) and every one of them was screened; absent where none was. */
  columnHits: z.array(columnHitSchema).optional(),
});
export type CanonicalText = z.infer<typeof canonicalTextSchema>;

/** Hardly any words beside pictures: the pictures are the document. */
export const isMostlyPictures = ({ warnings }: CanonicalText): boolean =>
  warnings.some(({ code }) => code === 'W_MOSTLY_PICTURES');

/** Some of it is still to be read by the reader of scans: pages of a PDF without text, or pictures that are the document. */
export const waitsForScan = (text: CanonicalText): boolean =>
  isMostlyPictures(text) ||
  (text.format === 'pdf' && text.pages.some(({ state }) => state === 'unread'));

export const quoteOf = (text: string, start: number, end: number): Quote => ({
  start,
  end,
  quote: text.slice(start, end),
});

/** True where the quote still says what the text says at its place. */
export const quoteHolds = (text: string, quote: Quote): boolean =>
  quote.end > quote.start &&
  quote.end <= text.length &&
  text.slice(quote.start, quote.end) === quote.quote;
