/** Fits what is learnt for one label alone, anchored to the margins of the shared coefficients and pulled to nothing. Deterministic, its cost bounded. */
import type { Residual } from '../artefact.ts';
import { sigmoid } from '../fuse.ts';
import { BUCKETS } from '../grams.ts';
import type { Features } from './measure.ts';

/** One document as one label sees it. */
export interface Example {
  readonly features: Features;
  /** Margin before anything is learnt for the label alone. */
  readonly anchor: number;
  readonly right: boolean;
}

export interface ResidualOptions {
  /** How hard weights and bias are pulled to 0. */
  readonly ridge: number;
  /** Most weights that are kept. */
  readonly keep: number;
}

const FULL = 255;
/** A step of its own that lowers the loss by less is noise, and would be rounded away. */
const LEAST_GAIN = 0.001;
/** A pair that stands in fewer documents is an accident. */
const LEAST_DOCUMENTS = 2;
const BIAS_STEPS = 8;
const NEWTON_STEPS = 3;
const PASSES = 3;
/** Where the model is sure the curve is flat, and a plain Newton step would leap. */
const LEAST_CURVE = 0.05;

const limited = (step: number): number => Math.max(-1, Math.min(1, step));

const biasOf = (examples: readonly Example[], ridge: number): number => {
  let bias = 0;
  for (let step = 0; step < BIAS_STEPS; step += 1) {
    let slope = ridge * bias;
    let curve = ridge;
    for (const { anchor, right } of examples) {
      const p = sigmoid(anchor + bias);
      slope += p - Number(right);
      curve += p * (1 - p);
    }
    bias -= limited(slope / curve);
  }
  return bias;
};

interface Slopes {
  readonly slope: Float64Array;
  readonly curve: Float64Array;
  readonly documents: Uint32Array;
}

/** First and second slope of the loss in every pair, at no weights. */
const slopesAt = (examples: readonly Example[], bias: number): Slopes => {
  const slope = new Float64Array(BUCKETS);
  const curve = new Float64Array(BUCKETS);
  const documents = new Uint32Array(BUCKETS);
  for (const { features, anchor, right } of examples) {
    const p = sigmoid(anchor + bias);
    const off = (p - Number(right)) / FULL;
    const bend = (p * (1 - p)) / (FULL * FULL);
    const { buckets, shares } = features;
    for (let at = 0; at < buckets.length; at += 1) {
      const bucket = buckets[at] ?? 0;
      const share = shares[at] ?? 0;
      slope[bucket] = (slope[bucket] ?? 0) + off * share;
      curve[bucket] = (curve[bucket] ?? 0) + bend * share * share;
      documents[bucket] = (documents[bucket] ?? 0) + 1;
    }
  }
  return { slope, curve, documents };
};

/** The pairs that lower the loss most by one step of their own, in order of bucket. */
const strongest = ({ slope, curve, documents }: Slopes, options: ResidualOptions): Int32Array => {
  const gains = new Float64Array(BUCKETS);
  const found = new Int32Array(BUCKETS);
  let size = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    if ((documents[bucket] ?? 0) < LEAST_DOCUMENTS) continue;
    const push = slope[bucket] ?? 0;
    const gain = (push * push) / ((curve[bucket] ?? 0) + options.ridge);
    if (gain < LEAST_GAIN) continue;
    gains[bucket] = gain;
    found[size] = bucket;
    size += 1;
  }
  const candidates = found.subarray(0, size);
  // Equal gains at the edge: the first buckets stay.
  return candidates
    .toSorted((a, b) => (gains[b] ?? 0) - (gains[a] ?? 0) || a - b)
    .subarray(0, options.keep)
    .toSorted();
};

/** The kept pairs by column: the documents that hold each, and how present it is there. */
interface Columns {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly shares: Float64Array;
}

/** What is kept of each document, in order of document. */
const keptOf = (examples: readonly Example[], slots: Int16Array) => {
  const most = examples.reduce((sum, { features }) => sum + features.buckets.length, 0);
  const kept = {
    slots: new Int16Array(most),
    rows: new Int32Array(most),
    shares: new Uint8Array(most),
    size: 0,
  };
  examples.forEach(({ features: { buckets, shares } }, row) => {
    for (let at = 0; at < buckets.length; at += 1) {
      const slot = slots[buckets[at] ?? 0] ?? -1;
      if (slot < 0) continue;
      kept.slots[kept.size] = slot;
      kept.rows[kept.size] = row;
      kept.shares[kept.size] = shares[at] ?? 0;
      kept.size += 1;
    }
  });
  return kept;
};

