/** What is open while a story (body, header, notes) is being read, and where its finished blocks go. */
import type { CellInput } from '../canonical.ts';
import type { NumberLabels } from './number-labels.ts';
import type { Styles } from './styles.ts';
import type { CellShape, TableGrid } from './table-grid.ts';

export type StoryBlock =
  | { readonly kind: 'paragraph'; readonly text: string; readonly level: number | null }
  | { readonly kind: 'table'; readonly cells: readonly CellInput[]; readonly headerRows: number };

/** Takes finished blocks in reading order. */
export interface Container {
  readonly add: (block: StoryBlock) => void;
  /** Text of paragraphs whose end mark is deleted: it belongs to the next one. */
  carried: string;
}

export interface OpenParagraph {
  readonly text: string[];
  styleId: string | null;
  numberId: string | null;
  numberLevel: number | null;
  outline: number | null;
  markHidden: boolean;
  markDeleted: boolean;
  lostHidden: boolean;
  /** Text boxes anchored here come after it. */
  readonly floating: StoryBlock[];
}

export interface OpenRun {
  hidden: boolean | null;
  styleId: string | null;
  font: string;
}

export interface OpenField {
  phase: 'instruction' | 'result';
  code: string;
  checked: boolean | null;
}

/** What the reader of the whole document must know of its stories. */
export interface StoryMarks {
  tracked: boolean;
  comments: boolean;
  hidden: boolean;
  unknownSign: boolean;
  pictures: number;
  /** Characters given out so far, labels too. */
  characters: number;
  readonly unread: Set<string>;
  readonly notes: { readonly kind: 'footnote' | 'endnote'; readonly id: string }[];
}

export const newMarks = (): StoryMarks => ({
  tracked: false,
  comments: false,
  hidden: false,
  unknownSign: false,
  pictures: 0,
  characters: 0,
  unread: new Set(),
  notes: [],
});

export interface StoryContext {
  readonly styles: Styles;
  readonly labels: NumberLabels;
  readonly marks: StoryMarks;
}

export interface Story extends StoryContext {
  readonly containers: Container[];
  readonly paragraphs: OpenParagraph[];
  readonly runs: OpenRun[];
  readonly fields: OpenField[];
  readonly tables: TableGrid[];
  readonly shapes: CellShape[];
  readonly cellLines: string[][];
  readonly alternatives: { chosen: boolean; before: number }[];
  /** Pieces of the text element being read; null outside of one. */
  pieces: string[] | null;
  keepsBlanks: boolean;
}

export const newStory = (context: StoryContext, root: Container): Story => ({
  ...context,
  containers: [root],
  paragraphs: [],
  runs: [],
  fields: [],
  tables: [],
  shapes: [],
  cellLines: [],
  alternatives: [],
  pieces: null,
  keepsBlanks: false,
});

export const containerOf = (add: (block: StoryBlock) => void): Container => ({ add, carried: '' });

/** Inside a cell or a note a table is flattened: rows become lines, cells are parted by a blank. */
const flattened = (cells: readonly CellInput[]): string => {
  const rows: string[][] = [];
  for (const { row, text } of cells) {
    const cellsOfRow = rows[row] ?? [];
    cellsOfRow.push(text.trim());
    rows[row] = cellsOfRow;
  }
  return rows.map((texts) => texts.join(' ').trim()).join('\n');
};

export const lineContainer = (lines: string[]): Container =>
  containerOf((block) => {
    const text = block.kind === 'table' ? flattened(block.cells) : block.text;
    if (text.trim() !== '') lines.push(text);
  });

/** Gives what is left over when a container ends. */
export const flushCarried = (container: Container | undefined): void => {
  if (container === undefined || container.carried === '') return;
  const text = container.carried;
  container.carried = '';
  container.add({ kind: 'paragraph', text, level: null });
};

export const addBlock = (story: Story, block: StoryBlock): void =>
  story.containers.at(-1)?.add(block);

/** Puts text at the end of the open paragraph; text outside of any paragraph has no place in a document. */
export const appendText = (story: Story, text: string): void => {
  const paragraph = story.paragraphs.at(-1);
  if (paragraph === undefined || text === '') return;
  paragraph.text.push(text);
  story.marks.characters += text.length;
};
