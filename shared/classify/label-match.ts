/** How well the words of a document match the words of each label: character pairs, saturated, rare ones weigh more. */
import { BUCKETS, eachGram, type Sparse, sparseCounts } from './grams.ts';
import type { Reading } from './reading.ts';

/** The texts of one label; `title` weighs double. */
export interface LabelText {
  readonly code: string;
  readonly title: string;
  readonly rest: readonly string[];
  /** What looks alike and belongs elsewhere: words found only here count against the label. */
  readonly not?: readonly string[];
}

interface LabelVector {
  readonly code: string;
  readonly buckets: Int32Array;
  readonly weights: Float32Array;
}

export interface LabelIndex {
  readonly labels: readonly LabelVector[];
}

const SINGLE = 0.15;
const LABEL_SATURATION = 1.5;
const SATURATION = 1.2;

/** A word that speaks against weighs half of one that speaks for. */
const AGAINST = 0.5;

const onlyIn = (one: Sparse, other: Sparse): Sparse => {
  const known = new Set(other.buckets);
  const kept = [...one.buckets.keys()].filter((at) => !known.has(one.buckets[at] ?? -1));
  return {
    buckets: Int32Array.from(kept, (at) => one.buckets[at] ?? 0),
    counts: Float32Array.from(kept, (at) => one.counts[at] ?? 0),
  };
};

const idf = (total: number, holding: number): number =>
  Math.log(1 + (total - holding + 0.5) / (holding + 0.5));

/** Scores rarer pairs higher among the labels themselves: what every label says tells nothing. */
export const indexLabels = (texts: readonly LabelText[]): LabelIndex => {
  const sparse: readonly Sparse[] = texts.map((label) =>
    sparseCounts(
      [{ text: label.title, weight: 2 }, ...label.rest.map((text) => ({ text, weight: 1 }))],
      SINGLE,
    ),
  );
  const holding = new Float32Array(BUCKETS);
  for (const one of sparse)
    for (const bucket of one.buckets) holding[bucket] = (holding[bucket] ?? 0) + 1;
  const weigh = (one: Sparse): Float32Array =>
    Float32Array.from(one.buckets, (bucket, place) => {
      const count = one.counts[place] ?? 0;
      return idf(texts.length, holding[bucket] ?? 0) * (count / (count + LABEL_SATURATION));
    });
  const labels = texts.map((label, at) => {
    const own = sparse[at] ?? sparseCounts([], 0);
    const weights = weigh(own);
    const norm = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0)) || 1;
    const against = onlyIn(
      sparseCounts(
        (label.not ?? []).map((text) => ({ text, weight: 1 })),
        0,
      ),
      own,
    );
    return {
      code: label.code,
      buckets: Int32Array.from([...own.buckets, ...against.buckets]),
      weights: Float32Array.from([
        ...weights.map((weight) => weight / norm),
        ...weigh(against).map((weight) => (-AGAINST * weight) / norm),
      ]),
    };
  });
  return { labels };
};

/** Saturated weights of the document's pairs; the body is measured by its length so that long texts do not match everything. */
export const documentVector = (reading: Reading): Float32Array => {
  const dense = new Float32Array(BUCKETS);
  const { title, head, purpose, headings, body } = reading.zones;
  const scale = 1 / Math.max(1, body.chars.length / 700);
  const add = (text: string, weight: number): void =>
    eachGram(text, SINGLE, (bucket, share) => {
      dense[bucket] = (dense[bucket] ?? 0) + share * weight;
    });
  add(title.chars, 3);
  add(purpose.chars, title.chars === '' ? 2 : 1);
  add(head.chars, 0.5);
  add(headings.chars, 0.6);
  add(body.chars, 0.6 * scale);
  return dense;
};

export interface Match {
  readonly code: string;
  readonly score: number;
}

/** What a pair of the label adds to its score, given how often the document holds it. */
const gain = (weight: number, count: number): number => (weight * count) / (count + SATURATION);

/** What each pair of one label that the document holds adds to its score, negative where it speaks against; in the order in which they are summed. */
export const gainsOf = (
  document: Float32Array,
  index: LabelIndex,
  code: string,
): ReadonlyMap<number, number> => {
  const gains = new Map<number, number>();
  const label = index.labels.find((one) => one.code === code);
  label?.buckets.forEach((bucket, at) => {
    const count = document[bucket] ?? 0;
    if (count > 0) gains.set(bucket, gain(label.weights[at] ?? 0, count));
  });
  return gains;
};

export const matchLabels = (document: Float32Array, index: LabelIndex): readonly Match[] =>
  index.labels.map((label) => {
    let score = 0;
    for (let at = 0; at < label.buckets.length; at += 1) {
      const count = document[label.buckets[at] ?? 0] ?? 0;
      if (count > 0) score += gain(label.weights[at] ?? 0, count);
    }
    return { code: label.code, score: Math.max(0, score) };
  });

/** The label's weights laid out flat, to weigh sentences with. */
export const weightsOf = (index: LabelIndex, code: string): Float32Array => {
  const dense = new Float32Array(BUCKETS);
  const label = index.labels.find((one) => one.code === code);
  label?.buckets.forEach((bucket, at) => {
    dense[bucket] = label.weights[at] ?? 0;
  });
  return dense;
};

/** Cosine of two label texts' pairs, for binding rule packs to the tasks of another table. */
export const likeness = (first: Sparse, second: Sparse): number => {
  const dense = new Float32Array(BUCKETS);
  let squares = 0;
  first.buckets.forEach((bucket, at) => {
    const count = Math.sqrt(first.counts[at] ?? 0);
    dense[bucket] = count;
    squares += count * count;
  });
  let product = 0;
  let others = 0;
  second.buckets.forEach((bucket, at) => {
    const count = Math.sqrt(second.counts[at] ?? 0);
    product += count * (dense[bucket] ?? 0);
    others += count * count;
  });
  return product === 0 ? 0 : product / Math.sqrt(squares * others);
};
