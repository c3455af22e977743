/** Fits the shared part of an artefact: coefficients and calibration. Deterministic. */
import type { Artefact, Coefficients } from '../artefact.ts';
import { SIGNALS } from '../artefact.ts';
import { sigmoid } from '../fuse.ts';

/** One document with one label. `weight` 0 leaves it out (optional codes). */
export interface Pair {
  readonly document: number;
  readonly code: string;
  readonly signals: readonly number[];
  readonly right: boolean;
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
