/** Cuts gathered text by a vocabulary and keeps the words worth a vector, most frequent first. */
import { LINE } from './gathered-text.ts';
import { cutBackwards, trieOf } from './word-trie.ts';

/** `tokens` are numbers of words, -1 between lines. */
export interface Tokens {
  readonly words: readonly string[];
  readonly counts: Uint32Array;
  readonly tokens: Int32Array;
  /** Tokens that are words. */
  readonly total: number;
}

/** Longer lines are cut in pieces of this many characters. */
const PIECE = 4_096;

const eachPiece = (units: Uint16Array, visit: (piece: string) => void): void => {
  let from = 0;
  while (from < units.length) {
    let to = from;
    while (to < units.length && to - from < PIECE && units[to] !== LINE) to += 1;
    visit(String.fromCharCode(...units.subarray(from, to)));
    from = units[to] === LINE ? to + 1 : to;
  }
};

/** A token or a mark between lines for at most every unit. */
const encode = (units: Uint16Array, words: readonly string[]): Omit<Tokens, 'words'> => {
  const trie = trieOf(words);
  const tokens = new Int32Array(units.length + 1);
  const counts = new Uint32Array(words.length);
  let length = 0;
  let total = 0;
  eachPiece(units, (piece) => {
    const from = length;
    cutBackwards(piece, trie, (word) => {
      if (word < 0) return;
      tokens[length] = word;
      length += 1;
      counts[word] = (counts[word] ?? 0) + 1;
    });
    total += length - from;
    tokens.subarray(from, length).reverse();
    tokens[length] = -1;
    length += 1;
  });
  return { tokens: tokens.slice(0, length), counts, total };
};

const singlesOf = (units: Uint16Array): string[] =>
  [...new Set(units)].filter((unit) => unit > LINE).map((unit) => String.fromCharCode(unit));

interface Limits {
  /** Rarer words get no vector. */
  readonly least: number;
  readonly most: number;
}

/** Cut twice: by all candidates and single characters, then by those that were met often enough. */
export const tokensOf = (
  units: Uint16Array,
  candidates: readonly string[],
  { least, most }: Limits,
): Tokens => {
  const all = [...new Set([...candidates, ...singlesOf(units)])];
  const { counts } = encode(units, all);
  const words = all
    .map((word, at) => ({ word, count: counts[at] ?? 0 }))
    .filter(({ count }) => count >= least)
    .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
    .slice(0, most)
    .map(({ word }) => word);
  return { words, ...encode(units, words) };
};
