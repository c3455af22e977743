/** What paragraphs of a Word file are: in a cell, at the end of a row, numbered, headings. */
import { eachSprm, isOn, longAt, SPRM, wordAt } from './sprms.ts';

export interface CellShape {
  readonly continuesLeft: boolean;
  vertical: 'none' | 'restart' | 'continue';
}

/** Left edges of the cells and the right edge of the last, in twentieths of a point. */
export interface RowShape {
  readonly edges: readonly number[];
  readonly cells: readonly CellShape[];
}

export interface ParagraphProperties {
  style: number;
  inTable: boolean;
  rowEnd: boolean;
  /** Tables inside each other; 1 for a table that is in none. */
  depth: number;
  innerCellEnd: boolean;
  innerRowEnd: boolean;
  /** 0 takes it out of the list of its style. */
  list: number | null;
  listLevel: number | null;
  /** 0–8; 9 is body text. */
  outline: number | null;
  header: boolean;
  row: RowShape | null;
}

export const newParagraph = (style: number): ParagraphProperties => ({
  style,
  inTable: false,
  rowEnd: false,
  depth: 0,
  innerCellEnd: false,
  innerRowEnd: false,
  list: null,
  listLevel: null,
  outline: null,
  header: false,
  row: null,
});

const FIRST_MERGED = 0x01;
const MERGED = 0x02;
const VERTICAL = 0x20;
const VERTICAL_FIRST = 0x40;
const MOST_CELLS = 64;

const verticalOf = (flags: number): CellShape['vertical'] => {
  if ((flags & VERTICAL_FIRST) !== 0) return 'restart';
  return (flags & VERTICAL) !== 0 ? 'continue' : 'none';
};

const rowOf = (operand: Uint8Array, cellBytes: number): RowShape => {
  const count = Math.min(MOST_CELLS, operand[0] ?? 0);
  const edges = Array.from(
    { length: count + 1 },
    (_, at) => (wordAt(operand, 1 + at * 2) << 16) >> 16,
  );
  const cells = Array.from({ length: count }, (_, at) => {
    const flags = wordAt(operand, 1 + (count + 1) * 2 + at * cellBytes);
    const continuesLeft = (flags & (FIRST_MERGED | MERGED)) === MERGED;
    return { continuesLeft, vertical: verticalOf(flags) };
  });
  return { edges, cells };
};

const mergeVertically = (on: ParagraphProperties, operand: Uint8Array): void => {
  const cell = on.row?.cells[operand[0] ?? 0];
  const how = operand[1] ?? 0;
  if (cell !== undefined) cell.vertical = how === 3 ? 'restart' : how === 1 ? 'continue' : 'none';
};

const PARAGRAPH: ReadonlyMap<number, (operand: Uint8Array) => Partial<ParagraphProperties>> =
  new Map<number, (operand: Uint8Array) => Partial<ParagraphProperties>>([
    [SPRM.style, (operand) => ({ style: wordAt(operand, 0) })],
    [SPRM.inTable, (operand) => ({ inTable: isOn(operand) })],
    [SPRM.rowEnd, (operand) => ({ rowEnd: isOn(operand) })],
    [SPRM.depth, (operand) => ({ depth: longAt(operand, 0) })],
    [SPRM.innerCellEnd, (operand) => ({ innerCellEnd: isOn(operand) })],
    [SPRM.innerRowEnd, (operand) => ({ innerRowEnd: isOn(operand) })],
    [SPRM.list, (operand) => ({ list: wordAt(operand, 0) })],
    [SPRM.listLevel, (operand) => ({ listLevel: Math.min(8, operand[0] ?? 0) })],
    [SPRM.outline, (operand) => ({ outline: operand[0] ?? 9 })],
    [SPRM.header, (operand) => ({ header: isOn(operand) })],
  ]);

/** Long lists of changes stand in the stream Data, with their length before them. */
const changesElsewhere = (stream: Uint8Array, operand: Uint8Array): Uint8Array => {
  const at = longAt(operand, 0);
  return at + 2 > stream.length
    ? stream.subarray(0, 0)
    : stream.subarray(at + 2, at + 2 + wordAt(stream, at));
};

const OLD_CELL_BYTES = 10;
const CELL_BYTES = 20;

/** Lays changes over a paragraph; `far` is the stream Data. */
export const changeParagraph = (
  on: ParagraphProperties,
  changes: Uint8Array,
  { old, far }: { readonly old: boolean; readonly far: Uint8Array },
): void => {
  const apply = (code: number, operand: Uint8Array, isFar: boolean): void => {
    if (code === SPRM.columns) on.row = rowOf(operand, old ? OLD_CELL_BYTES : CELL_BYTES);
    else if (!isFar && (code === SPRM.elsewhere || code === SPRM.tableElsewhere))
      eachSprm(changesElsewhere(far, operand), false, (more, inside) => apply(more, inside, true));
    else if (code === SPRM.verticalMerge) mergeVertically(on, operand);
    else Object.assign(on, PARAGRAPH.get(code)?.(operand));
  };
  eachSprm(changes, old, (code, operand) => apply(code, operand, false));
};
