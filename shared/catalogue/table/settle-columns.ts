/** Settles what each column of a table holds once its rows are known, and where its task numbers are printed. */
import { type GridCell, spokenCells } from './grid.ts';
import type { Role } from './header-names.ts';
import { chineseNumber, leadingNumber, numberCell, sectionMark } from './task-numbers.ts';
import { cellIsFresh, type Row, type Segment } from './task-sheets.ts';

export type NumberSource = 'column' | 'task' | 'requirement' | 'chinese' | 'none';

export interface Sheet {
  readonly roles: readonly Role[];
  readonly rows: readonly Row[];
  readonly firstLeads: boolean;
}

export interface Layout {
  readonly sheets: readonly Sheet[];
  readonly source: NumberSource;
  /** Columns (from 1) that hold words and whose name says nothing to us. */
  readonly unread: readonly number[];
}

/** The distinct cells of a row in the columns of a role, spoken or not. */
export const cellsIn = (row: Row, roles: readonly Role[], role: Role): GridCell[] => {
  const cells = new Set<GridCell>();
  roles.forEach((own, column) => {
    const cell = row.slots[column];
    if (own === role && cell !== null && cell !== undefined) cells.add(cell);
  });
  return [...cells];
};

const spokenIn = (rows: readonly Row[], column: number): GridCell[] => {
  const cells = new Set<GridCell>();
  for (const row of rows) {
    const cell = row.slots[column];
    if (
      cell !== null &&
      cell !== undefined &&
      cell.text !== '' &&
      cell.columnSpan < row.slots.length
    )
      cells.add(cell);
  }
  return [...cells];
};

/** Section rows aside, a column of nothing but numbers. */
const isNumeric = (rows: readonly Row[], column: number): boolean => {
  const cells = spokenIn(rows, column).filter(
    (cell) => cell.columnSpan === 1 && sectionMark(cell.text).kind === 'plain',
  );
  return cells.length > 0 && cells.every((cell) => numberCell(cell.text) !== null);
};

/** A name that may stand over a column of numbers: none, or one that another column answers to as well or better. */
const mayHoldNumbers = ({ header }: Segment, column: number): boolean => {
  const role = header.roles[column];
  if (role === 'unknown') return header.names[column] === '';
  if (role === 'requirement') return header.roles.filter((other) => other === role).length > 1;
  return role === 'task' || role === 'section';
};

const withNumberColumn = (segment: Segment): Role[] => {
  const { header, rows } = segment;
  const roles = [...header.roles];
  if (roles.includes('number')) return roles;
  const column = roles.findIndex((_, at) => mayHoldNumbers(segment, at) && isNumeric(rows, at));
  if (column < 0) return roles;
  const last = roles.length - 1;
  const slipped = header.names[last] === '' && spokenIn(rows, last).length * 2 > rows.length;
  return slipped && header.names[column] !== ''
    ? ['number', ...roles.slice(0, -1)]
    : roles.with(column, 'number');
};

/** Nameless columns to the left of the task hold sections; of several task columns the innermost is the task. */
const withSections = (roles: Role[], { header, rows }: Segment): Role[] => {
  const task = roles.includes('task')
    ? roles.lastIndexOf('task')
    : roles.filter((role) => role === 'requirement').length > 1
      ? roles.indexOf('requirement')
      : -1;
  return roles.map((role, at) => {
    if (at === task) return 'task';
    if (role === 'task') return 'section';
    const nameless = role === 'unknown' && header.names[at] === '' && at < task;
    return nameless && spokenIn(rows, at).length > 0 ? 'section' : role;
  });
};

const isSpokenFresh = (row: Row, cell: GridCell): boolean =>
  cell.text !== '' && cellIsFresh(cell, row);

interface Outer {
  /** The task cell spans several numbered rows: it is a section. */
  readonly task: boolean;
  /** The number spans several task cells: it numbers the section. */
  readonly number: boolean;
}

