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

/** A dozen coefficients settle within a few of Newton's steps. */
const STEPS = 25;
const SETTLED = 1e-6;
/** Far from the answer the curve is flat, and a whole step would leap past it. */
const LONGEST_STEP = 2;

interface Equations {
  readonly square: Float64Array;
  readonly right: Float64Array;
}

const cell = ({ square, right }: Equations, row: number, column: number): number =>
  square[row * right.length + column] ?? 0;

/** Takes the pivot's row out of the rows below it. */
const eliminate = (equations: Equations, pivot: number): void => {
  const { square, right } = equations;
  for (let row = pivot + 1; row < right.length; row += 1) {
    const share = cell(equations, row, pivot) / cell(equations, pivot, pivot);
    if (share === 0) continue;
    for (let column = pivot; column < right.length; column += 1)
      square[row * right.length + column] =
        cell(equations, row, column) - share * cell(equations, pivot, column);
    right[row] = (right[row] ?? 0) - share * (right[pivot] ?? 0);
  }
};

/** The x of `square` · x = `right` for a positive definite matrix given row by row; both are used up. */
const solve = (equations: Equations): Float64Array => {
  const { right } = equations;
  for (let pivot = 0; pivot < right.length; pivot += 1) eliminate(equations, pivot);
  for (let row = right.length - 1; row >= 0; row -= 1) {
    let rest = right[row] ?? 0;
    for (let column = row + 1; column < right.length; column += 1)
      rest -= cell(equations, row, column) * (right[column] ?? 0);
    right[row] = rest / cell(equations, row, row);
  }
  return right;
};

/** One row in `rows`, from `from` on; adds what it says of slope and curve. */
interface Bending {
  readonly rows: Float64Array;
  readonly from: number;
  readonly gradient: Float64Array;
  readonly curve: Float64Array;
}

const marginAt = ({ rows, from }: Bending, weights: Float64Array): number => {
  let margin = 0;
  for (let place = 0; place < weights.length; place += 1)
    margin += (rows[from + place] ?? 0) * (weights[place] ?? 0);
  return margin;
};

const addRow = ({ rows, from, gradient, curve }: Bending, off: number, bend: number): void => {
  const width = gradient.length;
  for (let place = 0; place < width; place += 1) {
    const value = rows[from + place] ?? 0;
    if (value === 0) continue;
    gradient[place] = (gradient[place] ?? 0) + off * value;
    for (let other = 0; other < width; other += 1) {
      const to = place * width + other;
      curve[to] = (curve[to] ?? 0) + bend * value * (rows[from + other] ?? 0);
    }
  }
};

/** Slope and curve of the loss at these weights, with the pull to where they started. */
const slopes = (
  rows: Float64Array,
  rights: Uint8Array,
  at: { readonly weights: Float64Array; readonly start: readonly number[]; readonly pull: number },
): { readonly gradient: Float64Array; readonly curve: Float64Array } => {
  const { weights, start, pull } = at;
  const width = weights.length;
  const gradient = Float64Array.from(weights, (one, place) => pull * (one - (start[place] ?? 0)));
  const curve = new Float64Array(width * width);
  for (let place = 0; place < width; place += 1) curve[place * width + place] = pull;
  rights.forEach((right, row) => {
    const bending = { rows, from: row * width, gradient, curve };
    const p = sigmoid(marginAt(bending, weights));
    addRow(bending, p - right, p * (1 - p));
  });
  return { gradient, curve };
};

/** Pulls the shared coefficients towards those set by hand: `pull` says how hard. */
export const fitCoefficients = (
  pairs: readonly Pair[],
  prior: Coefficients,
  pull: number,
): Coefficients => {
  const start = [prior.bias, ...prior.weights];
  const width = prior.weights.length;
  const rows = Float64Array.from(pairs.flatMap((pair) => [1, ...pair.signals.slice(0, width)]));
  const rights = Uint8Array.from(pairs, (pair) => Number(pair.right));
  const weights = Float64Array.from(start);
  for (let step = 0; step < STEPS; step += 1) {
    const { gradient, curve } = slopes(rows, rights, { weights, start, pull });
    const moves = solve({ square: curve, right: gradient });
    moves.forEach((move, place) => {
      weights[place] =
        (weights[place] ?? 0) - Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, move));
    });
    if (moves.every((move) => Math.abs(move) < SETTLED)) break;
  }
  const round = (value: number): number => Math.round(value * 1000) / 1000;
  const [bias, ...rest] = weights;
  return { bias: round(bias ?? 0), weights: rest.slice(0, SIGNALS.length).map(round) };
};

/** Newton's step is only good nearby: where the curve is flat it would leap past the answer. */
const limited = (step: number): number => Math.max(-0.25, Math.min(0.25, step));

/**
 * Rules are mended on what they are fitted on, so a tag that looks certain there is less certain elsewhere: of real texts
 * that nobody mended a rule on, one tag in eleven was wrong, and few of those looked doubtful. No target is higher than this.
 */
const HIGHEST_TARGET = 0.975;

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
