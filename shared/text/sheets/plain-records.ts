/** Leaves of a binary workbook (MS-XLS) only the records that hold cells, so that the library never meets the others: themes, drawings, formulas. */
import { wordAt } from '../doc/sprms.ts';

/** A record that the library passes over whatever it holds. */
const PASSED_OVER = 0x1d;
const CONTINUED = 0x3c;
const FORMULAS = new Set([0x0006, 0x0206, 0x0406]);
const NUMBER = 0x0203;
const TRUTH = 0x0205;
const KEPT = new Set([
  // Beginnings and ends, names of sheets, code page, dates from 1904.
  0x0809, 0x000a, 0x0085, 0x0042, 0x0022,
  // Formats of cells, texts.
  0x001e, 0x041e, 0x00e0, 0x00fc,
  // Cells, rows, merges.
  0x00fd, 0x0204, 0x00d6, 0x0203, 0x027e, 0x007e, 0x00bd, 0x0205, 0x0207, 0x0208, 0x00e5,
]);

const HEAD = 4;
const VALUE_AT = HEAD + 6;
const NUMBER_BYTES = 14;
const TRUTH_BYTES = 8;
const FORMULA_BYTES = 22;
const SIZE_OF_FORMULA = HEAD + 20;

const put = (bytes: Uint8Array, at: number, value: number): void => {
  bytes[at] = value & 255;
  bytes[at + 1] = value >> 8;
};

/** Ends a record early; the rest becomes one that is passed over. */
const cutTo = (record: Uint8Array, kind: number, length: number): void => {
  const rest = record.length - HEAD - length;
  put(record, 0, kind);
  put(record, 2, length);
  put(record, HEAD + length, PASSED_OVER);
  put(record, HEAD + length + 2, rest - HEAD);
};

/** A formula becomes the value that was kept with it; one whose value is a text keeps only that it has one. */
const settleFormula = (record: Uint8Array): void => {
  const kind = record[VALUE_AT] ?? 0;
  if (record.length < HEAD + FORMULA_BYTES) put(record, 0, PASSED_OVER);
  else if (wordAt(record, VALUE_AT + 6) !== 0xffff) cutTo(record, NUMBER, NUMBER_BYTES);
  else if (kind === 1 || kind === 2) {
    record[VALUE_AT] = record[VALUE_AT + 2] ?? 0;
    record[VALUE_AT + 1] = kind - 1;
    cutTo(record, TRUTH, TRUTH_BYTES);
  } else put(record, SIZE_OF_FORMULA, 0);
};

/** The stream at the same length: places that it names stay right. A record that reaches past the end is cut there. */
export const plainRecords = (stream: Uint8Array): Uint8Array => {
  const bytes = Uint8Array.from(stream);
  let isKept = false;
  let at = 0;
  while (at + HEAD <= bytes.length) {
    const kind = wordAt(bytes, at);
    const length = Math.min(wordAt(bytes, at + 2), bytes.length - at - HEAD);
    put(bytes, at + 2, length);
    if (kind !== CONTINUED) isKept = KEPT.has(kind);
    if (FORMULAS.has(kind)) settleFormula(bytes.subarray(at, at + HEAD + length));
    else if (!isKept) put(bytes, at, PASSED_OVER);
    at += HEAD + length;
  }
  return bytes;
};
