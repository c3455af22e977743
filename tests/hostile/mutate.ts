/** Damaged copies of real files, the same for the same seed. */
import { type Random, randomOf } from '../../shared/classify/gate/random-of.ts';

type Mutation = (bytes: Uint8Array, random: Random, other: Uint8Array) => Uint8Array;

const below = (random: Random, most: number): number => Math.floor(random() * most);

const flipBits: Mutation = (bytes, random) => {
  const copy = bytes.slice();
  const flips = 1 + below(random, 24);
  for (let at = 0; at < flips; at += 1) {
    const place = below(random, copy.length);
    copy[place] = (copy[place] ?? 0) ^ (1 << below(random, 8));
  }
  return copy;
};

const truncate: Mutation = (bytes, random) => bytes.slice(0, below(random, bytes.length));

/** A piece of another file in the place of a piece of this one. */
const splice: Mutation = (bytes, random, other) => {
  const copy = bytes.slice();
  const length = Math.min(1 + below(random, 4096), copy.length, other.length);
  const from = below(random, other.length - length + 1);
  copy.set(other.subarray(from, from + length), below(random, copy.length - length + 1));
  return copy;
};

/** A piece of the file stands twice; everything after it moves. */
const repeat: Mutation = (bytes, random) => {
  const from = below(random, bytes.length);
  const to = Math.min(bytes.length, from + 1 + below(random, 8192));
  return Uint8Array.from([...bytes.subarray(0, to), ...bytes.subarray(from)]);
};

const cutOut: Mutation = (bytes, random) => {
  const from = below(random, bytes.length);
  const to = Math.min(bytes.length, from + 1 + below(random, 2048));
  return Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(to)]);
};

/** Lengths and offsets that promise more than there is. */
const extremes: Mutation = (bytes, random) => {
  const copy = bytes.slice();
  for (let at = 0; at < 1 + below(random, 4); at += 1) {
    const place = below(random, Math.max(1, copy.length - 4));
    const value = [0, 0xff, 0x7f, 0x80][below(random, 4)] ?? 0;
    copy.fill(value, place, place + 2 ** below(random, 3));
  }
  return copy;
};

const MUTATIONS: readonly Mutation[] = [flipBits, truncate, splice, repeat, cutOut, extremes];

/** One to three mutations on top of each other; never empty. */
export const mutate = (bytes: Uint8Array, other: Uint8Array, seed: number): Uint8Array => {
  const random = randomOf(seed);
  let mutant = bytes;
  for (let rounds = 1 + below(random, 3); rounds > 0; rounds -= 1) {
    const mutation = MUTATIONS[below(random, MUTATIONS.length)];
    if (mutation !== undefined && mutant.length > 8) mutant = mutation(mutant, random, other);
  }
  return mutant.length === 0 ? bytes.slice(0, 1) : mutant;
};
