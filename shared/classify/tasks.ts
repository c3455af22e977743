/** Scores every task of the table for one document and proposes the best set, each tag with its words and reasons. */

import type { Catalogue } from '../domain/catalogue.ts';
import type { Candidate, Tag } from '../domain/classification.ts';
import { once } from '../domain/once.ts';
import type { Artefact, Coefficients, Equipped } from './artefact.ts';
import { doubtsOf } from './doubts.ts';
import { quotesOfHits, quotesOfLabel } from './evidence.ts';
import { type Facts, holds } from './facts.ts';
import type { FormFound } from './form.ts';
import { type Decision, decide, type Taken } from './form-table.ts';
import { expectedSize, marginOf, probabilityOf, residualOf } from './fuse.ts';
import {
  documentVector,
  indexLabels,
  type LabelIndex,
  matchLabels,
  weightsOf,
} from './label-match.ts';
import { bindPacks, type Pack, packs } from './packs.ts';
import type { Reading } from './reading.ts';
import { cosinesOf } from './vectors/cosine.ts';

interface Prepared {
  readonly index: LabelIndex;
  readonly packs: ReadonlyMap<string, Pack>;
}

const prepared = new WeakMap<Catalogue, Prepared>();

/** What depends on the table alone is worked out once per table. */
const prepare = (catalogue: Catalogue): Prepared => {
  const known = prepared.get(catalogue);
  if (known !== undefined) return known;
  const index = indexLabels(
    catalogue.tasks.map((task) => ({
      code: task.code,
      title: task.title,
      rest: [task.requirement, task.scope, ...task.typicalEvidence],
      not: task.notThis,
    })),
  );
  const made = { index, packs: bindPacks(catalogue) };
  prepared.set(catalogue, made);
  return made;
};

export interface ScoredTask {
  readonly code: string;
  readonly pack: Pack | null;
  readonly taken: Taken | null;
  readonly isPrimary: boolean;
  readonly signals: readonly number[];
  /** From the signals alone. */
  readonly anchor: number;
  /** What was learnt for this task alone; margin = anchor + residual. */
  readonly residual: number;
  readonly margin: number;
  readonly score: number;
}

export interface TaskView {
  readonly reading: Reading;
  readonly form: FormFound;
  readonly facts: Facts;
}

/** Attribute tasks stand only beside an interpretation or a press conference, or where a document is made for them. */
const vetoed = (pack: Pack | null, form: string, taken: Taken | null): boolean =>
  pack?.group === 'attribute' && taken === null && form !== 'F03';

const signalsOf = (
  pack: Pack | null,
  { decision, view }: { readonly decision: Decision; readonly view: TaskView },
  match: { readonly score: number; readonly most: number; readonly best: boolean },
): { readonly taken: Taken | null; readonly isPrimary: boolean; readonly signals: number[] } => {
  const isPrimary = pack !== null && decision.primary.pack === pack.pack;
  const added = decision.addable.find((one) => one.pack === pack?.pack) ?? null;
  const taken = isPrimary ? decision.primary : added;
  const none = decision.primary.pack === null;
  return {
    taken,
    isPrimary,
    signals: [
      isPrimary ? 1 : 0,
      added === null ? 0 : 1,
      0,
      none ? 1 : 0,
      taken === null ? 0 : Math.min(3, taken.strength),
      // A task without rules cannot be spoken against by the rules of others: learning never saw it so.
      pack !== null && !isPrimary && !none ? 1 : 0,
      Math.log1p(match.score),
      match.most > 0 ? match.score / match.most : 0,
      match.best ? 1 : 0,
      ...doubtsOf(taken, { pack, isPrimary, view }),
    ],
  };
};

/** The scores, best first, with what they were made of. */
export interface WeighedTasks {
  readonly scored: readonly ScoredTask[];
  readonly decision: Decision;
  readonly vector: Float32Array;
  readonly index: LabelIndex;
}

export const coefficientsOf = (pack: Pack | null, artefact: Artefact): Coefficients =>
  pack === null ? artefact.unbound : artefact.bound;

export const weighTasks = (
  view: TaskView,
  catalogue: Catalogue,
  artefact: Equipped,
): WeighedTasks => {
  const { index, packs } = prepare(catalogue);
  const cosines = cosinesOf(view.reading, catalogue, artefact.vectors);
  const vector = documentVector(view.reading);
  const matches = matchLabels(vector, index);
  const most = matches.reduce((top, one) => Math.max(top, one.score), 0);
  const decision = decide(view.form.code, view.facts);
  const scored = matches.map((one, at): ScoredTask => {
    const pack = packs.get(one.code) ?? null;
    const match = { score: one.score, most, best: most > 0 && one.score === most };
    const { taken, isPrimary, signals } = signalsOf(pack, { decision, view }, match);
    if (vetoed(pack, view.form.code, taken)) signals[2] = 1;
    signals.push(cosines[at] ?? 0);
    const anchor = marginOf(signals, coefficientsOf(pack, artefact));
    const residual = residualOf(vector, artefact.residuals[one.code]);
    const margin = anchor + residual;
    const score = probabilityOf(artefact.calibration, margin);
    return { code: one.code, pack, taken, isPrimary, signals, anchor, residual, margin, score };
  });
  // The margin tells apart what an isotonic calibration holds equally likely.
  scored.sort((a, b) => b.score - a.score || b.margin - a.margin || (a.code < b.code ? -1 : 1));
  return { scored, decision, vector, index };
};

