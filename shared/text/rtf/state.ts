/** What holds in a group of RTF, and what is known of the whole document. */
import type { Refusal } from '../../domain/refusal.ts';
import type { RtfFont } from './charsets.ts';
import type { Flow } from './flow.ts';
import type { CellShape, RowShape } from './table-rows.ts';

/** What becomes of the text in a group. */
export type Destination =
  | 'text'
  | 'skip'
  | 'fonts'
  | 'styles'
  | 'properties'
  | 'property'
  | 'label';

export interface GroupState {
  destination: Destination;
  flow: Flow;
  /** Set by the group that began this story: called when it ends. */
  atEnd: (() => void) | null;
  /** No word has come yet: the next one may name a destination. */
  fresh: boolean;
  /** `\*` came: an unknown destination is skipped with all it holds. */
  starred: boolean;
  /** The next group inside says the same for old readers (\upr). */
  skipChild: boolean;
  font: number;
  farFont: number;
  script: 'near' | 'far';
  /** Characters that stand for a \u character in old readers. */
  fallback: number;
  hidden: boolean;
  deleted: boolean;
  style: number;
  outline: number | null;
  inTable: boolean;
  tableDepth: number;
  /** Row properties of a table inside a cell: not those of the row around it. */
  innerRow: boolean;
}

export interface RtfMarks {
  tracked: boolean;
  comments: boolean;
  hidden: boolean;
  unknownSign: boolean;
  replaced: boolean;
  pictures: number;
  readonly unread: Set<string>;
}

export interface OpenRow {
  /** A row was begun and has not ended: text without \intbl belongs to it too. */
  begun: boolean;
  left: number;
  header: boolean;
  cells: CellShape[];
  next: Omit<CellShape, 'right'>;
}

export interface RtfDocument {
  readonly fonts: Map<number, RtfFont>;
  /** Outline level of paragraph styles, 0–8. */
  readonly outlines: Map<number, number>;
  readonly properties: Map<string, string>;
  readonly notes: { kind: 'footnote' | 'endnote'; text: string }[];
  readonly headers: string[];
  readonly footers: string[];
  readonly marks: RtfMarks;
  readonly row: OpenRow;
  charset: string;
  defaultFont: number;
  characters: number;
  cells: number;
  /** Paragraphs with words, notes, text boxes and margins. */
  blocks: number;
  stop: Refusal | null;
}

const NO_SHAPE: OpenRow['next'] = { vertical: 'none', continuesLeft: false };

export const newDocument = (): RtfDocument => ({
  fonts: new Map(),
  outlines: new Map(),
  properties: new Map(),
  notes: [],
  headers: [],
  footers: [],
  marks: {
    tracked: false,
    comments: false,
    hidden: false,
    unknownSign: false,
    replaced: false,
    pictures: 0,
    unread: new Set(),
  },
  row: { begun: false, left: 0, header: false, cells: [], next: NO_SHAPE },
  charset: 'windows-1252',
  defaultFont: 0,
  characters: 0,
  cells: 0,
  blocks: 0,
  stop: null,
});

export const newState = (flow: Flow): GroupState => ({
  destination: 'text',
  flow,
  atEnd: null,
  fresh: true,
  starred: false,
  skipChild: false,
  font: -1,
  farFont: -1,
  script: 'near',
  fallback: 1,
  hidden: false,
  deleted: false,
  style: 0,
  outline: null,
  inTable: false,
  tableDepth: 0,
  innerRow: false,
});

export const newRow = (): OpenRow => ({
  begun: true,
  left: 0,
  header: false,
  cells: [],
  next: NO_SHAPE,
});

const MOST_CELLS_IN_ROW = 1_000;

/** The row after \cellx: the cell that the words before it described ends at `right`. */
export const withCell = (row: OpenRow, right: number): Partial<OpenRow> => {
  if (row.cells.length < MOST_CELLS_IN_ROW) row.cells.push({ ...row.next, right });
  return { next: NO_SHAPE };
};

export const shapeOf = ({ left, header, cells }: OpenRow): RowShape => ({ left, header, cells });
