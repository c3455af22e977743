/** Characters and character pairs as hashed counts in typed arrays: the features of matching and of the residual. */

const BITS = 16;
export const BUCKETS = 1 << BITS;
const MASK = BUCKETS - 1;

/** Han, kana-free Latin letters and digits count; everything else separates. */
const counts = (unit: number): boolean =>
  (unit >= 0x4e00 && unit <= 0x9fff) ||
  (unit >= 0x61 && unit <= 0x7a) ||
  (unit >= 0x41 && unit <= 0x5a);

const mix = (value: number): number => {
  const once = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (once ^ (once >>> 13)) & MASK;
};

export const pairBucket = (first: number, second: number): number =>
  mix(Math.imul(first, 65_599) + second);
export const characterBucket = (unit: number): number => mix(Math.imul(unit, 40_503) ^ 0x5bd1e995);

/** Calls `visit(bucket, share, at)` for each pair (share 1) and each single character (share `single`) of the text; `at` is the place of its last character. */
export const eachGram = (
  text: string,
  single: number,
  visit: (bucket: number, share: number, at: number) => void,
): void => {
  let last = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (!counts(unit)) {
      last = 0;
      continue;
    }
    if (single > 0) visit(characterBucket(unit), single, at);
    if (last !== 0) visit(pairBucket(last, unit), 1, at);
    last = unit;
  }
};

/** Sparse counts: `buckets` without repetition in order of first sight, `counts` beside them. */
export interface Sparse {
  readonly buckets: Int32Array;
  readonly counts: Float32Array;
}

/** Adds weighted texts into one sparse vector; the scratch array is cleared again on the way out. */
export const sparseCounts = (
  parts: readonly { readonly text: string; readonly weight: number }[],
  single: number,
): Sparse => {
  const dense = new Float32Array(BUCKETS);
  const seen: number[] = [];
  for (const part of parts)
    eachGram(part.text, single, (bucket, share) => {
      const before = dense[bucket] ?? 0;
      if (before === 0) seen.push(bucket);
      dense[bucket] = before + share * part.weight;
    });
  return {
    buckets: Int32Array.from(seen),
    counts: Float32Array.from(seen, (bucket) => dense[bucket] ?? 0),
  };
};
