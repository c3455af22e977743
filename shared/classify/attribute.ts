/** Public attribute: what the document itself declares, and what the regulation suggests, with its grounds (条例 第十四条至第十六条、第十九条). */
import type { Attribute } from '../domain/classification.ts';
import type { Elements } from '../domain/elements.ts';
import type { PersonalHit } from '../domain/screening.ts';
import { quotesOfHits } from './evidence.ts';
import { factOf, holds } from './facts.ts';
import type { Hit } from './rules.ts';
import type { TaskView } from './tasks.ts';

/** `step` names what decided: a fact, `secrecyMark`, `separable`, or `default` where nothing spoke against disclosure. */
export interface Recommended {
  readonly step: string;
  readonly value: Attribute['recommended'];
  readonly grounds: readonly string[];
  readonly hits: readonly Hit[];
}

const PRIVATE = new Set(['P_ID', 'P_PHONE', 'P_BANK', 'P_ADDR', 'P_MINOR']);
const NOTHING: readonly Hit[] = [];

/** Lists of people: what the public may see stays, what only identifies goes. */
const separable = (view: TaskView, personal: readonly PersonalHit[]): boolean =>
  ['F08', 'F09', 'F13'].includes(view.form.code) && personal.some((hit) => PRIVATE.has(hit.code));

export const recommendAttribute = (
  view: TaskView,
  elements: Elements,
  personal: readonly PersonalHit[],
): Recommended => {
  const { facts, form } = view;
  const say = (value: Attribute['recommended'], grounds: readonly string[], fact: string) => ({
    step: fact,
    value,
    grounds,
    hits: factOf(facts, fact).hits,
  });
  if (elements.secrecyMark !== null)
    return { step: 'secrecyMark', value: 'A3', grounds: ['N14a'], hits: NOTHING };
  if (holds(facts, 'appoint')) return say('A3', ['N16a'], 'appoint');
  if (holds(facts, 'request')) return say('A3', ['N16b'], 'request');
  if (holds(facts, 'caseFile')) return say('A2', [], 'caseFile');
  if (holds(facts, 'internalPaper')) return say('A3', ['N16b'], 'internalPaper');
  if (form.code === 'F02' && holds(facts, 'internalAddress'))
    return say('A2', [], 'internalAddress');
  if (holds(facts, 'internalOnly')) return say('A2', [], 'internalOnly');
  if (form.code === 'F99' && !holds(facts, 'reply') && holds(facts, 'letter'))
    return say('A2', [], 'letter');
  if (holds(facts, 'blankForm')) return say('A2', [], 'blankForm');
  if (separable(view, personal))
    return { step: 'separable', value: 'A1R', grounds: ['N15b'], hits: NOTHING };
  return { step: 'default', value: 'A1', grounds: [], hits: NOTHING };
};

export const attributeOf = (
  view: TaskView,
  elements: Elements,
  recommended: Recommended,
): Attribute => {
  const note = elements.attributeNote;
  return {
    declared: note === null || !note.sure ? 'A0' : note.value,
    recommended: recommended.value,
    grounds: [...recommended.grounds],
    evidence: [
      ...(note === null ? [] : [note.quote]),
      ...quotesOfHits(view.reading.text, recommended.hits, 1),
    ],
  };
};
