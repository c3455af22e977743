/** Measures of a ranking and of decisions that Annif reports beside micro and macro F1, and how sure a share is. */
import { randomOf } from '../../shared/classify/gate/random-of.ts';
import {
  type CodeCounts,
  countsPerCode,
  f1,
  type Judged,
} from '../../shared/classify/train/metrics.ts';

export const meanOf = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Documents with gold, their ranking without optional codes: those neither help nor stand in the way. */
const rankings = (
  judged: readonly Judged[],
): readonly { readonly gold: readonly string[]; readonly ranked: readonly string[] }[] =>
  judged
    .filter((one) => one.gold.length > 0)
    .map((one) => ({
      gold: one.gold,
      ranked: one.ranked.filter((code) => one.gold.includes(code) || !one.optional.includes(code)),
    }));

const hits = (
  one: { readonly gold: readonly string[]; readonly ranked: readonly string[] },
  k: number,
): number => one.ranked.slice(0, k).filter((code) => one.gold.includes(code)).length;

/** Share of the first k codes that are gold; k is the divisor even where fewer codes are ranked. */
export const precisionAt = (judged: readonly Judged[], k: number): number =>
  meanOf(rankings(judged).map((one) => hits(one, k) / k));

/** Share of the gold codes that stand among the first k. */
export const recallAt = (judged: readonly Judged[], k: number): number =>
  meanOf(rankings(judged).map((one) => hits(one, k) / one.gold.length));

/** Discounted gain of the first k over the gain of the best possible first k. */
export const ndcgAt = (judged: readonly Judged[], k: number): number => {
  const discount = (at: number): number => 1 / Math.log2(at + 2);
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  return meanOf(
    rankings(judged).map((one) => {
      const gain = sum(
        one.ranked.slice(0, k).map((code, at) => (one.gold.includes(code) ? discount(at) : 0)),
      );
      const best = sum(one.gold.slice(0, k).map((_, at) => discount(at)));
      return gain / best;
    }),
  );
};

/** Label ranking average precision: of each gold code, the share of gold among the codes down to it. An unranked one counts 0. */
export const lrap = (judged: readonly Judged[]): number =>
  meanOf(
    rankings(judged).map((one) =>
      meanOf(
        one.gold.map((code) => {
          const place = one.ranked.indexOf(code);
          return place < 0 ? 0 : hits(one, place + 1) / (place + 1);
        }),
      ),
    ),
  );

/** Mean F1 of codes, each by how often it is gold. */
export const weightedF1 = (judged: readonly Judged[]): number => {
  const counts = countsPerCode(judged);
  const support = (one: CodeCounts): number => one.truePositive + one.falseNegative;
  const whole = counts.reduce((sum, one) => sum + support(one), 0);
  return whole === 0 ? 0 : counts.reduce((sum, one) => sum + support(one) * f1(one), 0) / whole;
};

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** 95 % Wilson interval of a share; without trials it says nothing: 0 to 1. */
export const wilson = (right: number, trials: number): Interval => {
  if (trials === 0) return { low: 0, high: 1 };
  const z = 1.96;
  const share = right / trials;
  const middle = share + (z * z) / (2 * trials);
  const reach = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  return {
    low: Math.max(0, (middle - reach) / scale),
    high: Math.min(1, (middle + reach) / scale),
  };
};

const ROUNDS = 400;

/** 95 % percentile interval of a figure over units drawn again with replacement. A unit is a document with all its repeats; draws without a figure are left out. */
export const bootstrap = <Unit>(
  units: readonly Unit[],
  figure: (drawn: readonly Unit[]) => number | null,
  seed = 1,
): Interval => {
  const random = randomOf(seed);
  const figures = Array.from({ length: ROUNDS }, () =>
    figure(units.flatMap(() => units[Math.floor(random() * units.length)] ?? [])),
  )
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
  return {
    low: figures[Math.floor(figures.length * 0.025)] ?? 0,
    high: figures[Math.ceil(figures.length * 0.975) - 1] ?? 1,
  };
};

/** Micro-F1 of counts that were summed beforehand, for drawing again and again; null where nothing was counted. */
export const f1OfSums = (
  sums: readonly {
    readonly truePositive: number;
    readonly falsePositive: number;
    readonly falseNegative: number;
  }[],
): number | null => {
  const total = { truePositive: 0, falsePositive: 0, falseNegative: 0 };
  for (const one of sums) {
    total.truePositive += one.truePositive;
    total.falsePositive += one.falsePositive;
    total.falseNegative += one.falseNegative;
  }
  const counted = total.truePositive + total.falsePositive + total.falseNegative;
  return counted === 0 ? null : f1(total);
};
