/** How much worse than the release in force a candidate may really be, told from documents drawn again and again in pairs. */

import { countsPerCode, type Judged } from '../train/metrics.ts';
import { randomOf } from './random-of.ts';

const DRAWS = 2000;
const SEED = 20_210_419;
/** One-sided 95 %. */
const LOWEST = 0.05;

interface Counts {
  /** Right tags, twice: as the formula of F1 has them. */
  readonly right: number;
  /** 2·right + wrong + missed. */
  readonly whole: number;
}

const countsOf = (judged: Judged): Counts => {
  const counts = { right: 0, whole: 0 };
  for (const one of countsPerCode([judged])) {
    counts.right += 2 * one.truePositive;
    counts.whole += 2 * one.truePositive + one.falsePositive + one.falseNegative;
  }
  return counts;
};

/** Nothing to find and nothing said is all right. */
const f1Of = ({ right, whole }: Counts): number => (whole === 0 ? 1 : right / whole);

interface Pair {
  readonly candidate: Counts;
  readonly active: Counts;
}

const differenceOfDraw = (pairs: readonly Pair[], random: () => number): number => {
  const candidate = { right: 0, whole: 0 };
  const active = { right: 0, whole: 0 };
  for (let drawn = 0; drawn < pairs.length; drawn += 1) {
    const pair = pairs[Math.floor(random() * pairs.length)];
    if (pair === undefined) continue;
    candidate.right += pair.candidate.right;
    candidate.whole += pair.candidate.whole;
    active.right += pair.active.right;
    active.whole += pair.active.whole;
  }
  return f1Of(candidate) - f1Of(active);
};

/**
 * Lower bound (one-sided 95 %) of micro-F1 of the candidate less that of the active one: the 100th smallest of 2,000
 * differences over documents drawn with replacement, both answers of a document always together. The same answers give
 * the same bound; null without documents. Both lists are of the same documents in the same order.
 */
export const differenceAtLeast = (
  candidate: readonly Judged[],
  active: readonly Judged[],
): number | null => {
  if (candidate.length !== active.length) throw new Error('Both releases judge the same documents');
  if (candidate.length === 0) return null;
  const other = active.map(countsOf);
  const pairs = candidate.map((judged, at) => {
    const own = countsOf(judged);
    return { candidate: own, active: other[at] ?? own };
  });
  const random = randomOf(SEED);
  const differences = Float64Array.from({ length: DRAWS }, () => differenceOfDraw(pairs, random));
  return differences.sort()[Math.ceil(LOWEST * DRAWS) - 1] ?? null;
};
