import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { discoverWords } from '../../../shared/classify/vectors/discover-words.ts';
import { gatheredText } from '../../../shared/classify/vectors/gathered-text.ts';
import { pairCounts } from '../../../shared/classify/vectors/pair-counts.ts';
import {
  type TrainingOptions,
  trainVectors,
} from '../../../shared/classify/vectors/train-vectors.ts';
import type { TrainedVectors } from '../../../shared/classify/vectors/vectors.ts';
import { LARGEST_FILE, vectorsFile } from '../../../shared/classify/vectors/vectors-file.ts';
import { inventedCorpus, THEMES } from './invented-corpus.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const gathered = (...texts: readonly string[]) => {
  const text = gatheredText(1_000_000);
  for (const one of texts) text.add(one);
  return text;
};

const trained = (text: string, options: TrainingOptions = {}): TrainedVectors => {
  const training = trainVectors(gathered(text), { subsample: 1, ...options });
  if (!training.ok) throw new Error(`${training.error.tokens} tokens`);
  return training.value.vectors;
};

const cosine = (vectors: TrainedVectors, one: string, other: string): number => {
  const row = (word: string): number[] => {
    const at = vectors.words.indexOf(word);
    expect(at, `${word} has a vector`).toBeGreaterThanOrEqual(0);
    return [...vectors.components.subarray(at * vectors.dimensions, (at + 1) * vectors.dimensions)];
  };
  const [first, second] = [row(one), row(other)];
  const product = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
  return product(first, second) / Math.sqrt(product(first, first) * product(second, second));
};

describe('training on an invented corpus', () => {
  const corpus = inventedCorpus(1_500, 7);
  let vectors: TrainedVectors;
  beforeAll(() => {
    vectors = trained(corpus);
  });

  it('finds the words by itself', () => {
    const words = new Set(vectors.words);
    for (const { alike, beside } of THEMES)
      for (const word of [...alike, ...beside]) expect(words).toContain(word);
  });

  it('brings words that are used alike close together, and keeps those of other themes apart', () => {
    for (const { alike } of THEMES) {
      const near = cosine(vectors, ...alike);
      for (const other of THEMES) {
        if (other.alike === alike) continue;
        expect(near).toBeGreaterThan(cosine(vectors, alike[0], other.alike[0]) + 0.3);
      }
    }
  });

  it('gives the same bytes twice, and others for another seed or text', () => {
    const bytes = sha256(vectorsFile(vectors, sha256));
    expect(sha256(vectorsFile(trained(corpus), sha256))).toBe(bytes);
    expect(sha256(vectorsFile(trained(corpus, { seed: 2 }), sha256))).not.toBe(bytes);
    expect(sha256(vectorsFile(trained(`${corpus}\n学生`), sha256))).not.toBe(bytes);
  });

  it('cuts by the words that it is given', () => {
    const given = trained(corpus, { words: ['津贴', '高龄', 'not Chinese', ''] });
    expect(given.words).toContain('津贴');
    expect(given.words).not.toContain('课堂');
    expect(given.words.every((word) => /^[一-鿿]+$/u.test(word))).toBe(true);
  });

  it('weighs frequent words less', () => {
    const often = trained(`${corpus}\n${'的时候'.repeat(4_000)}`);
    const weight = (word: string): number => often.weights[often.words.indexOf(word)] ?? 0;
    expect(weight('的')).toBeLessThan(weight('沥青') / 2);
  });
});

describe('what cannot be trained on', () => {
  it.each([
    ['nothing', ''],
    ['no Han characters', 'PDF 2021-03-04 <html> 12345 '.repeat(10_000)],
    ['a few lines', inventedCorpus(20, 1)],
  ])('%s is refused with the number of words found', (_, text) => {
    const training = trainVectors(gathered(text));
    expect(training.ok).toBe(false);
    if (training.ok) return;
    expect(training.error.kind).toBe('TOO_LITTLE_TEXT');
    expect(training.error.tokens).toBeLessThan(2_000);
  });
});

describe('bounds', () => {
  it('a text that would go beyond the limit is not taken, and a smaller one still is', () => {
    const text = gatheredText(100);
    expect(text.add('字'.repeat(60))).toBe(true);
    expect(text.add('字'.repeat(60))).toBe(false);
    expect(text.add('字'.repeat(30))).toBe(true);
    expect(text.characters()).toBe(90);
    expect(text.units().length).toBeLessThanOrEqual(100);
  });

  it('pairs beyond the room of the table are forgotten, rarest first, and the frequent keep their count', () => {
    const pairs = pairCounts(10);
    const frequent = Array.from({ length: 50 }, (_, at) => at);
    const rare = Array.from({ length: 100_000 }, (_, at) => at);
    for (let time = 0; time < 100; time += 1) for (const at of frequent) pairs.add(at, 1);
    for (const at of rare) pairs.add(at, 2);
    expect(frequent.map((at) => pairs.countAt(pairs.slot(at, 1)))).toEqual(frequent.map(() => 100));
    expect(rare.filter((at) => pairs.slot(at, 2) >= 0).length).toBeLessThan(1_024);
  });

  it('pairs that are all as frequent as each other do not fill the table for good', () => {
    const pairs = pairCounts(8);
    for (let round = 0; round < 3; round += 1)
      for (let at = 0; at < 2_000; at += 1) pairs.add(at, at);
    for (let time = 0; time < 10; time += 1) pairs.add(1, 5_000);
    expect(pairs.countAt(pairs.slot(1, 5_000))).toBe(10);
    expect(pairs.slot(7, 8)).toBe(-1);
  });

  it('the file leaves the rarest words out where it would be larger than it may be', () => {
    const count = 25_000;
    const words = Array.from({ length: count }, (_, at) =>
      String.fromCharCode(0x4e00 + (at % 200), 0x4e00 + Math.floor(at / 200)),
    );
    const file = vectorsFile(
      {
        dimensions: 64,
        words,
        weights: new Uint16Array(count).fill(9),
        components: new Int8Array(count * 64).fill(1),
      },
      sha256,
    );
    expect(file.length).toBeLessThanOrEqual(LARGEST_FILE);
    expect(file.length).toBeGreaterThan(LARGEST_FILE * 0.9);
  });
});

describe('finding words', () => {
  it('takes what stands together and not a piece of it, nor words that meet by chance', () => {
    const corpus = inventedCorpus(3_000, 11).replaceAll('津贴', '津贴费');
    const words = discoverWords(gathered(corpus).units());
    expect(words).toContain('津贴费');
    expect(words).not.toContain('津贴');
    expect(words).not.toContain('贴费');
    expect(words.filter((word) => word.length === 4)).not.toContain('学生教师');
  });
});
