/** Skip-gram with negative sampling (Mikolov and others, 2013) on one thread: the same tokens and seed give the same numbers on every machine. */
import { type Random, randomOf } from './random.ts';
import type { Tokens } from './tokens.ts';

export interface SkipGramOptions {
  readonly seed: number;
  readonly dimensions: number;
  readonly window: number;
  readonly negatives: number;
  readonly epochs: number;
  /** Words more frequent than this share of all tokens are passed over now and then. */
  readonly subsample: number;
  /** Called now and then with 0–1. */
  readonly onProgress?: (share: number) => void;
}

const RATE = 0.025;
const SLOWEST = RATE / 10_000;
const NOISE = 1 << 20;
const STEPS = 1_024;
const REACH = 6;
const REPORTED = 50_000;

/** 1 / (1 + e^-x) at 1,024 places, rounded so that no machine's last bit of `exp` counts. */
const sigmoids = (): Float32Array =>
  Float32Array.from({ length: STEPS + 1 }, (_, at) => {
    const exact = 1 / (1 + Math.exp(-((at / STEPS) * 2 - 1) * REACH));
    return Math.round(exact * 1e6) / 1e6;
  });

/** Words drawn as often as their count to the power ¾: by square roots, which are exact. */
const noiseOf = (counts: Uint32Array): Int32Array => {
  const shares = Float64Array.from(
    counts,
    (count) => Math.sqrt(count) * Math.sqrt(Math.sqrt(count)),
  );
  const total = shares.reduce((sum, share) => sum + share, 0);
  const noise = new Int32Array(NOISE);
  let word = 0;
  let reached = (shares[0] ?? 0) / total;
  for (let at = 0; at < NOISE; at += 1) {
    noise[at] = word;
    if (at / NOISE > reached && word < counts.length - 1) {
      word += 1;
      reached += (shares[word] ?? 0) / total;
    }
  }
  return noise;
};

/** For each word the share of 2^32 at which it is kept. */
const keptOf = ({ counts, total }: Tokens, subsample: number): Float64Array =>
  Float64Array.from(counts, (count) => {
    const ratio = (subsample * total) / Math.max(1, count);
    return Math.min(1, Math.sqrt(ratio) + ratio) * 2 ** 32;
  });

interface Net {
  /** Rows of `dimensions`, one a word. */
  readonly inner: Float32Array;
  /** One lesson: that `context` stands beside `word`, and that words drawn by chance do not. */
  learn(word: number, context: number, rate: number): void;
}

const netOf = (tokens: Tokens, options: SkipGramOptions, random: Random): Net => {
  const { dimensions, negatives } = options;
  const size = tokens.words.length * dimensions;
  const inner = Float32Array.from(
    { length: size },
    () => (random.next() / 2 ** 32 - 0.5) / dimensions,
  );
  const outer = new Float32Array(size);
  const change = new Float32Array(dimensions);
  const curve = sigmoids();
  const noise = noiseOf(tokens.counts);
  /** How far the net is from saying that the context is `right` (1) or not (0). */
  const offBy = (from: number, to: number, right: number): number => {
    let sum = 0;
    for (let at = 0; at < dimensions; at += 1)
      sum += (inner[from + at] ?? 0) * (outer[to + at] ?? 0);
    const place = Math.max(0, Math.min(STEPS, Math.round(((sum + REACH) * STEPS) / (2 * REACH))));
    return right - (curve[place] ?? 0);
  };
  /** Moves the context now; what the word itself has to change is gathered in `change`. */
  const move = (from: number, to: number, by: number): void => {
    for (let at = 0; at < dimensions; at += 1) {
      const before = outer[to + at] ?? 0;
      change[at] = (change[at] ?? 0) + by * before;
      outer[to + at] = before + by * (inner[from + at] ?? 0);
    }
  };
  return {
    inner,
    learn: (word, context, rate) => {
      const from = word * dimensions;
      change.fill(0);
      move(from, context * dimensions, rate * offBy(from, context * dimensions, 1));
      for (let drawn = 0; drawn < negatives; drawn += 1) {
        const other = noise[random.next() & (NOISE - 1)] ?? 0;
        if (other === context) continue;
        move(from, other * dimensions, rate * offBy(from, other * dimensions, 0));
      }
      for (let at = 0; at < dimensions; at += 1)
        inner[from + at] = (inner[from + at] ?? 0) + (change[at] ?? 0);
    },
  };
};

/** The tokens of one line that subsampling leaves, written to the front of `line`; answers where the next line begins. */
const nextLine = (
  tokens: Int32Array,
  from: number,
  { line, keeps }: { readonly line: number[]; readonly keeps: (word: number) => boolean },
): number => {
  let at = from;
  line.length = 0;
  while (at < tokens.length && tokens[at] !== -1) {
    const word = tokens[at] ?? 0;
    if (keeps(word)) line.push(word);
    at += 1;
  }
  return at + 1;
};

/** Rows of `dimensions`, one a word of the vocabulary. */
export const skipGram = (tokens: Tokens, options: SkipGramOptions): Float32Array => {
  const random = randomOf(options.seed);
  const net = netOf(tokens, options, random);
  const kept = keptOf(tokens, options.subsample);
  const keeps = (word: number): boolean => random.next() < (kept[word] ?? 0);
  const line: number[] = [];
  const all = tokens.tokens.length * options.epochs;
  let reported = 0;
  const learnLine = (rate: number): void => {
    for (let at = 0; at < line.length; at += 1) {
      const reach = 1 + (random.next() % options.window);
      const to = Math.min(line.length - 1, at + reach);
      for (let near = Math.max(0, at - reach); near <= to; near += 1)
        if (near !== at) net.learn(line[near] ?? 0, line[at] ?? 0, rate);
    }
  };
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    let from = 0;
    while (from < tokens.tokens.length) {
      const done = epoch * tokens.tokens.length + from;
      const rate = Math.max(SLOWEST, RATE * (1 - done / all));
      from = nextLine(tokens.tokens, from, { line, keeps });
      learnLine(rate);
      if (done - reported < REPORTED) continue;
      reported = done;
      options.onProgress?.(done / all);
    }
  }
  return net.inner;
};
