/** Turns gathered rows into tasks of a catalogue: whole words, split units, one requirement. */
import type { Task } from '../../domain/catalogue.ts';
import { firstSentence, isNone, oneLine, pointsOf, titleOf } from './cell-words.ts';
import type { Notes } from './notes.ts';
import { codeOf, type NumberedDraft } from './number-tasks.ts';
import type { Draft } from './read-rows.ts';
import { LONGEST_UNIT_CELL, readUnits } from './unit-names.ts';

interface Units {
  readonly lead: readonly string[];
  readonly responsible: readonly string[];
}

const unique = (units: readonly string[]): string[] => [...new Set(units)];

/** Who leads and who is responsible: the words of a cell weigh more than the column it stands in. */
const unitsOf = (draft: Draft, firstLeads: boolean, notes: Notes): Units => {
  const short = (cell: string): boolean => cell.length <= LONGEST_UNIT_CELL;
  if (![...draft.lead, ...draft.responsible].every(short))
    notes.doubt(`${draft.place}：责任单位一栏过长`);
  const lead = draft.lead.filter(short).map(readUnits);
  const responsible = draft.responsible.filter(short).map(readUnits);
  if ([...lead, ...responsible].some(({ unseparated }) => unseparated))
    notes.warn('W_UNITS_UNSEPARATED', draft.place);
  const leads = [...lead.flatMap((cell) => [...cell.lead, ...cell.plain])];
  const others = lead.flatMap((cell) => cell.responsible);
  for (const cell of responsible) {
    const ordered = firstLeads && cell.lead.length === 0 && cell.plain.length > 0;
    if (ordered) notes.warn('W_LEAD_BY_ORDER', draft.place);
    leads.push(...cell.lead, ...(ordered ? cell.plain.slice(0, 1) : []));
    others.push(...(ordered ? cell.plain.slice(1) : cell.plain), ...cell.responsible);
  }
  return { lead: unique(leads), responsible: unique(others) };
};

const TERM_END = /(?:前|底|内|末|推进|坚持|完成|落实|实施|开展)$/u;

/** A cell with two terms has each on lines of its own: a line that ends as a term ends one. */
const termsOf = (cell: string): string[] => {
  const terms: string[] = [];
  for (const line of cell.split('\n')) {
    const last = terms.at(-1);
    if (last === undefined || TERM_END.test(last)) terms.push(line);
    else terms[terms.length - 1] = `${last}\n${line}`;
  }
  return terms.map(oneLine);
};

const deadlineOf = (draft: Draft): string | null => {
  const words = unique(draft.deadline.flatMap(termsOf).filter((term) => !isNone(term)));
  return words.length === 0 ? null : words.join('；');
};

const partsOf = (draft: Draft): { title: string; requirement: string } => {
  const parts = unique(draft.requirement.map(pointsOf).filter((part) => part !== ''));
  return { title: titleOf(draft.title), requirement: parts.join('\n') };
};

const buildTask = (
  { draft, number, sub }: NumberedDraft,
  settings: { readonly catalogueId: string; readonly firstLeads: boolean; readonly notes: Notes },
): Task | null => {
  const { notes, firstLeads, catalogueId } = settings;
  const { title, requirement } = partsOf(draft);
  const { lead, responsible } = unitsOf(draft, firstLeads, notes);
  if (lead.length + responsible.length === 0) {
    if (requirement === '') {
      notes.doubt(`${draft.place}：既没有工作要求，也没有责任单位`);
      return null;
    }
    notes.warn('W_NO_UNITS', draft.place);
  }
  if (title === '') notes.warn('W_TITLE_FROM_REQUIREMENT', draft.place);
  const named = title === '' ? firstSentence(requirement) : title;
  if (named === '') {
    notes.doubt(`${draft.place}：没有任务名称`);
    return null;
  }
  return {
    code: `${catalogueId}:${codeOf({ number, sub })}`,
    number,
    title: named,
    requirement,
    sectionPath: [...draft.sectionPath],
    leadUnits: [...lead],
    responsibleUnits: [...responsible],
    deadline: deadlineOf(draft),
    scope: '',
    typicalEvidence: [],
    notThis: [],
  };
};

/** The tasks in the order of the table; a row that is no whole task is a doubt in the notes. */
export const buildTasks = (
  numbered: readonly NumberedDraft[],
  settings: { readonly catalogueId: string; readonly firstLeads: boolean; readonly notes: Notes },
): Task[] => numbered.map((one) => buildTask(one, settings)).filter((task) => task !== null);
