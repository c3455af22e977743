/** Makes a docx, as a word processor would save it, from paragraphs, headings and tables with merged cells. */
import {
  Document,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';

export type CellPart =
  | string
  | { readonly text: string; readonly columnSpan?: number; readonly rowSpan?: number };

export interface RowPart {
  readonly cells: readonly CellPart[];
  /** The first cell runs over the whole width of the table. */
  readonly merged?: boolean;
  /** Marked as a header row that repeats on each page. */
  readonly header?: boolean;
}

export type DocxPart =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string; readonly level: number }
  | { readonly kind: 'table'; readonly rows: readonly RowPart[] };

const LEVELS = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
  HeadingLevel.HEADING_6,
] as const;

const runs = (text: string): TextRun[] =>
  text.split('\n').map((line, index) => new TextRun(index === 0 ? line : { text: line, break: 1 }));

const paragraph = (text: string): Paragraph => new Paragraph({ children: runs(text) });

const heading = (text: string, level: number): Paragraph =>
  new Paragraph({
    heading: LEVELS[level - 1] ?? HeadingLevel.HEADING_6,
    children: runs(text),
  });

const spanOf = (cell: CellPart): number => (typeof cell === 'string' ? 1 : (cell.columnSpan ?? 1));

const widthOf = (rows: readonly RowPart[]): number =>
  Math.max(1, ...rows.map(({ cells }) => cells.reduce((width, cell) => width + spanOf(cell), 0)));

const tableCell = (cell: CellPart, whole: number | null): TableCell => {
  const { text, columnSpan, rowSpan } =
    typeof cell === 'string' ? { text: cell, columnSpan: 1, rowSpan: 1 } : cell;
  return new TableCell({
    columnSpan: whole ?? columnSpan ?? 1,
    rowSpan: rowSpan ?? 1,
    children: text.split('\n').map(paragraph),
  });
};

const table = (rows: readonly RowPart[]): Table => {
  const width = widthOf(rows);
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(
      ({ cells, merged, header }) =>
        new TableRow({
          tableHeader: header ?? false,
          children: cells.map((cell) => tableCell(cell, merged === true ? width : null)),
        }),
    ),
  });
};

const block = (part: DocxPart): Paragraph | Table => {
  if (part.kind === 'table') return table(part.rows);
  return part.kind === 'heading' ? heading(part.text, part.level) : paragraph(part.text);
};

/** A line end inside a paragraph becomes a soft break, inside a cell a new paragraph. */
export const makeDocx = async (parts: readonly DocxPart[], title = ''): Promise<Uint8Array> => {
  const document = new Document({ title, sections: [{ children: parts.map(block) }] });
  return new Uint8Array(await Packer.toBuffer(document));
};
