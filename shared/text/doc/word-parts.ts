/** Finds what stands beside the body of a Word file: notes, headers and footers, text boxes with the place they are tied to. */
import type { Range } from './fib.ts';
import type { WordFile } from './open-word.ts';
import { longAt } from './sprms.ts';
import { type BlockSource, wordBlocks, wordLines } from './word-blocks.ts';
import type { WordMarks } from './word-paragraphs.ts';

/** The stretches that a table of positions cuts a part of the text into; what it leaves out at the end is one more. */
const stretches = (table: Uint8Array, whole: Range, recordBytes: number): Range[] => {
  const count = Math.floor((table.length - 4) / (4 + recordBytes));
  const ranges: Range[] = [];
  for (let at = 0; at < count; at += 1) {
    const from = whole.from + longAt(table, at * 4);
    const to = Math.min(whole.to, whole.from + longAt(table, at * 4 + 4));
    if (to < from) break;
    ranges.push({ from, to });
  }
  const from = ranges.at(-1)?.to ?? whole.from;
  if (from < whole.to) ranges.push({ from, to: whole.to });
  return ranges;
};

const source = (word: WordFile, marks: WordMarks): BlockSource => ({ word, marks, boxes: [] });

/** Footnotes, then endnotes, each as one text. */
export const noteTexts = (word: WordFile, marks: WordMarks): string[] =>
  [
    ...stretches(word.table('footnoteTexts'), word.fib.stories.footnotes, 0),
    ...stretches(word.table('endnoteTexts'), word.fib.stories.endnotes, 0),
  ].map((range) => wordLines(source(word, marks), range).join('\n').trim());

const SEPARATORS = 6;
const A_SECTION = 6;
/** Within a section: even and odd headers, even and odd footers, first header, first footer. */
const HEADERS = new Set([0, 1, 4]);

const PAGE_NUMBER = /^[\s\d—–\-－·第页共]{1,20}$/u;

const kindOfStory = (story: number): 'header' | 'footer' =>
  HEADERS.has((story - SEPARATORS) % A_SECTION) ? 'header' : 'footer';

/** Each wording once; a box in the margins is a header unless it only counts the pages. */
export const marginLines = (
  word: WordFile,
  marks: WordMarks,
): { readonly header: string; readonly footer: string } => {
  const lines = { header: new Set<string>(), footer: new Set<string>() };
  const linesOf = (range: Range): string[] =>
    wordLines(source(word, marks), range)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const ranges = stretches(word.table('headerTexts'), word.fib.stories.headers, 0);
  const skipped = ranges.length > SEPARATORS ? SEPARATORS : 0;
  for (const [at, range] of ranges.entries())
    if (at >= skipped) for (const line of linesOf(range)) lines[kindOfStory(at)].add(line);
  for (const line of linesOf(word.fib.stories.headerBoxes))
    lines[PAGE_NUMBER.test(line) ? 'footer' : 'header'].add(line);
  return { header: [...lines.header].join('\n'), footer: [...lines.footer].join('\n') };
};

const ANCHOR_BYTES = 26;
const BOX_BYTES = 22;
const BOX_IS_FREE = 8;
const BOX_SHAPE = 14;

/** Position in the body of each shape. */
const anchorsOf = (table: Uint8Array): ReadonlyMap<number, number> => {
  const count = Math.max(0, Math.floor((table.length - 4) / (4 + ANCHOR_BYTES)));
  const anchors = new Map<number, number>();
  for (let at = 0; at < count; at += 1)
    anchors.set(longAt(table, (count + 1) * 4 + at * ANCHOR_BYTES), longAt(table, at * 4));
  return anchors;
};

/** Text boxes in the order of their places; one that is tied to no place comes last. */
export const textBoxes = (word: WordFile, marks: WordMarks): BlockSource['boxes'] => {
  const whole = word.fib.stories.boxes;
  if (whole.to <= whole.from) return [];
  const table = word.table('boxTexts');
  const anchors = anchorsOf(word.table('anchors'));
  const ranges = stretches(table, whole, BOX_BYTES);
  const count = Math.floor((table.length - 4) / (4 + BOX_BYTES));
  const boxes = ranges.map((range, index) => {
    const record = table.subarray((count + 1) * 4 + index * BOX_BYTES);
    const isFree = (record[BOX_IS_FREE] ?? 0) !== 0;
    const shape = record.length < BOX_BYTES ? -1 : longAt(record, BOX_SHAPE);
    const texts = [...wordBlocks(source(word, marks), range)].flatMap((block) =>
      block.kind === 'table' ? block.cells.map(({ text }) => text) : [block.text],
    );
    const at = isFree ? Number.POSITIVE_INFINITY : (anchors.get(shape) ?? Number.POSITIVE_INFINITY);
    return { at, texts: texts.filter((text) => text.trim() !== '') };
  });
  return boxes.filter(({ texts }) => texts.length > 0).sort((a, b) => a.at - b.at);
};
