/** Judges the baselines on the very folds that our own figures come from; each way of fitting and threshold is chosen within the training part. */
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import type { Judged } from '../../shared/classify/train/metrics.ts';
import type { Baseline, Scores } from './baseline-methods.ts';
import type { Prepared } from './gold.ts';

/** Documents, titles: each set has a way of fitting and a threshold of its own, in the baseline's favour. */
export interface NamedSet {
  readonly name: string;
  readonly prepared: readonly Prepared[];
}

interface Scored {
  readonly one: Prepared;
  readonly scores: Scores;
}

/** The score from which on proposing gives the best micro-F1, and that F1; above every score where nothing helps. */
export const bestCut = (
  scored: readonly Scored[],
): { readonly threshold: number; readonly value: number } => {
  const pairs = scored.flatMap(({ one, scores }) =>
    [...scores]
      .filter(([code]) => one.gold.tasks.includes(code) || !one.gold.tasks_optional.includes(code))
      .map(([code, score]) => ({ score, right: one.gold.tasks.includes(code) })),
  );
  const gold = scored.reduce((sum, { one }) => sum + one.gold.tasks.length, 0);
  pairs.sort((a, b) => b.score - a.score);
  let best = { threshold: Number.POSITIVE_INFINITY, value: 0 };
  let right = 0;
  pairs.forEach((pair, at) => {
    if (pair.right) right += 1;
    if (pairs[at + 1]?.score === pair.score) return;
    const value = (2 * right) / (at + 1 + gold);
    if (value > best.value) best = { threshold: pair.score, value };
  });
  return best;
};

export const judgeScores = ({ one, scores }: Scored, threshold: number): Judged => {
  const ranked = [...scores]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([code]) => code);
  return {
    gold: one.gold.tasks,
    optional: one.gold.tasks_optional,
    proposed: ranked.filter((code) => (scores.get(code) ?? 0) >= threshold),
    ranked,
  };
};

/** Scores of training documents by models that had not seen them: what a threshold may be chosen on. */
const innerScores = (
  way: Baseline['fits'][number],
  trained: readonly { readonly one: Prepared; readonly fold: number }[],
): readonly Scored[] =>
  [...new Set(trained.map(({ fold }) => fold))].flatMap((inner) => {
    const rest = trained.filter(({ fold }) => fold !== inner).map(({ one }) => one);
    const scoreOf = way(rest, donghu2021);
    return trained
      .filter(({ fold }) => fold === inner)
      .map(({ one }) => ({ one, scores: scoreOf(one) }));
  });

/** Trains on some, judges others, set by set: `tested` names the set whose threshold applies. */
const judgeOn = (
  baseline: Baseline,
  trained: readonly { readonly one: Prepared; readonly fold: number; readonly set: string }[],
  tested: readonly { readonly one: Prepared; readonly set: string }[],
): readonly { readonly set: string; readonly judged: Judged }[] => {
  const setOf = new Map(trained.map(({ one, set }) => [one, set]));
  const everyone = trained.map(({ one }) => one);
  const ways = baseline.fits.map((way) => ({
    inner: innerScores(way, trained),
    scoreOf: way(everyone, donghu2021),
  }));
  const judgedOf = (set: string): readonly { readonly set: string; readonly judged: Judged }[] => {
    const cuts = ways.map(({ inner, scoreOf }) => ({
      ...bestCut(inner.filter(({ one }) => setOf.get(one) === set)),
      scoreOf,
    }));
    const best = cuts.reduce((one, other) => (other.value > one.value ? other : one));
    return tested
      .filter((entry) => entry.set === set)
      .map(({ one }) => ({
        set,
        judged: judgeScores({ one, scores: best.scoreOf(one) }, best.threshold),
      }));
  };
  return [...new Set(tested.map(({ set }) => set))].flatMap(judgedOf);
};

/** `foldsBySeed` gives for each seed the fold of each document, in the order of the sets. */
export const crossValidated = (
  baseline: Baseline,
  sets: readonly NamedSet[],
  foldsBySeed: readonly (readonly number[])[],
): ReadonlyMap<string, readonly Judged[]> => {
  const all = sets.flatMap(({ name, prepared }) => prepared.map((one) => ({ one, set: name })));
  const judged = foldsBySeed.flatMap((folds) => {
    const placed = all.map((entry, at) => ({ ...entry, fold: folds[at] ?? 0 }));
    return [...new Set(folds)].flatMap((fold) =>
      judgeOn(
        baseline,
        placed.filter((entry) => entry.fold !== fold),
        placed.filter((entry) => entry.fold === fold),
      ),
    );
  });
  return bySet(sets, judged);
};

/** Trained on all of some sets, judged on others of the same names that it never saw. */
export const transferred = (
  baseline: Baseline,
  from: { readonly sets: readonly NamedSet[]; readonly folds: readonly number[] },
  to: readonly NamedSet[],
): ReadonlyMap<string, readonly Judged[]> => {
  const trained = from.sets
    .flatMap(({ name, prepared }) => prepared.map((one) => ({ one, set: name })))
    .map((entry, at) => ({ ...entry, fold: from.folds[at] ?? 0 }));
  const tested = to.flatMap(({ name, prepared }) => prepared.map((one) => ({ one, set: name })));
  return bySet(to, judgeOn(baseline, trained, tested));
};

const bySet = (
  sets: readonly NamedSet[],
  judged: readonly { readonly set: string; readonly judged: Judged }[],
): ReadonlyMap<string, readonly Judged[]> =>
  new Map(
    sets.map(({ name }) => [
      name,
      judged.filter(({ set }) => set === name).map((one) => one.judged),
    ]),
  );
