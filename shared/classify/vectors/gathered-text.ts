/** The Han characters of many texts in one bounded array: what words are looked for in and vectors are trained on. */
import { isHan } from './word-trie.ts';

/** Between characters that other signs keep apart, and between lines. */
export const GAP = 0;
export const LINE = 1;

export interface GatheredText {
  /** Answers false, and takes nothing, where the text would go beyond the limit. */
  add(text: string): boolean;
  /** UTF-16 units of Han characters with GAP and LINE between them. */
  units(): Uint16Array;
  /** Han characters taken. */
  characters(): number;
}

const FIRST = 1 << 16;

const kindOf = (unit: number): number => {
  if (isHan(unit)) return unit;
  return unit === 0x0a ? LINE : GAP;
};

/** Holds at most `limit` units: two bytes each, and as much again while it grows. */
export const gatheredText = (limit: number): GatheredText => {
  let units = new Uint16Array(Math.min(limit, FIRST));
  let length = 0;
  let characters = 0;
  const put = (unit: number): void => {
    const last = units[length - 1] ?? LINE;
    if (unit <= LINE && last <= LINE) {
      // Of signs in a row one is kept, and a new line outweighs the others.
      if (length > 0) units[length - 1] = Math.max(unit, last);
      return;
    }
    units[length] = unit;
    length += 1;
    if (unit > LINE) characters += 1;
  };
  const makeRoom = (more: number): void => {
    if (length + more <= units.length) return;
    const grown = new Uint16Array(Math.min(limit, Math.max(units.length * 2, length + more)));
    grown.set(units.subarray(0, length));
    units = grown;
  };
  return {
    add: (text) => {
      if (length + text.length + 1 > limit) return false;
      makeRoom(text.length + 1);
      for (let at = 0; at < text.length; at += 1) put(kindOf(text.charCodeAt(at)));
      put(LINE);
      return true;
    },
    units: () => units.subarray(0, length),
    characters: () => characters,
  };
};
