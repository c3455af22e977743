/** Reads the head of a Word file (MS-DOC 2.5, the FIB): which version wrote it, where its parts of text and its tables lie. */
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';

/** Half-open range of character positions. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The parts of the text in the order in which they follow each other. */
const STORIES = [
  'body',
  'footnotes',
  'headers',
  'macros',
  'comments',
  'endnotes',
  'boxes',
  'headerBoxes',
] as const;
export type StoryName = (typeof STORIES)[number];

/** Index of each table in the list of offsets; it is the same since Word 6. */
const TABLES = {
  styles: 1,
  footnoteTexts: 3,
  headerTexts: 11,
  characterPages: 12,
  paragraphPages: 13,
  fonts: 15,
  pieces: 33,
  anchors: 40,
  endnoteTexts: 47,
  boxTexts: 56,
  headerBoxTexts: 58,
  lists: 73,
  listUses: 74,
} as const;
export type TableName = keyof typeof TABLES;

export interface Fib {
  /** Word 6.0 and 95 have 8-bit text, one-byte property codes and no list tables. */
  readonly old: boolean;
  /** Text of an old file in UTF-16. */
  readonly wide: boolean;
  readonly tableStream: string;
  readonly language: number;
  /** Where the text of a file without pieces begins. */
  readonly textAt: number;
  readonly stories: Readonly<Record<StoryName, Range>>;
  /** Where a table stands in the table stream; empty where the version has none. */
  place(name: TableName): Range;
}

const WORD_97 = 0xa5ec;
const WORD_95 = 0xa5dc;
const WORD_2 = 0xa5db;
const ENCRYPTED = 0x0100;
const TABLE_1 = 0x0200;
const WIDE = 0x1000;
const LEAST_BYTES = 0x200;
const NOWHERE: Range = { from: 0, to: 0 };

/** Lists came with Word 97; past the pieces the offsets of the versions part. */
const isInVersion = (old: boolean, name: TableName): boolean => !old || TABLES[name] <= 33;

const storiesOf = (view: DataView, first: number): Record<StoryName, Range> => {
  let from = 0;
  const range = (at: number): Range => {
    const to = from + Math.max(0, view.getInt32(first + at * 4, true));
    const found = { from, to };
    from = to;
    return found;
  };
  const [body, footnotes, headers, macros, comments, endnotes, boxes, headerBoxes] = STORIES.map(
    (_, at) => range(at),
  );
  return {
    body: body ?? NOWHERE,
    footnotes: footnotes ?? NOWHERE,
    headers: headers ?? NOWHERE,
    macros: macros ?? NOWHERE,
    comments: comments ?? NOWHERE,
    endnotes: endnotes ?? NOWHERE,
    boxes: boxes ?? NOWHERE,
    headerBoxes: headerBoxes ?? NOWHERE,
  };
};

/** Refuses with ENCRYPTED, DAMAGED, or FORMAT_NOT_YET_READ for Word 2.0. */
export const readFib = (main: Uint8Array): Result<Fib, Refusal> => {
  if (main.length < LEAST_BYTES) return refuse(refusal('DAMAGED', 'FIB'));
  const view = new DataView(main.buffer, main.byteOffset, main.byteLength);
  const magic = view.getUint16(0, true);
  if (magic === WORD_2) return refuse(refusal('FORMAT_NOT_YET_READ', 'Word 2.0 (.doc)'));
  if (magic !== WORD_97 && magic !== WORD_95) return refuse(refusal('DAMAGED', 'FIB'));
  const flags = view.getUint16(10, true);
  if ((flags & ENCRYPTED) !== 0) return refuse(refusal('ENCRYPTED'));
  const old = magic === WORD_95;
  const offsets = old ? 0x58 : 0x9a;
  return accept({
    old,
    wide: (flags & WIDE) !== 0,
    tableStream: old ? 'WordDocument' : (flags & TABLE_1) !== 0 ? '1Table' : '0Table',
    language: view.getUint16(6, true),
    textAt: view.getUint32(0x18, true),
    stories: storiesOf(view, old ? 0x34 : 0x4c),
    place: (name) => {
      const at = offsets + TABLES[name] * 8;
      if (!isInVersion(old, name) || at + 8 > main.length) return NOWHERE;
      const from = view.getUint32(at, true);
      return { from, to: from + view.getUint32(at + 4, true) };
    },
  });
};
