/** A vocabulary laid out in typed arrays by the last character of each word, so that a text is cut from its end, longest word first. */

/** Only Han characters make words; everything else separates. */
export const isHan = (unit: number): boolean => unit >= 0x4e00 && unit <= 0x9fff;

export const LONGEST_WORD = 12;

export interface WordTrie {
  /** One less than a power of two: slots are found by open addressing. */
  readonly mask: number;
  readonly parents: Int32Array;
  readonly units: Uint16Array;
  /** 0 where the slot is free. */
  readonly children: Int32Array;
  /** The word that ends at a node, or -1. */
  readonly words: Int32Array;
}

const slotOf = (trie: WordTrie, parent: number, unit: number): number => {
  let slot = (Math.imul(parent, 0x9e3779b1) ^ Math.imul(unit + 1, 0x85ebca6b)) >>> 0;
  slot = (slot ^ (slot >>> 15)) & trie.mask;
  while (trie.children[slot] !== 0) {
    if (trie.parents[slot] === parent && trie.units[slot] === unit) return slot;
    slot = (slot + 1) & trie.mask;
  }
  return slot;
};

/** The number of a word is its place in the list; of equal words the last counts. */
export const trieOf = (words: readonly string[]): WordTrie => {
  const characters = words.reduce((sum, word) => sum + word.length, 1);
  const size = 2 ** Math.ceil(Math.log2(characters * 2 + 2));
  const trie: WordTrie = {
    mask: size - 1,
    parents: new Int32Array(size),
    units: new Uint16Array(size),
    children: new Int32Array(size),
    words: new Int32Array(characters + 1).fill(-1),
  };
  let nodes = 1;
  words.forEach((word, number) => {
    let node = 0;
    for (let at = word.length - 1; at >= 0; at -= 1) {
      const unit = word.charCodeAt(at);
      const slot = slotOf(trie, node, unit);
      if (trie.children[slot] === 0) {
        trie.parents[slot] = node;
        trie.units[slot] = unit;
        trie.children[slot] = nodes;
        nodes += 1;
      }
      node = trie.children[slot] ?? 0;
    }
    trie.words[node] = number;
  });
  return trie;
};

/** Calls `visit` for each word from the end of the text to its beginning; `at` is the place of its first character, -1 the word of a character that no word covers. */
export const cutBackwards = (
  text: string,
  trie: WordTrie,
  visit: (word: number, at: number) => void,
): void => {
  let end = text.length;
  while (end > 0) {
    let node = 0;
    let word = -1;
    let start = end - 1;
    for (let at = end - 1; at >= 0 && end - at <= LONGEST_WORD; at -= 1) {
      node = trie.children[slotOf(trie, node, text.charCodeAt(at))] ?? 0;
      if (node === 0) break;
      const ends = trie.words[node] ?? -1;
      if (ends >= 0) {
        word = ends;
        start = at;
      }
    }
    visit(word, start);
    end = start;
  }
};
