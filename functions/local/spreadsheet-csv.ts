/** Rows as the spreadsheets of Chinese offices open them: RFC 4180, formulas defused, with a byte order mark at the start. */
import { stringify } from 'csv-stringify/sync';

/** `begins` = these are the first rows of the file. */
export const spreadsheetCsv = (
  rows: readonly (readonly (string | number | null | undefined)[])[],
  begins: boolean,
): string =>
  stringify([...rows], { bom: begins, escape_formulas: true, record_delimiter: 'windows' });
