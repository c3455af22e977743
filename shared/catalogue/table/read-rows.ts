/** Walks down the rows of a task table and gathers what belongs to each task, however the table merged or broke it. */
import type { Span } from '../../domain/text.ts';
import { isNone, oneLine } from './cell-words.ts';
import { fitRow, isNoUnitList, placeOf } from './fit-row.ts';
import { type GridCell, spokenCells } from './grid.ts';
import type { Role } from './header-names.ts';
import type { Notes } from './notes.ts';
import { openSections, type SectionPath } from './sections.ts';
import { cellsIn, type Layout, type NumberSource, type Sheet } from './settle-columns.ts';
import {
  chineseNumber,
  leadingNumber,
  numberCell,
  type PrintedNumber,
  sectionMark,
} from './task-numbers.ts';
import { cellIsFresh, type Row } from './task-sheets.ts';

export interface SourceRow {
  readonly table: number;
  readonly row: number;
  readonly cells: readonly string[];
  readonly span: Span;
}

/** A task as gathered; parts of a field are raw cell words, one entry a source cell. */
export interface Draft {
  readonly place: string;
  readonly printed: PrintedNumber | null;
  title: string;
  readonly requirement: string[];
  readonly lead: string[];
  readonly responsible: string[];
  readonly deadline: string[];
  readonly sectionPath: readonly string[];
  readonly rows: SourceRow[];
}

interface Reader {
  readonly source: NumberSource;
  readonly notes: Notes;
  readonly sections: SectionPath;
  readonly drafts: Draft[];
}

interface Fields {
  readonly row: Row;
  readonly roles: readonly Role[];
  readonly number: GridCell | null;
  readonly task: GridCell | null;
  /** Words of this row in the columns of what is asked and who does it. */
  readonly content: readonly GridCell[];
}

const CONTENT: readonly Role[] = ['requirement', 'lead', 'responsible', 'deadline', 'status'];

const spokenFresh = (cell: GridCell | null, row: Row): cell is GridCell =>
  cell !== null && cell.text !== '' && cellIsFresh(cell, row);

const fieldsOf = (row: Row, roles: readonly Role[]): Fields => {
  const task = cellsIn(row, roles, 'task').at(-1) ?? null;
  const content = CONTENT.flatMap((role) => cellsIn(row, roles, role)).filter((cell) =>
    spokenFresh(cell, row),
  );
  return { row, roles, number: cellsIn(row, roles, 'number')[0] ?? null, task, content };
};

const sourceRow = ({ row }: Fields): SourceRow => {
  const cells = [...new Set(row.slots)].filter((cell) => cell !== null);
  return {
    table: row.table,
    row: row.row,
    cells: cells.map((cell) => cell.text),
    span: {
      start: Math.min(...cells.map((cell) => cell.start)),
      end: Math.max(...cells.map((cell) => cell.end)),
    },
  };
};

const fromChinese = (text: string): PrintedNumber | null => {
  const alone = chineseNumber(text.trim());
  if (alone !== null) return { numbers: [alone], sub: null, rest: '' };
  const mark = sectionMark(text);
  return mark.number === null ? null : { numbers: [mark.number], sub: null, rest: mark.rest };
};

/** The number of the task that this row opens, as its source prints it. */
const printedOf = (source: NumberSource, { number, task, row }: Fields): PrintedNumber | null => {
  const ownNumber = spokenFresh(number, row) ? number.text : '';
  const ownTask = spokenFresh(task, row) ? task.text : '';
  if (source === 'column') return numberCell(ownNumber);
  if (source === 'task') return leadingNumber(ownTask);
  if (source !== 'chinese') return null;
  return fromChinese(ownNumber) ?? fromChinese(ownTask);
};

const titleText = (source: NumberSource, fields: Fields, printed: PrintedNumber | null): string => {
  const text = spokenFresh(fields.task, fields.row) ? fields.task.text : '';
  if (source === 'task' && printed !== null) return printed.rest;
  return source === 'chinese' ? sectionMark(text).rest : text;
};

const said = (fields: Fields, role: Role, freshOnly: boolean): string[] =>
  cellsIn(fields.row, fields.roles, role)
    .filter((cell) => !freshOnly || cellIsFresh(cell, fields.row))
    .filter((cell) => cell !== fields.task && !isNone(cell.text))
    .map((cell) => cell.text);

const openDraft = (reader: Reader, fields: Fields, printed: PrintedNumber | null): Draft => {
  const text = titleText(reader.source, fields, printed);
  const asked = said(fields, 'requirement', false);
  const shared = cellsIn(fields.row, fields.roles, 'requirement').some(
    (cell) => cell === fields.task && cell.text !== '',
  );
  const draft: Draft = {
    place: placeOf(fields.row),
    printed,
    title: shared ? '' : text,
    requirement: shared ? [text, ...asked] : asked,
    lead: said(fields, 'lead', false),
    responsible: said(fields, 'responsible', false),
    deadline: said(fields, 'deadline', false),
    sectionPath: reader.sections.path(),
    rows: [sourceRow(fields)],
  };
  if (draft.requirement.length > 1) reader.notes.warn('W_TWO_LEVEL_REQUIREMENT', draft.place);
  reader.drafts.push(draft);
  return draft;
};

const grow = (parts: string[], more: readonly string[], broken: boolean): void => {
  const last = parts.at(-1);
  const [first, ...rest] = more;
  if (broken && last !== undefined && first !== undefined) {
    parts[parts.length - 1] = `${last}\n${first}`;
    parts.push(...rest);
  } else parts.push(...more);
};

