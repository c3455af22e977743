/** Builds canonical text: every extractor adds its blocks in reading order and offsets come out right by construction. */
import type { Block, CanonicalText, Cell, Format, Page, Warning } from '../domain/text.ts';

/** One cell as a reader found it; positions in the grid, spans at least 1. */
export interface CellInput {
  readonly row: number;
  readonly column: number;
  readonly rowSpan?: number;
  readonly columnSpan?: number;
  readonly text: string;
}

export interface CanonicalBuilder {
  heading(text: string, level: number): void;
  paragraph(text: string): void;
  /** Cells in any order; a merged cell once, at its top left corner. */
  table(cells: readonly CellInput[], headerRows?: number): void;
  note(text: string): void;
  /** What follows stands on this page. A page left `unread` is listed with no text. `confidence` of a page read as a picture. */
  page(number: number, state?: Page['state'], confidence?: number): void;
  metadata(name: string, value: string): void;
  warn(code: string, detail?: string): void;
  /** UTF-16 code units added so far. */
  length(): number;
  build(format: Format): CanonicalText;
}

const UNSEEN =
  /[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb]/gu;

/**
 * NFC, \n line ends, plain spaces, no unseen characters, no blanks at line ends, no unpaired surrogates. The lookbehinds
 * keep a long run of blanks from being tried at each of its characters.
 */
export const normaliseText = (raw: string): string =>
  raw
    .toWellFormed()
    .replace(/\r\n?|[\u000b\u000c\u0085\u2028\u2029]/gu, '\n')
    .replace(UNSEEN, '')
    .normalize('NFC')
    .replace(/[\u00a0\u2000-\u200a\u202f\u205f]/gu, ' ')
    .replace(/(?<![ \t\u3000])[ \t\u3000]+\n/gu, '\n');

const oneBlock = (raw: string): string =>
  normaliseText(raw).replace(/^[\n ]+|(?<![\s\u3000])[\s\u3000]+$/gu, '');

/** Inside a cell a tab would read as a cell border. */
const oneCell = (raw: string): string => oneBlock(raw).replace(/\t/gu, ' ').trim();

const layOut = (
  cells: readonly CellInput[],
  start: number,
): { text: string; cells: Cell[]; columns: number; rows: number } => {
  const ordered = [...cells].sort((a, b) => a.row - b.row || a.column - b.column);
  const placed: Cell[] = [];
  let text = '';
  let row: number | null = null;
  for (const cell of ordered) {
    if (row !== null) text += cell.row === row ? '\t' : '\n';
    row = cell.row;
    const from = start + text.length;
    text += oneCell(cell.text);
    const spans = {
      rowSpan: Math.max(1, cell.rowSpan ?? 1),
      columnSpan: Math.max(1, cell.columnSpan ?? 1),
    };
    placed.push({
      start: from,
      end: start + text.length,
      row: cell.row,
      column: cell.column,
      ...spans,
    });
  }
  const rows = placed.reduce((most, cell) => Math.max(most, cell.row + cell.rowSpan), 0);
  const columns = placed.reduce((most, cell) => Math.max(most, cell.column + cell.columnSpan), 0);
  return { text, cells: placed, columns, rows };
};

/** The growing text with the page it stands on; a single \n separates what is pushed. */
const growingText = () => {
  const parts: string[] = [];
  const pages: Page[] = [];
  let length = 0;
  const open = (): number => (length === 0 ? 0 : length + 1);
  return {
    open,
    pages,
    length: () => length,
    text: () => parts.join(''),
    pageNumber: () => pages.at(-1)?.number ?? null,
    push: (text: string): void => {
      if (length > 0) parts.push('\n');
      parts.push(text);
      length = open() + text.length;
      const page = pages.at(-1);
      if (page !== undefined) pages[pages.length - 1] = { ...page, end: length };
    },
  };
};

export const canonicalBuilder = (): CanonicalBuilder => {
  const growing = growingText();
  const blocks: Block[] = [];
  const warnings: Warning[] = [];
  const metadata: Record<string, string> = {};

  const add = (
    raw: string,
    block: (place: { start: number; end: number; page: number | null }) => Block,
  ): void => {
    const text = oneBlock(raw);
    if (text === '') return;
    const start = growing.open();
    blocks.push(block({ start, end: start + text.length, page: growing.pageNumber() }));
    growing.push(text);
  };
  const addTable = (input: readonly CellInput[], headerRows: number): void => {
    const start = growing.open();
    const { text, ...grid } = layOut(input, start);
    if (text.trim() === '') return;
    const place = { start, end: start + text.length, page: growing.pageNumber() };
    blocks.push({ kind: 'table', headerRows, ...grid, ...place });
    growing.push(text);
  };

  return {
    heading: (text, level) =>
      add(text, (place) => ({ kind: 'heading', level: Math.min(9, Math.max(1, level)), ...place })),
    paragraph: (text) => add(text, (place) => ({ kind: 'paragraph', ...place })),
    note: (text) => add(text, (place) => ({ kind: 'note', ...place })),
    table: (cells, headerRows = 0) => addTable(cells, headerRows),
    page: (number, state = 'read', confidence) => {
      const start = growing.open();
      const known = confidence === undefined ? {} : { confidence };
      growing.pages.push({ number, state, start, end: start, ...known });
    },
    metadata: (name, value) => {
      const text = oneBlock(value);
      if (text !== '' && !Object.hasOwn(metadata, name)) metadata[name] = text;
    },
    warn: (code, detail = '') => {
      if (!warnings.some((known) => known.code === code && known.detail === detail))
        warnings.push({ code, detail });
    },
    length: growing.length,
    build: (format) => {
      const text = growing.text();
      const inside = (at: number): number => Math.min(at, text.length);
      const pages = growing.pages.map((page) => ({
        ...page,
        start: inside(page.start),
        end: inside(page.end),
      }));
      return { text, blocks, pages, format, metadata, warnings };
    },
  };
};
