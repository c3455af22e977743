/** Gathers the paragraphs of a stretch of a Word file into paragraphs, headings and tables in reading order. */
import type { CellInput } from '../canonical.ts';
import { joinLabel } from '../docx/number-labels.ts';
import type { Range } from './fib.ts';
import type { WordFile } from './open-word.ts';
import type { ParagraphProperties } from './paragraph-properties.ts';
import { type WordMarks, type WordParagraph, wordParagraphs } from './word-paragraphs.ts';
import { layOutTable, type WordRow } from './word-table.ts';

export type WordBlock =
  | { readonly kind: 'paragraph'; readonly text: string; readonly level: number | null }
  | { readonly kind: 'table'; readonly cells: readonly CellInput[]; readonly headerRows: number };

export interface BlockSource {
  readonly word: WordFile;
  readonly marks: WordMarks;
  /** Text boxes by the position that they are tied to, ascending; taken out as they are given. */
  readonly boxes: { readonly at: number; readonly texts: readonly string[] }[];
}

const LEGACY_LIST = 2047;
const BODY_TEXT = 9;

const labelled = (word: WordFile, text: string, properties: ParagraphProperties): string => {
  const look = word.styles.look(properties.style);
  const list = properties.list ?? look.list ?? 0;
  if (list < 1 || list >= LEGACY_LIST || text.trim() === '') return text;
  const level = properties.listLevel ?? look.listLevel ?? 0;
  const { label, suffix } = word.labels.next({ numberId: String(list), level, styleId: null });
  return joinLabel(label, suffix, text);
};

const levelOf = (word: WordFile, properties: ParagraphProperties): number | null => {
  const outline = properties.outline ?? word.styles.look(properties.style).outline ?? BODY_TEXT;
  return outline >= BODY_TEXT ? null : outline + 1;
};

/** The table being read: rows that are closed, cells of the open row, lines of the open cell. */
const openTable = () => {
  const rows: WordRow[] = [];
  let cells: string[] = [];
  let lines: string[] = [];
  let inner: string[] = [];
  let innerLines: string[] = [];
  const closeCell = (): void => {
    if (innerLines.length > 0 || inner.length > 0) lines.push([...inner, ...innerLines].join(' '));
    cells.push(lines.join('\n'));
    [lines, inner, innerLines] = [[], [], []];
  };
  const closeInner = ({ innerRowEnd, innerCellEnd }: ParagraphProperties): void => {
    if (!innerRowEnd && !innerCellEnd) return;
    if (!innerRowEnd) inner.push(innerLines.join('\n'));
    else lines.push(inner.join(' '));
    if (innerRowEnd) inner = [];
    innerLines = [];
  };
  const closeRow = ({ row, header }: ParagraphProperties): void => {
    if (lines.length > 0) closeCell();
    rows.push({ cells, shape: row, header });
    cells = [];
  };
  const addInner = (text: string, properties: ParagraphProperties): void => {
    if (text !== '' && !properties.innerRowEnd) innerLines.push(text);
    closeInner(properties);
  };
  const addOuter = (text: string, mark: WordParagraph['mark']): void => {
    if (text !== '') lines.push(text);
    if (mark === 'cell') closeCell();
  };
  return {
    isOpen: (): boolean => rows.length + cells.length + lines.length > 0,
    add: (text: string, mark: WordParagraph['mark'], properties: ParagraphProperties): void => {
      if (mark === 'cell' && properties.rowEnd) closeRow(properties);
      else if (properties.depth > 1 && mark !== 'cell') addInner(text, properties);
      else addOuter(text, mark);
    },
    take: (): WordRow[] => {
      if (lines.length > 0) closeCell();
      if (cells.length > 0) rows.push({ cells, shape: null, header: false });
      cells = [];
      return rows.splice(0);
    },
  };
};

function* boxesBefore({ boxes }: BlockSource, end: number): Generator<WordBlock, void> {
  while (boxes[0] !== undefined && boxes[0].at <= end)
    for (const text of boxes.shift()?.texts ?? []) yield { kind: 'paragraph', text, level: null };
}

/** Text boxes come after the paragraph or table that they are tied to. */
export function* wordBlocks(source: BlockSource, range: Range): Generator<WordBlock, void> {
  const { word, marks } = source;
  const table = openTable();
  let done = range.from;
  const finish = function* (): Generator<WordBlock, void> {
    if (table.isOpen()) yield { kind: 'table', ...layOutTable(table.take()) };
    yield* boxesBefore(source, done);
  };
  for (const paragraph of wordParagraphs(word, range, marks)) {
    const properties = word.properties.paragraph(Math.min(paragraph.end, word.text.length - 1));
    const text = labelled(word, paragraph.text, properties);
    if (properties.inTable || properties.rowEnd) table.add(text, paragraph.mark, properties);
    else {
      yield* finish();
      yield { kind: 'paragraph', text, level: levelOf(word, properties) };
    }
    done = paragraph.end;
    if (!table.isOpen()) yield* boxesBefore(source, done);
  }
  yield* finish();
}

/** The same as lines of text, for what stands beside the body. */
export const wordLines = (source: BlockSource, range: Range): string[] =>
  [...wordBlocks(source, range)].flatMap((block) =>
    block.kind === 'table' ? block.cells.map(({ text }) => text) : [block.text],
  );
