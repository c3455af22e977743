/** Finds what a sheet is made of: titles above a table, its header rows, its body, and notes below. */
import type { Merge, Sheet, SheetRow } from './sheet.ts';
import { kindOf } from './value-kind.ts';

export interface SheetTable {
  /** Lines above the header. */
  readonly lead: readonly string[];
  /** Header rows first, then the body. */
  readonly rows: readonly SheetRow[];
  readonly headerRows: number;
  /** Lines below. */
  readonly tail: readonly string[];
}

const MOST_LEAD_ROWS = 15;
const SAMPLE_ROWS = 30;
const LONGEST_HEADER_CELL = 60;
const HEADER_SHARE = 0.6;
const MOST_HEADER_ROWS = 4;

type MergesByRow = ReadonlyMap<number, readonly Merge[]>;

const byRow = (merges: readonly Merge[]): MergesByRow => Map.groupBy(merges, ({ row }) => row);

/** Columns that the filled cells of a row take up, merged ones with all of theirs. */
const covered = (row: SheetRow, merges: MergesByRow): number => {
  const spans = new Map(
    (merges.get(row.number) ?? []).map((merge) => [
      merge.column,
      merge.lastColumn - merge.column + 1,
    ]),
  );
  return row.columns.reduce((sum, column) => sum + (spans.get(column) ?? 1), 0);
};

const isText = (text: string): boolean => kindOf(text) === 'text';

const readsAsHeader = ({ texts }: SheetRow): boolean =>
  texts.length >= 2 &&
  texts.every((text) => text.length <= LONGEST_HEADER_CELL && isText(text)) &&
  new Set(texts).size > texts.length / 2;

const widthOf = (rows: readonly SheetRow[]): number =>
  rows.slice(0, SAMPLE_ROWS).reduce((most, { columns }) => Math.max(most, columns.length), 0);

/** Index of the header row; -1 where none is found before the body must have begun. */
const headerIndex = (rows: readonly SheetRow[], merges: MergesByRow): number => {
  const width = widthOf(rows);
  for (const [at, row] of rows.slice(0, MOST_LEAD_ROWS).entries()) {
    const isWide = covered(row, merges) >= width * HEADER_SHARE && row.texts.length >= 2;
    if (isWide) return readsAsHeader(row) && at + 1 < rows.length ? at : -1;
  }
  return -1;
};

/** A header goes on below where cells of it are merged downwards, or sideways over names of their own. */
const headerHeight = (rows: readonly SheetRow[], at: number, merges: MergesByRow): number => {
  const first = rows[at];
  const own = merges.get(first?.number ?? -1) ?? [];
  const isSplit = own.some((merge) => merge.lastColumn > merge.column);
  const lowest = own.reduce((most, { lastRow }) => Math.max(most, lastRow), first?.number ?? 0);
  let height = 1;
  for (const row of rows.slice(at + 1, at + MOST_HEADER_ROWS)) {
    const isCovered = row.number <= lowest;
    if (!(isCovered || (isSplit && height === 1)) || !row.texts.every(isText)) break;
    height += 1;
  }
  return height;
};

const TAIL =
  /^(?:注|备注|说明|填表|制表|审核|负责人|单位负责人|联系|资料来源|数据来源|[（(]?注)[：:]?/u;
const LONG_LINE = 20;

const isTailRow = ({ texts, columns }: SheetRow): boolean =>
  columns.length === 1 && (TAIL.test(texts[0] ?? '') || (texts[0] ?? '').length > LONG_LINE);

/** Number of rows at the end that are notes. */
const tailLength = (rows: readonly SheetRow[]): number => {
  let count = 0;
  while (count < rows.length) {
    const row = rows[rows.length - 1 - count];
    if (row === undefined || !isTailRow(row)) break;
    count += 1;
  }
  return count;
};

const lineOf = ({ texts }: SheetRow): string => texts.map((text) => text.trim()).join('　');

const tableOf = (rows: readonly SheetRow[], merges: MergesByRow): SheetTable => {
  if (rows.every(({ columns }) => columns.length < 2))
    return { lead: rows.map(lineOf), rows: [], headerRows: 0, tail: [] };
  const header = headerIndex(rows, merges);
  const firstWide = rows.findIndex(({ columns }) => columns.length > 1);
  const from = header < 0 ? firstWide : header;
  const to = rows.length - tailLength(rows.slice(from + 1));
  return {
    lead: rows.slice(0, from).map(lineOf),
    rows: rows.slice(from, to),
    headerRows: header < 0 ? 0 : Math.min(to - from, headerHeight(rows, header, merges)),
    tail: rows.slice(to).map(lineOf),
  };
};

/** After an empty row a new table begins where a title or a header of other words stands. */
const beginsTable = (rows: readonly SheetRow[], at: number, merges: MergesByRow): boolean => {
  const after = rows.slice(at, at + 3);
  if (after[0]?.columns.length === 1)
    return after.slice(1).some((row) => readsAsHeader(row)) && isText(after[0].texts[0] ?? '');
  return after.length > 1 && headerIndex(rows.slice(at, at + SAMPLE_ROWS), merges) === 0;
};

/** Tables of one sheet from top to bottom; a sheet without any gives its lines as the lead of one. */
export const findTables = ({ rows, merges }: Sheet): SheetTable[] => {
  const known = byRow(merges);
  const tables: SheetTable[] = [];
  let from = 0;
  let hasBody = false;
  for (const [at, row] of rows.entries()) {
    const gap = at > from && row.number - (rows[at - 1]?.number ?? 0) > 1;
    if (gap && hasBody && beginsTable(rows, at, known)) {
      tables.push(tableOf(rows.slice(from, at), known));
      from = at;
      hasBody = false;
    }
    hasBody ||= row.columns.length > 1;
  }
  if (rows.length > from) tables.push(tableOf(rows.slice(from), known));
  return tables;
};
