/** Figures of one release over judged documents: how right, how well calibrated, how right where it is sure. */
import type { ReleaseFigures } from '../../domain/release.ts';
import { calibrationError, countsPerCode, type Forecast, microF1 } from '../train/metrics.ts';
import { type JudgedDocument, judgedTasks, type Scored, type Side } from './judged.ts';

/** Of a tag that is called sure at least nine in ten should be right. */
export const SURE = 0.9;
/** Pairs below this are trivial and would make any calibration look perfect. */
const COUNTED = 0.05;

const forecasts = (
  documents: readonly JudgedDocument[],
  scored: (one: JudgedDocument) => readonly Scored[],
): readonly Forecast[] =>
  documents.flatMap((one) =>
    scored(one)
      .filter(({ code }) => !one.optional.includes(code))
      .map(({ code, score }) => ({ p: score, right: one.gold.includes(code) })),
  );

export interface Promised {
  /** Pairs of document and task with p ≥ .05. */
  readonly pairs: number;
  /** Expected calibration error over them; null without one. */
  readonly ece: number | null;
  /** Right ones as the scores promise them, how far chance may take their number from that, and those that were. */
  readonly promised: number;
  readonly deviation: number;
  readonly right: number;
}

export const promiseOf = (documents: readonly JudgedDocument[], side: Side): Promised => {
  const seen = forecasts(documents, (one) => one[side].scores).filter(({ p }) => p >= COUNTED);
  const sum = (of: (p: number) => number): number =>
    seen.reduce((total, { p }) => total + of(p), 0);
  return {
    pairs: seen.length,
    ece: seen.length === 0 ? null : calibrationError(seen).error,
    promised: sum((p) => p),
    deviation: Math.sqrt(sum((p) => p * (1 - p))),
    right: seen.filter(({ right }) => right).length,
  };
};

export const sureTagsOf = (
  documents: readonly JudgedDocument[],
  side: Side,
): { readonly tags: number; readonly right: number } => {
  const sure = forecasts(documents, (one) => one[side].tags).filter(({ p }) => p >= SURE);
  return { tags: sure.length, right: sure.filter(({ right }) => right).length };
};

export const figuresOf = (documents: readonly JudgedDocument[], side: Side): ReleaseFigures => {
  const judged = judgedTasks(documents, side);
  const { tags, right } = sureTagsOf(documents, side);
  return {
    documents: documents.length,
    microF1: countsPerCode(judged).length === 0 ? null : microF1(judged),
    ece: promiseOf(documents, side).ece,
    surePrecision: tags === 0 ? null : right / tags,
    sureTags: tags,
  };
};
