/** Brings the signals of one label together: shared coefficients, the anchored residual, calibration, and the best set. */
import type { Calibration, Coefficients, Isotonic, Residual } from './artefact.ts';
import { BUCKETS } from './grams.ts';

export const sigmoid = (margin: number): number => 1 / (1 + Math.exp(-margin));

export const marginOf = (signals: readonly number[], coefficients: Coefficients): number =>
  signals.reduce(
    (sum, signal, at) => sum + signal * (coefficients.weights[at] ?? 0),
    coefficients.bias,
  );

/** p = sigmoid(slope·margin + offset) near one margin. */
export interface CalibrationLine {
  readonly slope: number;
  readonly offset: number;
}

const through = (margin: number, logit: number, slope: number): CalibrationLine => ({
  slope,
  offset: logit - slope * margin,
});

const lineOfKnots = ({ knots, slope }: Isotonic, margin: number): CalibrationLine => {
  const after = knots.findIndex((knot) => knot.margin > margin);
  const low = knots[after < 0 ? knots.length - 1 : after - 1];
  const high = knots[after];
  if (low === undefined) return through(high?.margin ?? 0, high?.logit ?? 0, slope);
  if (high === undefined) return through(low.margin, low.logit, 0);
  return through(low.margin, low.logit, (high.logit - low.logit) / (high.margin - low.margin));
};

/** The straight line in logits that the calibration follows at this margin: the same everywhere unless it is isotonic. */
export const lineOf = (calibration: Calibration, margin: number): CalibrationLine =>
  'knots' in calibration ? lineOfKnots(calibration, margin) : calibration;

/** How likely a label is right, given its margin. */
export const probabilityOf = (calibration: Calibration, margin: number): number => {
  const { slope, offset } = lineOf(calibration, margin);
  return sigmoid(slope * margin + offset);
};

/** Hashed pairs that are present count once; counts of long texts must not outshout the anchor. */
export const residualOf = (document: Float32Array, residual: Residual | undefined): number => {
  if (residual === undefined) return 0;
  let sum = residual.bias;
  residual.buckets.forEach((bucket, at) => {
    const count = document[bucket % BUCKETS] ?? 0;
    if (count > 0) sum += ((residual.weights[at] ?? 0) / 100) * (count / (count + 1));
  });
  return sum;
};

/** The size 0–4 at which the expected F1 of the best-first probabilities is highest; 0 is right when everything is unlikely. */
export const expectedSize = (probabilities: readonly number[]): number => {
  const total = probabilities.reduce((sum, p) => sum + p, 0);
  let best = { size: 0, value: probabilities.reduce((product, p) => product * (1 - p), 1) };
  let sum = 0;
  for (let size = 1; size <= Math.min(4, probabilities.length); size += 1) {
    sum += probabilities[size - 1] ?? 0;
    const value = (2 * sum) / (size + total);
    if (value > best.value) best = { size, value };
  }
  return best.size;
};
