/** Moves the cells of a row that came without its borders back under their columns, or says that this cannot be known. */
import { linesOf } from './cell-words.ts';
import type { GridCell, GridRow } from './grid.ts';
import type { Role } from './header-names.ts';
import type { Notes } from './notes.ts';
import { numberCell } from './task-numbers.ts';
import type { Row } from './task-sheets.ts';
import { looksLikeUnits } from './unit-names.ts';

export const placeOf = (row: Row): string => `表${row.table}第${row.row}行`;

const isUnitRole = (role: Role | undefined): boolean => role === 'lead' || role === 'responsible';

const fits = (cell: GridCell | null, role: Role | undefined): boolean => {
  if (cell === null || cell.text === '') return true;
  if (isUnitRole(role)) return looksLikeUnits(cell.text) || /^[-—–/无\s]+$/u.test(cell.text);
  if (role === 'requirement') return !looksLikeUnits(cell.text);
  return role !== 'number' || numberCell(cell.text) !== null;
};

const fitsAll = (slots: GridRow, roles: readonly Role[]): boolean =>
  slots.every((cell, column) => fits(cell, roles[column]));

const shifted = (slots: GridRow, by: number): GridRow => [
  ...new Array<null>(by).fill(null),
  ...slots.slice(0, slots.length - by),
];

const missingAtEnd = (slots: GridRow, width: number): number => {
  let missing = 0;
  while (missing < width && (slots[width - 1 - missing] ?? null) === null) missing += 1;
  return missing;
};

const leadingLabels = (roles: readonly Role[]): number => {
  const first = roles.findIndex(
    (role) => role !== 'number' && role !== 'section' && role !== 'task' && role !== 'unknown',
  );
  return first < 0 ? roles.length : first;
};

/** A row short of cells goes where its units read as units; where nothing fits, the row is a doubt. */
const fitShort = (row: Row, roles: readonly Role[], notes: Notes): Row => {
  const single = new Set(row.slots).size <= 2;
  const missing = missingAtEnd(row.slots, roles.length);
  if (missing === 0 || single || fitsAll(row.slots, roles)) return row;
  const moves = Array.from({ length: Math.min(missing, leadingLabels(roles)) }, (_, by) => by + 1)
    .map((by) => shifted(row.slots, by))
    .filter((slots) => fitsAll(slots, roles));
  const [slots] = moves;
  if (slots === undefined || moves.length > 1) {
    notes.doubt(`${placeOf(row)}：缺少单元格，无法确定各列`);
    return row;
  }
  notes.warn('W_SHORT_ROW', placeOf(row));
  return { ...row, slots };
};

/** A stray tab leaves an empty cell and pushes the last column over the edge of the header. */
const fitOverflow = (row: Row, roles: readonly Role[], notes: Notes): Row => {
  const last = roles.findLastIndex((role) => role !== 'unknown');
  const beyond = row.slots.slice(last + 1).filter((cell) => cell !== null && cell.text !== '');
  const [cell] = beyond;
  if (cell === undefined || cell === null || roles.slice(last + 1).length === 0) return row;
  if (row.slots.slice(0, last + 1).includes(cell)) return row;
  const edge = row.slots[last] ?? null;
  if (beyond.length > 1 || (edge !== null && edge.text !== '') || !fits(cell, roles[last])) {
    notes.doubt(`${placeOf(row)}：单元格多于表头`);
    return row;
  }
  return { ...row, slots: row.slots.with(last, cell) };
};

/** The row with its cells under the columns they belong to. */
export const fitRow = (row: Row, roles: readonly Role[], notes: Notes): Row =>
  fitOverflow(fitShort(row, roles, notes), roles, notes);

/** Words in a unit column that are no units: sentences, or more than any list of units. */
export const isNoUnitList = (text: string): boolean => {
  const words = linesOf(text).join('');
  const sentences = /[。！？](?=.)/u.test(words);
  return (words.length > 60 && sentences) || (words.length > 400 && !looksLikeUnits(text));
};
