/** Lays the tables of a workbook out as canonical text; a long list stands there with its first rows and a summary. */
import type { ColumnCount, ScreenRows } from '../../domain/screening.ts';
import type { CanonicalText, ColumnHit, Format } from '../../domain/text.ts';
import { type CanonicalBuilder, canonicalBuilder } from '../canonical.ts';
import { findTables, type SheetTable } from './find-tables.ts';
import { denseRows, gridCells, usedColumns } from './grid-cells.ts';
import { columnLetters, type Sheet, type SheetRow, type Workbook } from './sheet.ts';
import {
  isList,
  isTotal,
  PERSONAL_COLUMN,
  SUMMARY_HEADER,
  summariseRows,
  summaryRow,
} from './summarise-rows.ts';

/** Rows of a list that stand in the text, before its totals. */
const KEPT_ROWS = 20;
const LONGEST_TITLE = 60;

interface Writing {
  readonly builder: CanonicalBuilder;
  /** null: nobody looks at the rows that are left out. */
  readonly screenRows: ScreenRows | null;
  /** Tables in the text so far. */
  tables: number;
  isTitled: boolean;
  summarised: boolean;
  /** Hits with the table and row where the text will tell of them. */
  readonly hits: (Omit<ColumnHit, 'start' | 'end'> & {
    readonly table: number;
    readonly row: number;
  })[];
}

const addTable = (
  writing: Writing,
  cells: Parameters<CanonicalBuilder['table']>[0],
  headerRows: number,
): void => {
  const before = writing.builder.length();
  writing.builder.table(cells, headerRows);
  if (writing.builder.length() > before) writing.tables += 1;
};

/** The first line of a file is its title, where it is as short as one. */
const addLines = (writing: Writing, lines: readonly string[]): void => {
  for (const line of lines) {
    const isTitle = !writing.isTitled && line.length <= LONGEST_TITLE && !/[。；]$/u.test(line);
    if (isTitle) writing.builder.heading(line, 1);
    else writing.builder.paragraph(line);
    writing.isTitled = true;
  }
};

/** One name for each used column, header cells over each other joined. */
const columnNames = (header: readonly SheetRow[], used: readonly number[]): string[] => {
  const names = used.map((): string[] => []);
  for (const row of denseRows(header, used))
    for (const [at, text] of row.entries()) if (text.trim() !== '') names[at]?.push(text.trim());
  return names.map((parts, at) => parts.join('/') || `${columnLetters(used[at] ?? 0)}列`);
};

interface List {
  readonly table: SheetTable;
  readonly body: readonly SheetRow[];
  readonly used: readonly number[];
  readonly names: readonly string[];
}

const keptRows = ({ table, body }: List): SheetRow[] => {
  const last = body.at(-1);
  const totals = last !== undefined && body.length > KEPT_ROWS && isTotal(last) ? [last] : [];
  return [...table.rows.slice(0, table.headerRows), ...body.slice(0, KEPT_ROWS), ...totals];
};

const screened = ({ table, body, used, names }: List, screenRows: ScreenRows | null) =>
  screenRows?.({ title: table.lead.join('\n'), header: names, rows: denseRows(body, used) }) ?? [];

const addSummary = (
  writing: Writing,
  list: List,
  { counts, sheet }: { readonly counts: readonly ColumnCount[]; readonly sheet: number },
): void => {
  const { body, used, names } = list;
  const counted = body.filter((row) => !isTotal(row));
  const { columns } = summariseRows(denseRows(counted, used), used.length);
  const rows = columns.map((column, at) =>
    summaryRow(
      names[at] ?? '',
      column,
      counts.filter((count) => count.column === at),
    ),
  );
  const cells = [SUMMARY_HEADER, ...rows].flatMap((texts, row) =>
    texts.map((text, column) => ({ row, column, text })),
  );
  const table = writing.tables;
  addTable(writing, cells, 1);
  for (const { column, code, count } of counts)
    writing.hits.push({
      sheet,
      column: columnLetters(used[column] ?? 0),
      name: names[column] ?? '',
      code,
      count,
      table,
      row: column + 1,
    });
};

const addList = (writing: Writing, list: List, at: { sheet: Sheet; number: number }): void => {
  const { builder } = writing;
  const kept = keptRows(list);
  addTable(writing, gridCells(kept, at.sheet.merges), list.table.headerRows);
  const shown = Math.min(KEPT_ROWS, list.body.length);
  builder.paragraph(
    `（本表共${list.body.length}行，以上列出前${shown}行，其余各行不在正文中；各列汇总如下。）`,
  );
  builder.warn('W_ROWS_SUMMARISED', `${at.number}: ${list.body.length}`);
  writing.summarised = true;
  addSummary(writing, list, { counts: screened(list, writing.screenRows), sheet: at.number });
};

