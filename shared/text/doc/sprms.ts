/** Walks the property changes (sprm) that Word hangs on characters, paragraphs and rows (MS-DOC 2.6). */

/** Codes as of Word 97; those of Word 6.0 and 95 are told by the same ones. */
export const SPRM = {
  deleted: 0x0800,
  inserted: 0x0801,
  isRecord: 0x0806,
  hidden: 0x083c,
  special: 0x0855,
  recordAt: 0x6a03,
  symbol: 0x6a09,
  font: 0x4a4f,
  style: 0x4600,
  listLevel: 0x260a,
  list: 0x460b,
  inTable: 0x2416,
  rowEnd: 0x2417,
  innerCellEnd: 0x244b,
  innerRowEnd: 0x244c,
  depth: 0x6649,
  outline: 0x2640,
  elsewhere: 0x6646,
  tableElsewhere: 0x646b,
  header: 0x3404,
  columns: 0xd608,
  verticalMerge: 0xd62b,
} as const;

export type SprmVisitor = (code: number, operand: Uint8Array) => void;

const OPERAND_BYTES = [1, 1, 2, 4, 2, 2, -1, 3] as const;
const TABS = 0xc615;

/** Length of the operand with its own length bytes, and how many those are. */
const variableOperand = (bytes: Uint8Array, at: number, code: number): [number, number] => {
  const first = bytes[at] ?? 0;
  if (code === SPRM.columns) return [(first | ((bytes[at + 1] ?? 0) << 8)) + 1, 2];
  if (code === TABS && first === 255) {
    const removed = (bytes[at + 1] ?? 0) * 4;
    return [3 + removed + (bytes[at + 2 + removed] ?? 0) * 3, 1];
  }
  return [first + 1, 1];
};

const eachNew = (bytes: Uint8Array, visit: SprmVisitor): void => {
  let at = 0;
  while (at + 2 <= bytes.length) {
    const code = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
    at += 2;
    const fixed = OPERAND_BYTES[code >> 13] ?? -1;
    const [length, own] = fixed < 0 ? variableOperand(bytes, at, code) : [fixed, 0];
    if (at + length > bytes.length) return;
    visit(code, bytes.subarray(at + own, at + length));
    at += length;
  }
};

/** The one-byte codes of Word 6.0 and 95 that matter here. */
const OLD_CODES: ReadonlyMap<number, number> = new Map([
  [2, SPRM.style],
  [24, SPRM.inTable],
  [25, SPRM.rowEnd],
  [65, SPRM.deleted],
  [66, SPRM.inserted],
  [68, SPRM.recordAt],
  [92, SPRM.hidden],
  [117, SPRM.special],
  [186, SPRM.header],
  [190, SPRM.columns],
]);

const OLD_WORDS = new Set([
  2, 16, 17, 18, 19, 21, 22, 26, 27, 28, 30, 31, 32, 33, 34, 35, 36, 38, 39, 40, 41, 42, 43, 45, 46,
  47, 48, 49, 69, 72, 80, 93, 96, 97, 99, 101, 105, 106, 107, 109, 110, 121, 122, 123, 124, 140,
  141, 144, 145, 148, 149, 154, 155, 156, 157, 160, 161, 164, 165, 166, 167, 168, 169, 170, 171,
  182, 183, 184, 189, 195, 197, 198,
]);
const OLD_LENGTHS: ReadonlyMap<number, number> = new Map([
  ...[...OLD_WORDS].map((code): [number, number] => [code, 2]),
  ...[73, 95, 136, 137].map((code): [number, number] => [code, 3]),
  ...[20, 70, 74, 192, 194, 196, 200].map((code): [number, number] => [code, 4]),
  ...[68, 193, 199].map((code): [number, number] => [code, 5]),
  ...[120, 187].map((code): [number, number] => [code, 12]),
]);
const OLD_VARIABLE = new Set([3, 12, 15, 23, 81, 103, 108, 188, 190, 191]);
const OLD_COLUMNS = new Set([188, 190]);
const OLD_TABS = 23;

const oldOperand = (bytes: Uint8Array, at: number, code: number): [number, number] => {
  if (OLD_COLUMNS.has(code)) return variableOperand(bytes, at, SPRM.columns);
  if (code === OLD_TABS) return variableOperand(bytes, at, TABS);
  return OLD_VARIABLE.has(code) ? [(bytes[at] ?? 0) + 1, 1] : [OLD_LENGTHS.get(code) ?? 1, 0];
};

const eachOld = (bytes: Uint8Array, visit: SprmVisitor): void => {
  let at = 0;
  while (at < bytes.length) {
    const code = bytes[at] ?? 0;
    at += 1;
    const [length, own] = oldOperand(bytes, at, code);
    if (at + length > bytes.length) return;
    const known = OLD_CODES.get(code);
    if (known !== undefined) visit(known, bytes.subarray(at + own, at + length));
    at += length;
  }
};

/** Calls `visit` for each whole change in order; a broken tail is left out. */
export const eachSprm = (bytes: Uint8Array, old: boolean, visit: SprmVisitor): void => {
  if (old) eachOld(bytes, visit);
  else eachNew(bytes, visit);
};

export const wordAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);

export const longAt = (bytes: Uint8Array, at: number): number =>
  (wordAt(bytes, at) | (wordAt(bytes, at + 2) << 16)) >>> 0;

/** Property codes of a piece in one byte (MS-DOC 2.9.210), as far as they matter here. */
const SHORT_CODES: ReadonlyMap<number, number> = new Map([
  [0x18, SPRM.inTable],
  [0x19, SPRM.rowEnd],
  [0x41, SPRM.deleted],
  [0x42, SPRM.inserted],
  [0x5c, SPRM.hidden],
]);

/** The same as a grpprl; empty for codes that do not matter. */
export const shortSprm = (index: number, value: number): Uint8Array => {
  const code = SHORT_CODES.get(index);
  return code === undefined ? new Uint8Array(0) : Uint8Array.of(code & 255, code >> 8, value);
};

export const isOn = (operand: Uint8Array): boolean => ((operand[0] ?? 0) & 1) === 1;
