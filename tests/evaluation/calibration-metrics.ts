/** Whether a score means what it says, and whether it leads a reviewer to what is wrong. */
import type { Forecast } from '../../shared/classify/train/metrics.ts';
import { type Interval, wilson } from './ranking-metrics.ts';

/** Forecasts below this are trivial negatives: they would make any calibration look perfect. */
const LEAST = 0.05;
const BINS = 10;

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly right: number;
  /** Mean of what was said, and share of what came true; 0 where the bin is empty. */
  readonly said: number;
  readonly came: number;
  readonly interval: Interval;
}

/** Ten equal bins of the forecasts with p ≥ .05; p = 1 stands in the last. `repeats` says how often each document was judged. */
export const reliability = (forecasts: readonly Forecast[], repeats = 1): readonly Bin[] =>
  Array.from({ length: BINS }, (_, at) => {
    const bin = forecasts.filter(
      ({ p }) => p >= LEAST && Math.min(BINS - 1, Math.floor(p * BINS)) === at,
    );
    const right = bin.filter((one) => one.right).length;
    const count = bin.length;
    return {
      from: at / BINS,
      to: (at + 1) / BINS,
      count,
      right,
      said: count === 0 ? 0 : bin.reduce((sum, one) => sum + one.p, 0) / count,
      came: count === 0 ? 0 : right / count,
      interval: wilson(right / repeats, count / repeats),
    };
  });

/** The chance that a wrong tag has a lower score than a right one, equal scores counting half; null where one kind is missing. */
export const errorRanking = (tags: readonly Forecast[]): number | null => {
  const right = tags.filter((one) => one.right).map(({ p }) => p);
  const wrong = tags.filter((one) => !one.right).map(({ p }) => p);
  if (right.length === 0 || wrong.length === 0) return null;
  let won = 0;
  for (const low of wrong) for (const high of right) won += low < high ? 1 : low === high ? 0.5 : 0;
  return won / (right.length * wrong.length);
};

export interface YieldPoint {
  /** Shares 0–1 of the tags that are looked at, and of the wrong ones that are among them. */
  readonly flagged: number;
  readonly caught: number;
}

/** Least sure first; tags with the same score are looked at in no order, so they share what is caught evenly. Empty where nothing is wrong. */
export const yieldCurve = (tags: readonly Forecast[]): readonly YieldPoint[] => {
  const wrong = tags.filter((one) => !one.right).length;
  if (wrong === 0) return [];
  const scores = [...new Set(tags.map(({ p }) => p))].sort((a, b) => a - b);
  let seen = 0;
  let caught = 0;
  const points = scores.map((score) => {
    const same = tags.filter(({ p }) => p === score);
    seen += same.length;
    caught += same.filter((one) => !one.right).length;
    return { flagged: seen / tags.length, caught: caught / wrong };
  });
  return [{ flagged: 0, caught: 0 }, ...points];
};

/** What looking at a share of the tags catches, in a straight line between two points of the curve; null without a curve. */
export const caughtAt = (curve: readonly YieldPoint[], share: number): number | null => {
  const next = curve.findIndex((point) => point.flagged >= share);
  const to = curve[next];
  if (to === undefined) return null;
  const from = curve[next - 1];
  if (from === undefined) return to.caught;
  const part = (share - from.flagged) / (to.flagged - from.flagged);
  return from.caught + part * (to.caught - from.caught);
};
