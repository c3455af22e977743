/** Fits the learnt part of an artefact: shared coefficients, an anchored residual per label, and the calibration. Deterministic. */
import type { Artefact, Coefficients, Residual } from '../../shared/classify/artefact.ts';
import { SIGNALS } from '../../shared/classify/artefact.ts';
import { sigmoid } from '../../shared/classify/fuse.ts';
import { BUCKETS } from '../../shared/classify/grams.ts';

/** One document with one label. `weight` 0 leaves it out (optional codes). */
export interface Pair {
  readonly document: number;
  readonly code: string;
  readonly signals: readonly number[];
  readonly right: boolean;
}

export interface LearntDocument {
  /** Saturated presence of hashed pairs. */
  readonly buckets: Int32Array;
  readonly shares: Float32Array;
}

/** Steps of full-batch descent with momentum: few parameters, so plain and order-free. */
const STEPS = 400;
const RATE = 0.5;

/** Pulls the shared coefficients towards those set by hand: `pull` says how hard. */
export const fitCoefficients = (
  pairs: readonly Pair[],
  prior: Coefficients,
  pull: number,
): Coefficients => {
  const start = [prior.bias, ...prior.weights];
  const weights = [...start];
  const speed = weights.map(() => 0);
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = weights.map((weight, at) => (pull * (weight - (start[at] ?? 0))) / pairs.length);
    for (const pair of pairs) {
      const margin = pair.signals.reduce(
        (sum, signal, at) => sum + signal * (weights[at + 1] ?? 0),
        weights[0] ?? 0,
      );
      const off = (sigmoid(margin) - (pair.right ? 1 : 0)) / pairs.length;
      gradient[0] = (gradient[0] ?? 0) + off;
      pair.signals.forEach((signal, at) => {
        gradient[at + 1] = (gradient[at + 1] ?? 0) + off * signal;
      });
    }
    weights.forEach((weight, at) => {
      speed[at] = 0.9 * (speed[at] ?? 0) - RATE * (gradient[at] ?? 0);
      weights[at] = weight + (speed[at] ?? 0);
    });
  }
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  const [bias, ...rest] = weights;
  return { bias: round(bias ?? 0), weights: rest.slice(0, SIGNALS.length).map(round) };
};

/** A small correction on hashed pairs to the anchored margins of one label: ridge logistic regression, largest weights kept. */
export const fitResidual = (
  documents: readonly LearntDocument[],
  margins: readonly { readonly document: number; readonly margin: number; readonly right: boolean }[],
  options: { readonly ridge: number; readonly keep: number },
): Residual => {
  const weights = new Float64Array(BUCKETS);
  let bias = 0;
  for (let step = 0; step < 60; step += 1) {
    const gradient = new Map<number, number>();
    let towards = options.ridge * bias;
    for (const one of margins) {
      const document = documents[one.document];
      if (document === undefined) continue;
      let margin = one.margin + bias;
      for (let at = 0; at < document.buckets.length; at += 1)
        margin += (weights[document.buckets[at] ?? 0] ?? 0) * (document.shares[at] ?? 0);
      const off = sigmoid(margin) - (one.right ? 1 : 0);
      towards += off;
      if (Math.abs(off) < 0.01) continue;
      for (let at = 0; at < document.buckets.length; at += 1) {
        const bucket = document.buckets[at] ?? 0;
        gradient.set(bucket, (gradient.get(bucket) ?? 0) + off * (document.shares[at] ?? 0));
      }
    }
    bias -= 0.02 * towards;
    for (const [bucket, slope] of gradient)
      weights[bucket] = (weights[bucket] ?? 0) * (1 - 0.002 * options.ridge) - 0.002 * slope;
  }
  const kept = [...weights.keys()]
    .filter((bucket) => Math.round((weights[bucket] ?? 0) * 100) !== 0)
    .sort((a, b) => Math.abs(weights[b] ?? 0) - Math.abs(weights[a] ?? 0) || a - b)
    .slice(0, options.keep)
    .sort((a, b) => a - b);
  return {
    bias: Math.round(bias * 1000) / 1000,
    buckets: kept,
    weights: kept.map((bucket) => Math.round((weights[bucket] ?? 0) * 100)),
  };
};

/**
 * The rules were mended on the very gold that calibration is fitted on, so a tag that looks certain here is not certain
 * elsewhere: of fresh titles read by hand about one primary tag in ten was wrong. No target is higher than this.
 */
const HIGHEST_TARGET = 0.92;

/** Platt: slope and offset that make margins into probabilities (Newton steps, smoothed targets). */
export const fitCalibration = (
  margins: readonly { readonly margin: number; readonly right: boolean }[],
): Artefact['calibration'] => {
  const positives = margins.filter((one) => one.right).length;
  const high = Math.min(HIGHEST_TARGET, (positives + 1) / (positives + 2));
  const low = 1 / (margins.length - positives + 2);
  let slope = 1;
  let offset = 0;
  for (let step = 0; step < 100; step += 1) {
    const sums = { slope: 0, offset: 0, aa: 1e-6, ab: 0, bb: 1e-6 };
    for (const one of margins) {
      const p = sigmoid(slope * one.margin + offset);
      const off = p - (one.right ? high : low);
      const curve = p * (1 - p);
      sums.slope += off * one.margin;
      sums.offset += off;
      sums.aa += curve * one.margin * one.margin;
      sums.ab += curve * one.margin;
      sums.bb += curve;
    }
    const determinant = sums.aa * sums.bb - sums.ab * sums.ab || 1e-9;
    slope -= (sums.bb * sums.slope - sums.ab * sums.offset) / determinant;
    offset -= (sums.aa * sums.offset - sums.ab * sums.slope) / determinant;
  }
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  return { slope: round(slope), offset: round(offset), outOfFold: true };
};

/** Folds by group, so that near-duplicates never stand on both sides; the same seed gives the same folds. */
export const foldsOf = (
  groups: readonly string[],
  folds: number,
  seed: number,
): readonly number[] => {
  const names = [...new Set(groups)].sort();
  let state = seed >>> 0;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const place = new Map(
    names
      .map((name) => ({ name, order: random() }))
      .sort((a, b) => a.order - b.order)
      .map(({ name }, at) => [name, at % folds] as const),
  );
  return groups.map((group) => place.get(group) ?? 0);
};
