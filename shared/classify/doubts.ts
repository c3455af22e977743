/** Signals of doubt: kinds of tags that turn out wrong more often than their rules say. */
import { factOf, holds } from './facts.ts';
import type { Taken } from './form-table.ts';
import type { Pack } from './packs.ts';
import type { TaskView } from './tasks.ts';

interface Doubted {
  readonly pack: Pack | null;
  readonly isPrimary: boolean;
  readonly view: TaskView;
}

/** A form is firm where its rules are this far ahead of those of the next. */
const FIRM = 6;
/** From here on the closed list of major policies is ruled out, which speaks for the policy being one of the others. */
const RULED_OUT = 1.5;

const part = (value: number, whole: number): number => Math.min(1, Math.max(0, value / whole));

/** Grounds to doubt what the rules say: such tags are wrong more often than others, whatever their strength. */
export const doubtsOf = (
  taken: Taken | null,
  { pack, isPrimary, view }: Doubted,
): readonly number[] => {
  if (taken === null) return [0, 0, 0, 0, 0];
  const umbrella = pack?.umbrella === true;
  // The step needs no fact: the task stands because nothing else was found.
  const byDefault = umbrella && isPrimary && taken.strength === 0;
  return [
    umbrella ? 1 : 0,
    umbrella && !isPrimary ? 1 : 0,
    1 - part(view.form.ahead, FIRM),
    byDefault ? 1 - part(-factOf(view.facts, 'closedList').strength, RULED_OUT) : 0,
    holds(view.facts, 'titleOnly') ? 1 : 0,
  ];
};
