/** Trains the word vectors of an office on its own texts: words found, skip-gram, centred, int8. Deterministic by seed. */
import { accept, type Result, refuse } from '../../domain/result.ts';
import { discoverWords } from './discover-words.ts';
import type { GatheredText } from './gathered-text.ts';
import { type SkipGramOptions, skipGram } from './skip-gram.ts';
import { type Tokens, tokensOf } from './tokens.ts';
import type { TrainedVectors } from './vectors.ts';

/** What vectors are trained with unless told otherwise. */
export const TRAINING = {
  seed: 1,
  dimensions: 64,
  window: 5,
  negatives: 5,
  epochs: 3,
  subsample: 1e-4,
} as const satisfies SkipGramOptions;

/** Fewer tokens teach nothing that holds. */
export const FEWEST_TOKENS = 2_000;
/** Words met less often get no vector. */
const LEAST_COUNT = 5;
export const MOST_WORDS = 20_000;
/** a of SIF weights a / (a + p). */
const SMOOTH = 1e-3;

export interface TrainingOptions extends Partial<SkipGramOptions> {
  /** The words to cut by; without it they are found in the texts. Single characters are always added. */
  readonly words?: readonly string[];
}

export interface Training {
  readonly vectors: TrainedVectors;
  readonly tokens: number;
  /** Han characters read. */
  readonly characters: number;
}

/** Why nothing was trained: too few words were found to learn from. */
export interface TooLittleText {
  readonly kind: 'TOO_LITTLE_TEXT';
  readonly tokens: number;
}

const sifOf = ({ counts, total }: Tokens): Float64Array =>
  Float64Array.from(counts, (count) => SMOOTH / (SMOOTH + count / total));

/** What all words share says nothing about any of them: the mean over the texts is taken away. */
const centre = (rows: Float32Array, tokens: Tokens, dimensions: number): void => {
  const sif = sifOf(tokens);
  const mean = new Float64Array(dimensions);
  let weights = 0;
  tokens.counts.forEach((count, word) => {
    const weight = count * (sif[word] ?? 0);
    weights += weight;
    for (let at = 0; at < dimensions; at += 1)
      mean[at] = (mean[at] ?? 0) + weight * (rows[word * dimensions + at] ?? 0);
  });
  for (let at = 0; at < rows.length; at += 1)
    rows[at] = (rows[at] ?? 0) - (mean[at % dimensions] ?? 0) / weights;
};

/** Each row by its own largest component: only directions are kept. */
const quantise = (rows: Float32Array, dimensions: number): Int8Array => {
  const components = new Int8Array(rows.length);
  for (let from = 0; from < rows.length; from += dimensions) {
    let most = 0;
    for (let at = from; at < from + dimensions; at += 1)
      most = Math.max(most, Math.abs(rows[at] ?? 0));
    if (most === 0) continue;
    for (let at = from; at < from + dimensions; at += 1)
      components[at] = Math.round(((rows[at] ?? 0) / most) * 127);
  }
  return components;
};

/** Refuses where the texts hold too few words to learn from. */
export const trainVectors = (
  text: GatheredText,
  options: TrainingOptions = {},
): Result<Training, TooLittleText> => {
  const units = text.units();
  const settings = { ...TRAINING, ...options };
  const limits = { least: LEAST_COUNT, most: MOST_WORDS };
  const tokens = tokensOf(units, options.words ?? discoverWords(units), limits);
  if (tokens.total < FEWEST_TOKENS)
    return refuse({ kind: 'TOO_LITTLE_TEXT', tokens: tokens.total });
  const rows = skipGram(tokens, settings);
  centre(rows, tokens, settings.dimensions);
  return accept({
    vectors: {
      dimensions: settings.dimensions,
      words: tokens.words,
      weights: Uint16Array.from(sifOf(tokens), (weight) => Math.round(weight * 65_535)),
      components: quantise(rows, settings.dimensions),
    },
    tokens: tokens.total,
    characters: text.characters(),
  });
};