/** Adds a row to the task before it: the rest of a row that a page turn broke, or a further requirement. */
const carryOn = (reader: Reader, fields: Fields): void => {
  const { notes, drafts } = reader;
  const place = placeOf(fields.row);
  const draft = drafts.at(-1);
  if (draft === undefined) {
    notes.doubt(`${place}：没有任务名称`);
    return;
  }
  const broken = fields.row.continued;
  const requirement = said(fields, 'requirement', true);
  if (broken) notes.warn('W_ROW_JOINED', place);
  else if (draft.requirement.length > 0 && requirement.length > 0)
    notes.warn('W_TWO_LEVEL_REQUIREMENT', place);
  if (broken && spokenFresh(fields.task, fields.row)) draft.title += `\n${fields.task.text}`;
  grow(draft.requirement, requirement, broken);
  grow(draft.lead, said(fields, 'lead', true), broken);
  grow(draft.responsible, said(fields, 'responsible', true), broken);
  grow(draft.deadline, said(fields, 'deadline', true), broken);
  draft.rows.push(sourceRow(fields));
};

/** Requirements whose points carry the numbers of tasks: each point is a task with the units of the row. */
const openPoints = (reader: Reader, fields: Fields): void => {
  const text = said(fields, 'requirement', true).join('\n');
  if (text === '' || leadingNumber(text) === null) {
    carryOn(reader, fields);
    return;
  }
  let draft: Draft | null = null;
  for (const line of text.split('\n')) {
    const printed = leadingNumber(line);
    if (printed !== null) {
      draft = openDraft(reader, fields, printed);
      draft.requirement.splice(0, draft.requirement.length, printed.rest);
    } else if (draft !== null) grow(draft.requirement, [line], true);
  }
};

const isSection = (reader: Reader, fields: Fields): boolean =>
  !(reader.source === 'column' && spokenFresh(fields.number, fields.row)
    ? numberCell(fields.number.text) !== null
    : leadingNumber(spokenCells(fields.row.slots)[0]?.text ?? '') !== null);

/** A row with words only where tasks and sections are named: a section, or a task whose other cells follow. */
const readLabels = (reader: Reader, fields: Fields): void => {
  const cells = spokenCells(fields.row.slots).filter((cell) => cellIsFresh(cell, fields.row));
  const broken = fields.row.continued && reader.drafts.length > 0 && reader.source === 'task';
  const text = cells.map((cell) => oneLine(cell.text)).join('');
  if (!isSection(reader, fields))
    openDraft(reader, fields, printedOf(reader.source, fields) ?? leadingNumber(text));
  else if (broken && sectionMark(text).kind === 'plain') carryOn(reader, fields);
  else {
    const numeral = cells.length > 1 && chineseNumber(oneLine(cells[0]?.text ?? '')) !== null;
    const words = cells.map((cell) => oneLine(cell.text));
    reader.sections.enter(words.join(numeral ? '、' : ''));
  }
};

const REMARK = /^(?:备注|说明|注|填表人?|填报(?:人|单位)?|联系人|审核人)[:：]/u;

const isLone = ({ row, roles, content }: Fields): boolean => {
  const cells = spokenCells(row.slots).filter((cell) => cellIsFresh(cell, row));
  const [cell] = cells;
  if (cell === undefined || cells.length > 1) return false;
  return content.length === 0 || cell.columnSpan > roles.length / 2;
};

const readContent = (reader: Reader, fields: Fields): void => {
  const { source, notes } = reader;
  const { row, task } = fields;
  const printed = printedOf(source, fields);
  const opens = spokenFresh(task, row);
  const carried = task !== null && task.text !== '' && !opens;
  const nameless = !fields.roles.includes('task');
  const own = nameless ? said(fields, 'requirement', true).length > 0 : opens;
  const unnumbered = printed === null && source !== 'none';
  const brokenOff = unnumbered && row.continued && reader.drafts.length > 0;
  if (source === 'requirement') openPoints(reader, fields);
  else if (brokenOff || (printed === null && (carried || !own))) carryOn(reader, fields);
  else if (unnumbered) notes.doubt(`${placeOf(row)}：没有编号，而其他行有编号`);
  else openDraft(reader, fields, printed);
};

const readRow = (reader: Reader, bare: Row, { roles }: Sheet): void => {
  const { notes, sections } = reader;
  const row = fitRow(bare, roles, notes);
  const fields = fieldsOf(row, roles);
  const spoken = spokenCells(row.slots).filter((cell) => cellIsFresh(cell, row));
  if (spoken.length === 0) return;
  if (spoken.length === 1 && REMARK.test(spoken[0]?.text ?? '')) return;
  const units = [...cellsIn(row, roles, 'lead'), ...cellsIn(row, roles, 'responsible')];
  const lone = isLone(fields);
  if (!lone && units.some((cell) => isNoUnitList(cell.text)))
    notes.doubt(`${placeOf(row)}：责任单位一栏不像单位名称`);
  if (!lone) sections.column(cellsIn(row, roles, 'section').filter((cell) => cell !== fields.task));
  const labels = spoken.filter((cell) => cell === fields.task || cell === fields.number);
  if (lone || (fields.content.length === 0 && labels.length > 0)) readLabels(reader, fields);
  else if (fields.content.length > 0) readContent(reader, fields);
};

/** Everything between the headers, gathered task by task; what cannot be placed is a doubt in the notes. */
export const readRows = (layout: Layout, notes: Notes): Draft[] => {
  const reader: Reader = { source: layout.source, notes, sections: openSections(), drafts: [] };
  for (const sheet of layout.sheets) for (const row of sheet.rows) readRow(reader, row, sheet);
  return reader.drafts;
};
