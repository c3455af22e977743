/** The residuals of all labels laid out by hashed pair, so that a document is weighed for every label in one go. */
import type { Residual } from '../artefact.ts';
import { BUCKETS } from '../grams.ts';
import type { Features } from './measure.ts';

export interface ResidualIndex {
  readonly biases: Float64Array;
  readonly starts: Int32Array;
  readonly places: Uint16Array;
  /** Logits for a pair that is fully present, over 255. */
  readonly weights: Float64Array;
}

const IN_255THS_OF_HUNDREDTHS = 25_500;

/** `residuals` by place of the task. */
export const residualIndexOf = (
  residuals: ReadonlyMap<number, Residual>,
  tasks: number,
): ResidualIndex => {
  const biases = new Float64Array(tasks);
  const starts = new Int32Array(BUCKETS + 1);
  for (const [place, { bias, buckets }] of residuals) {
    biases[place] = bias;
    for (const bucket of buckets) starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1;
  }
  for (let at = 0; at < BUCKETS; at += 1)
    starts[at + 1] = (starts[at + 1] ?? 0) + (starts[at] ?? 0);
  const next = starts.slice();
  const places = new Uint16Array(starts[BUCKETS] ?? 0);
  const weights = new Float64Array(places.length);
  for (const [place, residual] of residuals)
    residual.buckets.forEach((bucket, at) => {
      const slot = next[bucket] ?? 0;
      places[slot] = place;
      weights[slot] = (residual.weights[at] ?? 0) / IN_255THS_OF_HUNDREDTHS;
      next[bucket] = slot + 1;
    });
  return { biases, starts, places, weights };
};

/** What every task's residual adds for this document, by place of the task. */
export const residualsAt = (index: ResidualIndex, { buckets, shares }: Features): Float64Array => {
  const sums = index.biases.slice();
  for (let at = 0; at < buckets.length; at += 1) {
    const bucket = buckets[at] ?? 0;
    const share = shares[at] ?? 0;
    const end = index.starts[bucket + 1] ?? 0;
    for (let slot = index.starts[bucket] ?? 0; slot < end; slot += 1) {
      const place = index.places[slot] ?? 0;
      sums[place] = (sums[place] ?? 0) + (index.weights[slot] ?? 0) * share;
    }
  }
  return sums;
};
