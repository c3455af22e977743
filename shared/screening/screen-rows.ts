/** Counts personal data in every row of a list, column by column: what is left out of a text is screened all the same. */
import type { FlagCode } from '../domain/flag-codes.ts';
import type { ColumnCount, ListRows, PersonalHit } from '../domain/screening.ts';
import type { CanonicalText, Cell } from '../domain/text.ts';
import { findPersonal } from './screen.ts';

/** Rows that are looked at together: the detectors take the head of a table into account, so each batch has it. */
const BATCH_ROWS = 500;

/** A batch as a text of its own: title, then one table with the header on top. */
const batchText = (
  { title, header }: ListRows,
  rows: readonly (readonly string[])[],
): CanonicalText => {
  const cells: Cell[] = [];
  const lines: string[] = [];
  const above = title === '' ? '' : `${title}\n`;
  let at = above.length;
  for (const [row, texts] of [header, ...rows].entries()) {
    const plain = texts.map((text) => text.replace(/[\t\r\n]+/gu, ' '));
    for (const [column, text] of plain.entries()) {
      cells.push({ start: at, end: at + text.length, row, column, rowSpan: 1, columnSpan: 1 });
      at += text.length + 1;
    }
    lines.push(plain.join('\t'));
  }
  const text = above + lines.join('\n');
  const place = { start: above.length, end: text.length, page: null };
  const table = { rows: rows.length + 1, columns: header.length, headerRows: 1, cells };
  return {
    text,
    blocks: [{ kind: 'table', ...table, ...place }],
    pages: [],
    format: 'txt',
    metadata: {},
    warnings: [],
  };
};

/** The cell in which a hit begins; -1 for one in the title or the header. */
const cellAt = (cells: readonly Cell[], { start }: PersonalHit): number => {
  let [low, high] = [0, cells.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cells[middle]?.end ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const cell = cells[low];
  return cell === undefined || cell.row === 0 || start < cell.start ? -1 : low;
};

type Counts = Map<number, Map<FlagCode, number>>;

const countBatch = (counts: Counts, list: ListRows, rows: readonly (readonly string[])[]): void => {
  const text = batchText(list, rows);
  const [table] = text.blocks;
  const cells = table?.kind === 'table' ? table.cells : [];
  for (const hit of findPersonal(text, null)) {
    const column = cells[cellAt(cells, hit)]?.column;
    if (column === undefined) continue;
    const ofColumn = counts.get(column) ?? new Map<FlagCode, number>();
    counts.set(column, ofColumn.set(hit.code, (ofColumn.get(hit.code) ?? 0) + 1));
  }
};

/** Linear in the characters of the rows; holds some hundred rows at a time. */
export const screenRows = (list: ListRows): ColumnCount[] => {
  const counts: Counts = new Map();
  let batch: (readonly string[])[] = [];
  for (const row of list.rows) {
    batch.push(row);
    if (batch.length < BATCH_ROWS) continue;
    countBatch(counts, list, batch);
    batch = [];
  }
  if (batch.length > 0) countBatch(counts, list, batch);
  return [...counts].flatMap(([column, ofColumn]) =>
    [...ofColumn].map(([code, count]) => ({ column, code, count })),
  );
};