const columnsOf = (examples: readonly Example[], buckets: Int32Array): Columns => {
  const slots = new Int16Array(BUCKETS).fill(-1);
  buckets.forEach((bucket, slot) => {
    slots[bucket] = slot;
  });
  const kept = keptOf(examples, slots);
  const starts = new Int32Array(buckets.length + 1);
  for (let at = 0; at < kept.size; at += 1) {
    const slot = (kept.slots[at] ?? 0) + 1;
    starts[slot] = (starts[slot] ?? 0) + 1;
  }
  for (let slot = 0; slot < buckets.length; slot += 1)
    starts[slot + 1] = (starts[slot + 1] ?? 0) + (starts[slot] ?? 0);
  const next = starts.slice();
  const rows = new Int32Array(kept.size);
  const shares = new Float64Array(kept.size);
  for (let at = 0; at < kept.size; at += 1) {
    const slot = kept.slots[at] ?? 0;
    const place = next[slot] ?? 0;
    rows[place] = kept.rows[at] ?? 0;
    shares[place] = (kept.shares[at] ?? 0) / FULL;
    next[slot] = place + 1;
  }
  return { starts, rows, shares };
};

/** State of the descent: `off` is the slope of each document's loss where the step has got to, `bend` its curve where the step began. */
interface Descent {
  readonly columns: Columns;
  readonly ridge: number;
  readonly off: Float64Array;
  readonly bend: Float64Array;
  readonly weights: Float64Array;
}

/** How far the weight of one column has to move. */
const changeOf = (at: number, { columns, ridge, off, bend, weights }: Descent): number => {
  let slope = ridge * (weights[at] ?? 0);
  let curve = ridge;
  const end = columns.starts[at + 1] ?? 0;
  for (let place = columns.starts[at] ?? 0; place < end; place += 1) {
    const row = columns.rows[place] ?? 0;
    const share = columns.shares[place] ?? 0;
    slope += share * (off[row] ?? 0);
    curve += share * share * (bend[row] ?? 0);
  }
  return -slope / curve;
};

const stepColumn = (at: number, state: Descent): void => {
  const { columns, off, bend, weights } = state;
  const change = changeOf(at, state);
  weights[at] = (weights[at] ?? 0) + change;
  const end = columns.starts[at + 1] ?? 0;
  for (let place = columns.starts[at] ?? 0; place < end; place += 1) {
    const row = columns.rows[place] ?? 0;
    off[row] = (off[row] ?? 0) + (bend[row] ?? 0) * change * (columns.shares[place] ?? 0);
  }
};

/** Newton steps, each solved by a few passes over the columns; the bias stays where it was fitted first. */
const descend = (
  examples: readonly Example[],
  columns: Columns,
  start: { readonly bias: number; readonly ridge: number },
): Float64Array => {
  const size = columns.starts.length - 1;
  const margins = Float64Array.from(examples, ({ anchor }) => anchor + start.bias);
  const off = new Float64Array(examples.length);
  const bend = new Float64Array(examples.length);
  const state: Descent = {
    columns,
    ridge: start.ridge,
    off,
    bend,
    weights: new Float64Array(size),
  };
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    const before = examples.map(({ right }, row) => {
      const p = sigmoid(margins[row] ?? 0);
      bend[row] = Math.max(LEAST_CURVE, p * (1 - p));
      off[row] = p - Number(right);
      return off[row] ?? 0;
    });
    for (let pass = 0; pass < PASSES; pass += 1)
      for (let at = 0; at < size; at += 1) stepColumn(at, state);
    before.forEach((was, row) => {
      margins[row] = (margins[row] ?? 0) + ((off[row] ?? 0) - was) / (bend[row] ?? 1);
    });
  }
  return state.weights;
};

/** A small correction to the anchored margins of one label: ridge logistic regression on the strongest pairs, in hundredths of a logit. */
export const fitResidual = (examples: readonly Example[], options: ResidualOptions): Residual => {
  const bias = biasOf(examples, options.ridge);
  const kept = strongest(slopesAt(examples, bias), options);
  const fitted = descend(examples, columnsOf(examples, kept), { bias, ridge: options.ridge });
  const hundredths = Array.from(fitted, (weight) => Math.round(weight * 100));
  const some = hundredths.flatMap((weight, slot) => (weight === 0 ? [] : [slot]));
  return {
    bias: Math.round(bias * 100) / 100,
    buckets: some.map((slot) => kept[slot] ?? 0),
    weights: some.map((slot) => hundredths[slot] ?? 0),
  };
};
