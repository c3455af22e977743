/** Gathers the text of one story of an RTF (body, header, note, text box) into paragraphs and tables. */
import { joinLabel } from '../docx/number-labels.ts';
import { lineContainer, type StoryBlock } from '../docx/story-state.ts';
import { type FinishedRow, type RowShape, tableOf } from './table-rows.ts';

/** What a paragraph says of itself when it ends. */
export interface ParagraphPlace {
  /** 0 outside of tables, 1 in a cell, 2 and more in a table inside a cell. */
  readonly depth: number;
  /** 1–9 for a heading. */
  readonly level: number | null;
}

export interface Flow {
  append(text: string): void;
  /** The automatic number of the paragraph that begins. */
  label(text: string): void;
  /** Comes after the open paragraph. */
  float(block: StoryBlock): void;
  endParagraph(place: ParagraphPlace): void;
  endCell(): void;
  endRow(shape: RowShape): void;
  endInnerCell(): void;
  endInnerRow(): void;
  finish(): void;
}

/** Rows of a table inside a cell become lines, its cells are parted by a blank. */
const innerTable = (outer: () => string[]) => {
  let lines: string[] = [];
  let row: string[] = [];
  return {
    line: (text: string): void => void lines.push(text),
    endCell: (): void => {
      row.push(lines.join(' ').trim());
      lines = [];
    },
    endRow: (): void => {
      outer().push(row.join(' ').trim());
      row = [];
    },
    flush: (): void => {
      for (const text of [...row, ...lines]) outer().push(text);
      [row, lines] = [[], []];
    },
  };
};

/** The table being read, and the cell in it. */
const openTable = (give: (block: StoryBlock) => void) => {
  let lines: string[] = [];
  let cells: string[][] = [];
  let rows: FinishedRow[] = [];
  return {
    lines: () => lines,
    endCell: (): void => {
      cells.push(lines);
      lines = [];
    },
    endRow: (shape: RowShape): void => {
      rows.push({ shape, cells });
      cells = [];
    },
    /** What has no row around it is given as paragraphs, so that nothing is lost. */
    close: (): void => {
      if (rows.length > 0) give({ kind: 'table', ...tableOf(rows) });
      for (const text of [...cells.flat(), ...lines])
        give({ kind: 'paragraph', text, level: null });
      [rows, cells, lines] = [[], [], []];
    },
  };
};

/** Gives finished blocks to `give` in reading order. */
export const newFlow = (give: (block: StoryBlock) => void): Flow => {
  const table = openTable(give);
  const inner = innerTable(table.lines);
  let pieces: string[] = [];
  let label = '';
  let floating: StoryBlock[] = [];

  const takeText = (): string => {
    const own = pieces.join('');
    const text = label === '' ? own : joinLabel(label, 'tab', own.replace(/^[\s\u3000]+/u, ''));
    pieces = [];
    label = '';
    return text;
  };
  const giveFloating = (inCell: boolean): void => {
    const into = inCell ? lineContainer(table.lines()).add : give;
    for (const block of floating) into(block);
    floating = [];
  };
  const endCell = (): void => {
    inner.flush();
    const text = takeText();
    if (text !== '') table.lines().push(text);
    giveFloating(true);
    table.endCell();
  };
  return {
    append: (text) => void pieces.push(text),
    label: (text) => {
      label = text;
    },
    float: (block) => void floating.push(block),
    endParagraph: ({ depth, level }) => {
      const text = takeText();
      if (depth === 0) {
        table.close();
        give({ kind: 'paragraph', text, level });
      } else if (depth === 1) table.lines().push(text);
      else inner.line(text);
      giveFloating(depth > 0);
    },
    endCell,
    endRow: (shape) => {
      if (pieces.join('').trim() !== '') endCell();
      table.endRow(shape);
    },
    endInnerCell: () => {
      inner.line(takeText());
      inner.endCell();
    },
    endInnerRow: inner.endRow,
    finish: () => {
      inner.flush();
      table.close();
      const text = takeText();
      if (text.trim() !== '') give({ kind: 'paragraph', text, level: null });
      giveFloating(false);
    },
  };
};
