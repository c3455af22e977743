/** The bounds of reading: what is over one of them is refused by name, never read in part. */

import { MAX_FILE_BYTES } from '../domain/limits.ts';

export const LIMITS = {
  /** Bytes of one uploaded file. */
  fileBytes: MAX_FILE_BYTES,
  /** UTF-16 code units of the text that comes out. */
  textCharacters: 5_000_000,
  /** Bytes of one html page; inlined pictures are most of a page of this size. */
  htmlBytes: 20 * 1024 * 1024,
  htmlElements: 300_000,
  /** Elements inside each other. Pages of government sites stay under 60. */
  htmlDepth: 512,
  /** Columns that one merged table cell may span, and cells of one table. */
  tableColumns: 1_000,
  tableCells: 300_000,
  /** Filled cells of all sheets of one file, and UTF-16 code units of them: a list of 100,000 rows fills a third. */
  sheetCells: 3_000_000,
  sheetCharacters: 60_000_000,
  /** Entries of one zip container. */
  zipEntries: 20_000,
  /** Directory entries of one OLE container. */
  oleEntries: 8_192,
} as const;
