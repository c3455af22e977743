/** Reads a 任务分解表 into a catalogue by the names of its columns, beside the rows it was read from. */
import type { Catalogue, Task } from '../domain/catalogue.ts';
import type { Elements } from '../domain/elements.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { CanonicalText, Span, Warning } from '../domain/text.ts';
import { bracketTasks } from './table/bracket-tasks.ts';
import { buildTasks } from './table/build-tasks.ts';
import { type CatalogueName, nameCatalogue } from './table/name-catalogue.ts';
import { type Notes, openNotes } from './table/notes.ts';
import { codeOf, type NumberedDraft, numberTasks } from './table/number-tasks.ts';
import { type Draft, readRows } from './table/read-rows.ts';
import { type Layout, settleColumns } from './table/settle-columns.ts';
import { findSheets, type Segment, type Sheets } from './table/task-sheets.ts';

/** A row of the source beside the task it gave; a task read from several rows has several of these. */
export interface ParsedRow {
  /** Tables of the document and rows of the table, both from 1; for running text: table 0 and the line. */
  readonly table: number;
  readonly row: number;
  /** Full code of the task. */
  readonly code: string;
  readonly cells: readonly string[];
  readonly span: Span;
}

export interface ParsedTable {
  readonly catalogue: Catalogue;
  readonly rows: readonly ParsedRow[];
  readonly warnings: readonly Warning[];
}

/** What the caller knows already; `elements` of the same text spare reading number and issuer twice. */
export interface TableIdentity {
  readonly catalogueId?: string;
  readonly version?: number;
  readonly fileName?: string;
  readonly elements?: Elements;
}

interface Gathered {
  readonly drafts: readonly Draft[];
  readonly source: Layout['source'];
  readonly firstLeads: boolean;
  readonly sheets: Sheets;
}

const signatureOf = ({ header }: Segment): string =>
  header.roles.filter((role) => role !== 'unknown' && role !== 'ignored').join(' ');

const rowCount = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { rows }) => sum + rows.length, 0);

/** Tables whose headers say the same are one table; of several kinds the longest is the task table. */
const groupTaskTables = (segments: readonly Segment[]): Segment[][] => {
  const groups = new Map<string, Segment[]>();
  for (const segment of segments) {
    const signature = signatureOf(segment);
    const group = groups.get(signature);
    if (group === undefined) groups.set(signature, [segment]);
    else group.push(segment);
  }
  return [...groups.values()].sort((a, b) => rowCount(b) - rowCount(a));
};

const tablesOf = (segments: readonly Segment[]): number[] => [
  ...new Set(segments.flatMap(({ rows }) => rows.map(({ table }) => table))),
];

const warnOfIgnored = (sheets: Sheets, chosen: readonly Segment[], notes: Notes): void => {
  for (const { table, rows } of sheets.headless)
    notes.warn('W_TABLE_IGNORED', `表${table}（${rows}行）`);
  const own = new Set(chosen);
  const others = sheets.segments.filter((segment) => !own.has(segment));
  for (const table of tablesOf(others)) notes.warn('W_TABLE_IGNORED', `表${table}`);
};

const gatherTable = (sheets: Sheets, notes: Notes): Result<Gathered, Refusal> => {
  const groups = groupTaskTables(sheets.segments.filter(({ header }) => header.kind === 'task'));
  for (const chosen of groups) {
    const layout = settleColumns(chosen);
    if (layout === null) continue;
    warnOfIgnored(sheets, chosen, notes);
    for (const column of layout.unread) notes.warn('W_COLUMN_IGNORED', `第${column}列`);
    const drafts = readRows(layout, notes);
    const firstLeads = chosen.some(({ header }) => header.firstLeads);
    if (drafts.length > 0 || notes.doubts.length > 0)
      return accept({ drafts, source: layout.source, firstLeads, sheets });
    return refuse(refusal('TABLE_EMPTY', `表${tablesOf(chosen).join('、') || '内'}只有表头`));
  }
  if (groups.length > 0) return refuse(refusal('TABLE_NO_HEADER', '有责任单位一列，没有任务一列'));
  return refuse(noTaskTable(sheets));
};

