/** Gives every task its number: as printed where that can be trusted, in order where the table prints none. */
import type { Refusal } from '../../domain/refusal.ts';
import { refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import type { Notes } from './notes.ts';
import type { Draft } from './read-rows.ts';
import type { NumberSource } from './settle-columns.ts';

export interface NumberedDraft {
  readonly draft: Draft;
  readonly number: number;
  readonly sub: number | null;
}

const MOST = 9999;

const inOrder = (drafts: readonly Draft[]): NumberedDraft[] =>
  drafts.map((draft, at) => ({ draft, number: at + 1, sub: null }));

/** 4243 is 42 and 43 with the comma lost: only where both halves follow each other and the numbers around leave no other reading. */
const halvesOf = (number: number): readonly [number, number] | null => {
  const digits = String(number);
  if (digits.length % 2 === 1) return null;
  const left = Number(digits.slice(0, digits.length / 2));
  const right = Number(digits.slice(digits.length / 2));
  return left > 0 && right === left + 1 ? [left, right] : null;
};

/** Halves that go on where the number before stopped; 12 or 23 alone prove nothing, so a small number needs its halves to fit. */
const fittingHalves = (number: number, before: number): readonly [number, number] | null => {
  const halves = halvesOf(number);
  return halves !== null && halves[0] > before && halves[0] <= before + 3 ? halves : null;
};

const numbersOf = (drafts: readonly Draft[], at: number, notes: Notes): readonly number[] => {
  const draft = drafts[at];
  const numbers = draft?.printed?.numbers ?? [];
  const [number] = numbers;
  if (draft === undefined || number === undefined || numbers.length > 1) return numbers;
  const before = drafts[at - 1]?.printed?.numbers.at(-1) ?? 0;
  const halves = fittingHalves(number, before);
  if (halves === null) return numbers;
  const after = drafts[at + 1]?.printed?.numbers[0] ?? null;
  if (number > 999 || (after !== null && after < number)) return halves;
  if (after === null && before > 0 && number > before + 8)
    notes.doubt(`${draft.place}：编号可能是两个编号相连`);
  return numbers;
};

const expand = (drafts: readonly Draft[], notes: Notes): NumberedDraft[] =>
  drafts.flatMap((draft, at) => {
    const numbers = numbersOf(drafts, at, notes);
    if (numbers.length > 1) notes.warn('W_COMBINED_NUMBER', draft.place);
    if (numbers.some((number) => number < 1 || number > MOST))
      notes.doubt(`${draft.place}：编号无法读取`);
    return numbers.map((number) => ({ draft, number, sub: draft.printed?.sub ?? null }));
  });

const keyOf = ({ number, sub }: NumberedDraft): string => `${number}.${sub ?? ''}`;

const sameSection = (left: NumberedDraft, right: NumberedDraft): boolean =>
  left.draft.sectionPath.join('\n') === right.draft.sectionPath.join('\n');

/** Numbers run up; only a new section may start again from 1. */
const goesOnAfter = (before: NumberedDraft, task: NumberedDraft): boolean =>
  task.number > before.number || (task.number === 1 && !sameSection(before, task));

const restartsBySection = (tasks: readonly NumberedDraft[]): boolean =>
  tasks[0]?.number === 1 &&
  tasks.every((task, at) => {
    const before = tasks[at - 1];
    return task.sub === null && (before === undefined || goesOnAfter(before, task));
  });

const firstDuplicate = (
  tasks: readonly NumberedDraft[],
): readonly [NumberedDraft, NumberedDraft] | null => {
  const seen = new Map<string, NumberedDraft>();
  for (const task of tasks) {
    const before = seen.get(keyOf(task));
    if (before !== undefined) return [before, task];
    seen.set(keyOf(task), task);
  }
  return null;
};

const warnOfOrder = (tasks: readonly NumberedDraft[], notes: Notes): void => {
  tasks.forEach((task, at) => {
    const before = tasks[at - 1];
    if (before !== undefined && task.number < before.number)
      notes.warn('W_NUMBER_ORDER', task.draft.place);
  });
};

/** Refuses a number that occurs twice (TABLE_DUPLICATE_NUMBER), unless numbers plainly start again in each section. */
export const numberTasks = (
  drafts: readonly Draft[],
  source: NumberSource,
  notes: Notes,
): Result<readonly NumberedDraft[], Refusal> => {
  if (source === 'none') {
    notes.warn('W_NUMBERS_ASSIGNED');
    return accept(inOrder(drafts));
  }
  const tasks = expand(drafts, notes);
  const twice = firstDuplicate(tasks);
  if (twice === null) {
    warnOfOrder(tasks, notes);
    return accept(tasks);
  }
  if (restartsBySection(tasks)) {
    notes.warn('W_NUMBERS_RESTART');
    return accept(inOrder(drafts));
  }
  const [first, second] = twice;
  return refuse(
    refusal(
      'TABLE_DUPLICATE_NUMBER',
      `${second.draft.place}：编号 ${second.number} 与${first.draft.place}相同`,
    ),
  );
};

/** The part of a code after the colon: T06, T12, T03.2. */
export const codeOf = ({ number, sub }: Pick<NumberedDraft, 'number' | 'sub'>): string =>
  `T${String(number).padStart(2, '0')}${sub === null ? '' : `.${sub}`}`;
