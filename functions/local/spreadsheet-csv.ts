/** Rows as the spreadsheets of Chinese offices open them: RFC 4180, formulas defused, with a byte order mark at the start. */
import { stringify } from 'csv-stringify/sync';

type Cell = string | number | null | undefined;

/**
 * OWASP, CSV Injection: = + - @ in their narrow and wide forms begin a formula, and so does what a spreadsheet drops
 * before them: blanks, line ends, signs without width.
 */
const FORMULA = /^(?:[\t\r\n]|[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠])/u;

const defused = (cell: Cell): Cell =>
  typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : cell;

/** `begins` = these are the first rows of the file. */
export const spreadsheetCsv = (rows: readonly (readonly Cell[])[], begins: boolean): string =>
  stringify(
    rows.map((row) => row.map(defused)),
    { bom: begins, quoted_match: /[\r\n]/u, record_delimiter: 'windows' },
  );