export const scoreTasks = (
  view: TaskView,
  catalogue: Catalogue,
  artefact: Equipped,
): readonly ScoredTask[] => weighTasks(view, catalogue, artefact).scored;

export const candidatesOf = (scored: readonly ScoredTask[]): Candidate[] =>
  scored.map((task) => ({ code: task.code, score: task.score }));

const GROUPS = ['topic', 'act', 'policy', 'fallback', 'attribute'];
const within = once(() => new Map(packs().map((pack, at) => [pack.pack, at])));

/** Primary first, then topic, act, policy, and attribute tasks last. */
const inOrder = (tasks: readonly ScoredTask[]): readonly ScoredTask[] => {
  const place = (task: ScoredTask): number =>
    GROUPS.indexOf(task.pack?.group ?? 'topic') * 100 + (within().get(task.pack?.pack ?? '') ?? 99);
  const [first] = tasks.some((task) => task.isPrimary)
    ? tasks.filter((task) => task.isPrimary)
    : tasks;
  if (first === undefined) return tasks;
  const rest = tasks.filter((task) => task !== first);
  return [first, ...[...rest].sort((a, b) => place(a) - place(b) || b.score - a.score)];
};

/** Less likely than this is never proposed. */
export const POSSIBLE = 0.15;
const LIKELY = 0.5;
const TIE = 0.1;

const reasonsOf = (task: ScoredTask, all: readonly ScoredTask[], view: TaskView): string[] => {
  const reasons: string[] = [];
  if (task.score < LIKELY) reasons.push('LOW_P');
  const rival = all.find((other) => other !== task && other.taken === null);
  if (task.isPrimary && rival !== undefined && task.score - rival.score < TIE) reasons.push('TIE');
  if (view.form.doubtful) reasons.push('FORM_CONFLICT');
  if (task.taken === null) reasons.push('NO_RULE');
  if (task.pack === null) reasons.push('UNTRAINED_LABEL');
  if (task.pack?.umbrella === true) reasons.push('UMBRELLA');
  if (holds(view.facts, 'poorText')) reasons.push('OOD');
  return reasons;
};

const evidenceOf = (task: ScoredTask, view: TaskView, index: LabelIndex): Tag['evidence'] => {
  const { text } = view.reading;
  // Three elements and an increment: each with its words.
  const most = task.pack?.pack === 'quality' ? 4 : 2;
  const own = quotesOfHits(text, task.taken?.hits ?? [], most);
  if (own.length > 0) return [...own];
  const alike = quotesOfLabel(view.reading, weightsOf(index, task.code), 2);
  return alike.length > 0 ? [...alike] : [...quotesOfHits(text, view.form.hits, 1)];
};

/** The best set by expected F1: its size, and those of it that are likely enough. */
export const chooseTasks = <T extends { readonly score: number }>(
  scored: readonly T[],
): { readonly size: number; readonly chosen: readonly T[] } => {
  const size = expectedSize(scored.map((task) => task.score));
  return { size, chosen: scored.slice(0, size).filter((task) => task.score >= POSSIBLE) };
};

const restsOnTitle = ({ taken }: ScoredTask, { form }: TaskView): boolean =>
  taken !== null &&
  [...taken.hits, ...form.hits].some(({ zone }) => zone === 'title' || zone === 'subject');

/** At most 4; none is a normal answer. A tag that nothing in the text supports is left out. */
export const proposeTasks = (
  view: TaskView,
  scored: readonly ScoredTask[],
  context: { readonly catalogue: Catalogue; readonly artefact: Artefact },
): Tag[] => {
  const { index } = prepare(context.catalogue);
  // Digits and misread letters match anything: what does not rest on a title is not proposed.
  const poor = holds(view.facts, 'poorText');
  const chosen = chooseTasks(scored).chosen.filter((task) => !poor || restsOnTitle(task, view));
  const tags = inOrder(chosen).map((task): Tag => {
    const step = task.taken === null ? [] : [{ id: task.taken.step, quote: null }];
    const fired = (task.taken?.hits ?? []).map((hit) => ({ id: hit.rule, quote: hit.quote }));
    return {
      code: task.code,
      score: task.score,
      calibrated: context.artefact.calibration.outOfFold,
      band: task.score >= LIKELY ? 'likely' : 'possible',
      evidence: evidenceOf(task, view, index),
      rules: [...step, ...fired.slice(0, 8)],
      reasons: reasonsOf(task, scored, view),
    };
  });
  return tags.filter((tag) => tag.evidence.length > 0);
};

/** The packs bound to this table's tasks, by full code. */
export const packsOf = (catalogue: Catalogue): ReadonlyMap<string, Pack> =>
  prepare(catalogue).packs;