const addSheetTable = (
  writing: Writing,
  table: SheetTable,
  at: { readonly sheet: Sheet; readonly number: number },
): void => {
  addLines(writing, table.lead);
  if (table.rows.length > 0) {
    const body = table.rows.slice(table.headerRows);
    const used = usedColumns(table.rows);
    const names = columnNames(table.rows.slice(0, table.headerRows), used);
    const isLong =
      body.length > KEPT_ROWS &&
      isList(
        body.length,
        body.length * used.length,
        summariseRows(denseRows(body.slice(0, MOST_LOOKED_AT), used), used.length),
      );
    if (isLong) addList(writing, { table, body, used, names }, at);
    else addTable(writing, gridCells(table.rows, at.sheet.merges), table.headerRows);
  }
  addLines(writing, table.tail);
};

/** More rows are a list whatever they say. */
const MOST_LOOKED_AT = 2_000;

const DEFAULT_NAME = /^(?:sheet|工作表|表|Tabelle|Feuil)\s?\d{0,3}$/iu;

const warn = (builder: CanonicalBuilder, book: Workbook): void => {
  const rows = book.sheets.flatMap((sheet) => sheet.rows.filter(({ hidden }) => hidden)).length;
  const columns = book.sheets.reduce((sum, { hiddenColumns }) => sum + hiddenColumns, 0);
  const sheets = book.sheets.filter((sheet) => sheet.hidden && sheet.rows.length > 0).length;
  if (sheets > 0) builder.warn('W_HIDDEN_SHEETS', String(sheets));
  if (rows > 0) builder.warn('W_HIDDEN_ROWS', String(rows));
  if (columns > 0) builder.warn('W_HIDDEN_COLUMNS', String(columns));
  if (book.roundedNumbers > 0) builder.warn('W_ROUNDED_NUMBERS', String(book.roundedNumbers));
  if (book.comments) builder.warn('W_COMMENTS');
  if (book.pictures > 0) builder.warn('W_PICTURES', String(book.pictures));
  if (book.macros) builder.warn('W_MACROS');
  for (const kind of book.unread) builder.warn('W_UNREAD_PART', kind);
};

/** Where the text tells of each hit: the cell of personal data in the row of its column. */
const placed = (text: CanonicalText, hits: Writing['hits']): ColumnHit[] => {
  const tables = text.blocks.filter((block) => block.kind === 'table');
  return hits.flatMap(({ table, row, ...hit }) => {
    const cell = tables[table]?.cells.find(
      (one) => one.row === row && one.column === PERSONAL_COLUMN,
    );
    return cell === undefined ? [] : [{ ...hit, start: cell.start, end: cell.end }];
  });
};

const metadataOf = (builder: CanonicalBuilder, { sheets }: Workbook): void => {
  const joined = (texts: readonly string[]): string =>
    [...new Set(texts.filter((text) => text !== ''))].join('\n');
  builder.metadata('sheets', joined(sheets.map(({ name }) => name)));
  builder.metadata('header', joined(sheets.map(({ header }) => header)));
  builder.metadata('footer', joined(sheets.map(({ footer }) => footer)));
};

/**
 * Sheets in their order, hidden ones too. The name of a sheet is a heading where several hold something and it is none
 * that the program gives. Warnings: W_HIDDEN_SHEETS, W_HIDDEN_ROWS, W_HIDDEN_COLUMNS, W_ROWS_SUMMARISED (sheet: rows),
 * W_ROUNDED_NUMBERS, W_COMMENTS, W_PICTURES, W_MACROS, W_UNREAD_PART, each with a count where there is one.
 */
export const writeSheets = (
  book: Workbook,
  format: Format,
  screenRows: ScreenRows | null,
): CanonicalText => {
  const builder = canonicalBuilder();
  const writing: Writing = {
    builder,
    screenRows,
    tables: 0,
    isTitled: false,
    summarised: false,
    hits: [],
  };
  const filled = book.sheets.filter(({ rows, boxes }) => rows.length + boxes.length > 0);
  for (const [at, sheet] of book.sheets.entries()) {
    if (!filled.includes(sheet)) continue;
    const isNamed = filled.length > 1 && sheet !== filled[0] && !DEFAULT_NAME.test(sheet.name);
    if (isNamed) builder.heading(sheet.name, 2);
    for (const table of findTables(sheet)) addSheetTable(writing, table, { sheet, number: at + 1 });
    for (const text of sheet.boxes) builder.paragraph(text);
  }
  metadataOf(builder, book);
  warn(builder, book);
  const text = builder.build(format);
  return writing.summarised && screenRows !== null
    ? { ...text, columnHits: placed(text, writing.hits) }
    : text;
};
