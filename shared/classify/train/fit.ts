/** Fits the learnt part of an artefact: shared coefficients, an anchored residual per label, and the calibration. Deterministic. */
import type { Artefact, Coefficients, Residual } from '../artefact.ts';
import { SIGNALS } from '../artefact.ts';
import { sigmoid } from '../fuse.ts';
import { BUCKETS } from '../grams.ts';

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
  const width = prior.weights.length;
  const signals = Float64Array.from(pairs.flatMap((pair) => pair.signals.slice(0, width)));
  const weights = Float64Array.from(start);
  const speed = new Float64Array(start.length);
  const gradient = new Float64Array(start.length);
  const add = (row: number, right: boolean): void => {
    let margin = weights[0] ?? 0;
    for (let at = 0; at < width; at += 1)
      margin += (signals[row * width + at] ?? 0) * (weights[at + 1] ?? 0);
    const off = (sigmoid(margin) - (right ? 1 : 0)) / pairs.length;
    gradient[0] = (gradient[0] ?? 0) + off;
    for (let at = 0; at < width; at += 1)
      gradient[at + 1] = (gradient[at + 1] ?? 0) + off * (signals[row * width + at] ?? 0);
  };
  for (let step = 0; step < STEPS; step += 1) {
    weights.forEach((weight, at) => {
      gradient[at] = (pull * (weight - (start[at] ?? 0))) / pairs.length;
    });
    pairs.forEach((pair, row) => {
      add(row, pair.right);
    });
    weights.forEach((weight, at) => {
      speed[at] = 0.9 * (speed[at] ?? 0) - RATE * (gradient[at] ?? 0);
      weights[at] = weight + (speed[at] ?? 0);
    });
  }
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  const [bias, ...rest] = weights;
  return { bias: round(bias ?? 0), weights: rest.slice(0, SIGNALS.length).map(round) };
};

const NO_DOCUMENT: LearntDocument = { buckets: new Int32Array(), shares: new Float32Array() };

const dot = (document: LearntDocument, weights: Float64Array): number => {
  let sum = 0;
  for (let at = 0; at < document.buckets.length; at += 1)
    sum += (weights[document.buckets[at] ?? 0] ?? 0) * (document.shares[at] ?? 0);
  return sum;
};

const addTo = (gradient: Map<number, number>, document: LearntDocument, off: number): void => {
  for (let at = 0; at < document.buckets.length; at += 1) {
    const bucket = document.buckets[at] ?? 0;
    gradient.set(bucket, (gradient.get(bucket) ?? 0) + off * (document.shares[at] ?? 0));
  }
};

/** The largest weights, in hundredths, in order of bucket. */
const kept = (weights: Float64Array, most: number): Pick<Residual, 'buckets' | 'weights'> => {
  const buckets = [...weights.keys()]
    .filter((bucket) => Math.round((weights[bucket] ?? 0) * 100) !== 0)
    .sort((a, b) => Math.abs(weights[b] ?? 0) - Math.abs(weights[a] ?? 0) || a - b)
    .slice(0, most)
    .sort((a, b) => a - b);
  return { buckets, weights: buckets.map((bucket) => Math.round((weights[bucket] ?? 0) * 100)) };
};

interface Margin {
  readonly document: number;
  readonly margin: number;
  readonly right: boolean;
}

const RESIDUAL_STEPS = 60;

/** A small correction on hashed pairs to the anchored margins of one label: ridge logistic regression, largest weights kept. */
export const fitResidual = (
  documents: readonly LearntDocument[],
  margins: readonly Margin[],
  options: { readonly ridge: number; readonly keep: number },
): Residual => {
  const weights = new Float64Array(BUCKETS);
  let bias = 0;
  const step = (): void => {
    const gradient = new Map<number, number>();
    let towards = options.ridge * bias;
    for (const one of margins) {
      const document = documents[one.document] ?? NO_DOCUMENT;
      const off = sigmoid(one.margin + bias + dot(document, weights)) - Number(one.right);
      towards += off;
      addTo(gradient, document, off);
    }
    bias -= 0.02 * towards;
    for (const [bucket, slope] of gradient)
      weights[bucket] = (weights[bucket] ?? 0) * (1 - 0.002 * options.ridge) - 0.002 * slope;
  };
  for (let at = 0; at < RESIDUAL_STEPS; at += 1) step();
  return { bias: Math.round(bias * 1000) / 1000, ...kept(weights, options.keep) };
};

/** Newton's step is only good nearby: where the curve is flat it would leap past the answer. */
const limited = (step: number): number => Math.max(-0.25, Math.min(0.25, step));

/**
 * The rules were mended on the very gold that calibration is fitted on, so a tag that looks certain here is not certain
 * elsewhere: of fresh titles read by hand about one primary tag in ten was wrong. No target is higher than this.
 */
const HIGHEST_TARGET = 0.96;

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
    slope -= limited((sums.bb * sums.slope - sums.ab * sums.offset) / determinant);
    offset -= limited((sums.aa * sums.offset - sums.ab * sums.slope) / determinant);
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
