/** Fits what is learnt for one label alone, anchored to the margins of the shared coefficients. Deterministic. */
import type { Residual } from '../artefact.ts';
import { sigmoid } from '../fuse.ts';
import { BUCKETS } from '../grams.ts';

export interface LearntDocument {
  /** Saturated presence of hashed pairs. */
  readonly buckets: Int32Array;
  readonly shares: Float32Array;
}

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
