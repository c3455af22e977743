/** Word vectors that an office trained on its own texts: how near the parts of a document are to the texts of a label. */
import { cutBackwards, trieOf, type WordTrie } from './word-trie.ts';

/** As trained or read from a file: `components` are rows of `dimensions` int8; `weights` 0–65535 stand for SIF weights 0–1. */
export interface TrainedVectors {
  readonly dimensions: number;
  readonly words: readonly string[];
  readonly weights: Uint16Array;
  readonly components: Int8Array;
}

/** Ready to use: every row has the length of its word's SIF weight. */
export interface WordVectors {
  /** sha256 of the file that they came from. */
  readonly id: string;
  readonly dimensions: number;
  readonly trie: WordTrie;
  readonly rows: Float32Array;
}

const FULL = 65_535;

export const wordVectors = (id: string, trained: TrainedVectors): WordVectors => {
  const { dimensions, words, weights, components } = trained;
  const rows = new Float32Array(components.length);
  for (let word = 0; word < words.length; word += 1) {
    const from = word * dimensions;
    let squares = 0;
    for (let at = from; at < from + dimensions; at += 1) squares += (components[at] ?? 0) ** 2;
    const scale = squares === 0 ? 0 : (weights[word] ?? 0) / FULL / Math.sqrt(squares);
    for (let at = from; at < from + dimensions; at += 1) rows[at] = (components[at] ?? 0) * scale;
  }
  return { id, dimensions, trie: trieOf(words), rows };
};

/** The SIF-weighted mean of the known words, of length 1; null where no word is known. */
export const meaningOf = (text: string, vectors: WordVectors): Float32Array | null => {
  const { dimensions, rows, trie } = vectors;
  const sum = new Float32Array(dimensions);
  cutBackwards(text, trie, (word) => {
    if (word < 0) return;
    const from = word * dimensions;
    for (let at = 0; at < dimensions; at += 1) sum[at] = (sum[at] ?? 0) + (rows[from + at] ?? 0);
  });
  const length = Math.sqrt(sum.reduce((squares, one) => squares + one * one, 0));
  return length < 1e-6 ? null : sum.map((one) => one / length);
};

/** What the texts of labels mean, row after row; those of label n end before row `ends[n]`. */
export interface LabelMeanings {
  readonly rows: Float32Array;
  readonly ends: Int32Array;
}

export const meaningsOfLabels = (
  labels: readonly (readonly string[])[],
  vectors: WordVectors,
): LabelMeanings => {
  const found = labels.map((texts) =>
    texts.map((text) => meaningOf(text, vectors)).filter((meaning) => meaning !== null),
  );
  const ends = new Int32Array(labels.length);
  let end = 0;
  found.forEach((meanings, label) => {
    end += meanings.length;
    ends[label] = end;
  });
  const rows = new Float32Array(end * vectors.dimensions);
  found.flat().forEach((meaning, row) => {
    rows.set(meaning, row * vectors.dimensions);
  });
  return { rows, ends };
};

/** The best cosine with any of the rows, never less than 0. */
const bestOf = (meaning: Float32Array, rows: Float32Array): number => {
  let best = 0;
  for (let from = 0; from < rows.length; from += meaning.length) {
    let cosine = 0;
    for (let at = 0; at < meaning.length; at += 1)
      cosine += (meaning[at] ?? 0) * (rows[from + at] ?? 0);
    if (cosine > best) best = cosine;
  }
  return best;
};

/** Adds to each label's place the weighted best cosine of its texts with one part of the document. */
const addBest = (
  sums: Float64Array,
  { rows, ends }: LabelMeanings,
  { meaning, weight }: { readonly meaning: Float32Array; readonly weight: number },
): void => {
  let from = 0;
  for (let label = 0; label < ends.length; label += 1) {
    const end = (ends[label] ?? 0) * meaning.length;
    sums[label] = (sums[label] ?? 0) + weight * bestOf(meaning, rows.subarray(from, end));
    from = end;
  }
};

/** What all labels of a table share with a document says nothing of any of them: only what is above or below their mean counts. */
const aboveMean = (values: readonly number[]): readonly number[] => {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  return values.map((value) => value - mean);
};

/** For each label how far the best cosine of its texts with the parts of the document, weighed, lies above the mean of all labels; 0 where no word is known. */
export const nearness = (
  parts: readonly { readonly text: string; readonly weight: number }[],
  labels: LabelMeanings,
  vectors: WordVectors,
): readonly number[] => {
  const known = parts.flatMap(({ text, weight }) => {
    const meaning = meaningOf(text, vectors);
    return meaning === null ? [] : [{ meaning, weight }];
  });
  const total = known.reduce((sum, { weight }) => sum + weight, 0);
  const sums = new Float64Array(labels.ends.length);
  if (total === 0) return [...sums];
  for (const part of known) addBest(sums, labels, { ...part, weight: part.weight / total });
  return aboveMean([...sums]);
};