const outerIn = (row: Row, roles: readonly Role[]): Outer => {
  const task = cellsIn(row, roles, 'task')[0];
  const number = cellsIn(row, roles, 'number')[0];
  if (task === undefined || number === undefined || task === number)
    return { task: false, number: false };
  const numeric = isSpokenFresh(row, number) && numberCell(number.text) !== null;
  return {
    task: !cellIsFresh(task, row) && numeric,
    number: !cellIsFresh(number, row) && isSpokenFresh(row, task),
  };
};

const withInnerNumbers = (sheets: readonly Sheet[]): Sheet[] => {
  const outer = sheets.flatMap(({ roles, rows }) => rows.map((row) => outerIn(row, roles)));
  const taskIsOuter = outer.some(({ task }) => task);
  const numberIsOuter = outer.some(({ number }) => number);
  const settled = (role: Role): Role => {
    if (role === 'task' && taskIsOuter) return 'section';
    return role === 'number' && numberIsOuter ? 'ignored' : role;
  };
  return sheets.map((sheet) => ({ ...sheet, roles: sheet.roles.map(settled) }));
};

/** Words in the column of a role, without those of rows that are one merged cell or hold only a section. */
const textsOf = (sheets: readonly Sheet[], role: Role): string[] =>
  sheets.flatMap(({ roles, rows }) =>
    rows.flatMap((row) => {
      if (spokenCells(row.slots).length < 2) return [];
      return cellsIn(row, roles, role)
        .filter((cell) => isSpokenFresh(row, cell))
        .map((cell) => cell.text);
    }),
  );

const share = (texts: readonly string[], test: (text: string) => boolean): number =>
  texts.length === 0 ? 0 : texts.filter(test).length / texts.length;

/** The points of a requirement are tasks only where their numbers run on over the rows without starting again. */
export const runningPoints = (texts: readonly string[]): boolean => {
  let last = 0;
  let rows = 0;
  for (const text of texts) {
    const lines = text.split('\n').map(leadingNumber);
    if (lines[0] === null) return false;
    rows += 1;
    for (const line of lines) {
      if (line === null) continue;
      const number = line.numbers[0] ?? 0;
      if (number <= last) return false;
      last = number;
    }
  }
  return rows > 1;
};

const isChinese = (text: string): boolean =>
  sectionMark(text).number !== null || chineseNumber(text.trim()) !== null;

const sourceOf = (sheets: readonly Sheet[]): NumberSource => {
  if (textsOf(sheets, 'number').some((text) => numberCell(text) !== null)) return 'column';
  const tasks = textsOf(sheets, 'task');
  if (share(tasks, (text) => leadingNumber(text) !== null) >= 0.5) return 'task';
  if (runningPoints(textsOf(sheets, 'requirement'))) return 'requirement';
  if (share(textsOf(sheets, 'number'), isChinese) >= 0.5) return 'chinese';
  return share(tasks, isChinese) >= 0.5 ? 'chinese' : 'none';
};

const unreadColumns = (segments: readonly Segment[], sheets: readonly Sheet[]): number[] => {
  const columns = new Set<number>();
  for (const [at, { roles, rows }] of sheets.entries())
    for (const [column, role] of roles.entries()) {
      const named = segments[at]?.header.names[column] !== '';
      if (role === 'unknown' && named && spokenIn(rows, column).length > 0) columns.add(column + 1);
    }
  return [...columns].sort((a, b) => a - b);
};

/** The layout of tables with the same header; null where no column says what the task is. */
export const settleColumns = (segments: readonly Segment[]): Layout | null => {
  const first = segments.map((segment) => ({
    roles: withSections(withNumberColumn(segment), segment),
    rows: segment.rows,
    firstLeads: segment.header.firstLeads,
  }));
  const sheets = withInnerNumbers(first);
  const unread = unreadColumns(segments, sheets);
  const named = first.some(({ roles }) => roles.includes('task'));
  if (!named && unread.length > 0) return null;
  const source = sourceOf(sheets);
  if (source !== 'requirement') return { sheets, source, unread };
  const asSections = sheets.map((sheet) => ({
    ...sheet,
    roles: sheet.roles.map((role) => (role === 'task' ? ('section' as const) : role)),
  }));
  return { sheets: asSections, source, unread };
};