const noTaskTable = ({ segments, headless }: Sheets): Refusal => {
  if (segments.some(({ header }) => header.kind === 'progress'))
    return refusal('TABLE_WRONG_KIND', '有推进落实情况一列、没有责任单位一列，是进度台账');
  if (segments.length > 0) return refusal('TABLE_NO_HEADER', '有任务一列，没有责任单位一列');
  return headless.length > 0
    ? refusal('TABLE_NO_HEADER', `${headless.length} 张表都没有这样的表头`)
    : refusal('TABLE_NO_HEADER', '文件里没有表格，也没有以括号归责的条目');
};

const gather = (text: CanonicalText, notes: Notes): Result<Gathered, Refusal> => {
  const sheets = findSheets(text);
  if (sheets.segments.some(({ header }) => header.kind === 'task'))
    return gatherTable(sheets, notes);
  const found = bracketTasks(text, notes);
  if (found === null) return gatherTable(sheets, notes);
  notes.warn('W_FROM_PARAGRAPHS');
  return accept({ ...found, sheets: { ...sheets, start: found.start } });
};

const rowsOf = (
  numbered: readonly NumberedDraft[],
  tasks: readonly Task[],
  id: string,
): ParsedRow[] => {
  const built = new Set(tasks.map(({ code }) => code));
  return numbered.flatMap((one) => {
    const code = `${id}:${codeOf(one)}`;
    return built.has(code) ? one.draft.rows.map((row) => ({ ...row, code })) : [];
  });
};

const doubtful = (notes: Notes): Refusal => {
  const [first, ...more] = notes.doubts;
  const rest = more
    .slice(0, 4)
    .map((doubt) => `；${doubt}`)
    .join('');
  const beyond = more.length > 4 ? `；另有 ${more.length - 4} 处` : '';
  return refusal('TABLE_DOUBTFUL', `${first ?? ''}${rest}${beyond}`);
};

const judge = (tasks: readonly Task[], notes: Notes): Refusal | null => {
  if (notes.doubts.length > 0)
    return tasks.length === 0 && notes.doubts.every((doubt) => doubt.includes('既没有工作要求'))
      ? refusal('TABLE_EMPTY', notes.doubts[0])
      : doubtful(notes);
  if (tasks.length === 0) return refusal('TABLE_EMPTY');
  if (
    tasks.every(
      ({ leadUnits, responsibleUnits }) => leadUnits.length + responsibleUnits.length === 0,
    )
  )
    return refusal('TABLE_DOUBTFUL', '责任单位一列全部为空');
  return null;
};

const assemble = (
  { drafts, source, firstLeads }: Gathered,
  notes: Notes,
  name: CatalogueName & { readonly catalogueId: string; readonly version: number },
): Result<ParsedTable, Refusal> => {
  const numbered = numberTasks(drafts, source, notes);
  if (!numbered.ok) return numbered;
  const tasks = buildTasks(numbered.value, { catalogueId: name.catalogueId, firstLeads, notes });
  const refused = judge(tasks, notes);
  if (refused !== null) return refuse(refused);
  const { catalogueId, version, title, issuer, documentNumber, year } = name;
  const catalogue = { catalogueId, version, title, issuer, documentNumber, year, tasks };
  return accept({
    catalogue,
    rows: rowsOf(numbered.value, tasks, catalogueId),
    warnings: notes.warnings,
  });
};

/**
 * Reads the task table of a document. Promises at least one task, each with a title and with a requirement or a unit, and
 * codes that occur once; numbers stay as printed, gaps included. Refuses TABLE_NO_HEADER, TABLE_WRONG_KIND (进度台账),
 * TABLE_EMPTY, TABLE_DUPLICATE_NUMBER and TABLE_DOUBTFUL, the last two naming the row. Whatever was assumed is a warning.
 */
export const parseTaskTable = (
  text: CanonicalText,
  identity: TableIdentity = {},
): Result<ParsedTable, Refusal> => {
  const notes = openNotes();
  const unread = text.pages.filter(({ state }) => state === 'unread').map(({ number }) => number);
  if (unread.length > 0) notes.warn('W_PAGES_UNREAD', unread.slice(0, 20).join('、'));
  const gathered = gather(text, notes);
  if (!gathered.ok) return gathered;
  const name = nameCatalogue(text, gathered.value.sheets, identity);
  const catalogueId = identity.catalogueId ?? `table-${name.year ?? 'x'}`;
  return assemble(gathered.value, notes, { ...name, catalogueId, version: identity.version ?? 1 });
};
