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
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const push = slope[bucket] ?? 0;
    if ((documents[bucket] ?? 0) >= LEAST_DOCUMENTS)
      gains[bucket] = (push * push) / ((curve[bucket] ?? 0) + options.ridge);
  }
  const least = gains.toSorted()[BUCKETS - options.keep] ?? 0;
  const found: number[] = [];
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
    const gain = gains[bucket] ?? 0;
    if (gain > 0 && gain >= least) found.push(bucket);
  }
  // Equal gains at the edge: the first buckets stay.
  return Int32Array.from(
    found
      .sort((a, b) => (gains[b] ?? 0) - (gains[a] ?? 0) || a - b)
      .slice(0, options.keep)
      .sort((a, b) => a - b),
  );
};

/** The kept pairs by column: the documents that hold each, and how present it is there. */
interface Columns {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
  readonly shares: Float64Array;
}

const columnsOf = (examples: readonly Example[], kept: Int32Array): Columns => {
  const slots = new Int32Array(BUCKETS).fill(-1);
  kept.forEach((bucket, slot) => {
    slots[bucket] = slot;
  });
  const starts = new Int32Array(kept.length + 1);
  const each = (visit: (slot: number, row: number, share: number) => void): void => {
    examples.forEach(({ features: { buckets, shares } }, row) => {
      for (let at = 0; at < buckets.length; at += 1) {
        const slot = slots[buckets[at] ?? 0] ?? -1;
        if (slot >= 0) visit(slot, row, (shares[at] ?? 0) / FULL);
      }
    });
  };
  each((slot) => {
    starts[slot + 1] = (starts[slot + 1] ?? 0) + 1;
  });
  for (let slot = 0; slot < kept.length; slot += 1)
    starts[slot + 1] = (starts[slot + 1] ?? 0) + (starts[slot] ?? 0);
  const next = starts.slice();
  const rows = new Int32Array(starts[kept.length] ?? 0);
  const shares = new Float64Array(rows.length);
  each((slot, row, share) => {
    const at = next[slot] ?? 0;
    rows[at] = row;
    shares[at] = share;
    next[slot] = at + 1;
  });
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
