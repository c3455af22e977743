import { describe, expect, it } from 'vitest';
import type { Judged } from '../../shared/classify/train/metrics.ts';
import {
  bootstrap,
  f1OfSums,
  lrap,
  meanOf,
  ndcgAt,
  precisionAt,
  recallAt,
  weightedF1,
  wilson,
} from './ranking-metrics.ts';

const ranked = (gold: string, ranking: string, optional = ''): Judged => {
  const list = (codes: string): string[] => [...codes];
  return { gold: list(gold), ranked: list(ranking), proposed: [], optional: list(optional) };
};

describe('a ranking', () => {
  const one = [ranked('AB', 'AXBY')];

  it('is judged at a depth: hits over the depth, hits over the gold', () => {
    expect([1, 3, 5].map((k) => precisionAt(one, k))).toEqual([1, 2 / 3, 2 / 5]);
    expect([1, 3, 5].map((k) => recallAt(one, k))).toEqual([0.5, 1, 1]);
  });

  it('gains less the deeper a gold code stands, against the best order there could be', () => {
    expect(ndcgAt(one, 1)).toBe(1);
    // (1 + 1/log2 4) / (1 + 1/log2 3) = 1.5 / 1.63093
    expect(ndcgAt(one, 3)).toBeCloseTo(0.91972, 5);
    expect(ndcgAt([ranked('A', 'XA')], 3)).toBeCloseTo(0.63093, 5);
    expect(ndcgAt([ranked('A', 'XYZA')], 3)).toBe(0);
  });

  it('has for each gold code the share of gold down to it, as the example of scikit-learn', () => {
    expect(lrap(one)).toBeCloseTo((1 + 2 / 3) / 2);
    expect(lrap([ranked('A', 'CAB'), ranked('C', 'ABC')])).toBeCloseTo((1 / 2 + 1 / 3) / 2);
    expect(lrap([ranked('AB', 'A')])).toBe(0.5);
  });

  it('leaves optional codes and documents without gold aside', () => {
    const judged = [ranked('A', 'OAX', 'O'), ranked('', 'X')];
    expect([precisionAt(judged, 1), ndcgAt(judged, 1), lrap(judged)]).toEqual([1, 1, 1]);
    expect(precisionAt([ranked('A', 'OAX')], 1)).toBe(0);
    expect(lrap([])).toBe(0);
  });
});

describe('decisions', () => {
  it('weigh each code by how often it is gold', () => {
    const said = (gold: string, proposed: string): Judged => ({
      ...ranked(gold, proposed),
      proposed: [...proposed],
    });
    // A: 2 right, 1 wrong, 1 missed, F1 2/3, three times gold; B: missed once.
    expect(weightedF1([said('A', 'A'), said('A', 'A'), said('A', ''), said('B', 'A')])).toBeCloseTo(
      (3 * (2 / 3) + 1 * 0) / 4,
    );
    expect(weightedF1([])).toBe(0);
  });

  it('sum to one F1', () => {
    const one = { truePositive: 1, falsePositive: 0, falseNegative: 1 };
    const other = { truePositive: 1, falsePositive: 2, falseNegative: 0 };
    expect(f1OfSums([one, other])).toBeCloseTo(4 / 7);
    expect(f1OfSums([])).toBeNull();
  });
});

describe('an interval', () => {
  it('is Wilson’s for a share', () => {
    expect(wilson(8, 10).low).toBeCloseTo(0.4902, 4);
    expect(wilson(8, 10).high).toBeCloseTo(0.9433, 4);
    expect(wilson(0, 10).low).toBe(0);
    expect(wilson(0, 10).high).toBeCloseTo(0.2775, 4);
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });

  it('comes from drawing again, the same for the same seed, and has no width where nothing varies', () => {
    const coins = Array.from({ length: 100 }, (_, at) => at % 2);
    const interval = bootstrap(coins, meanOf);
    // Normal approximation: 0.5 ± 1.96 · 0.05
    expect(interval.low).toBeCloseTo(0.402, 1);
    expect(interval.high).toBeCloseTo(0.598, 1);
    expect(interval.high - interval.low).toBeGreaterThan(0.15);
    expect(bootstrap(coins, meanOf)).toEqual(interval);
    expect(bootstrap([1, 1, 1], meanOf)).toEqual({ low: 1, high: 1 });
    const ones = (drawn: readonly number[]): number | null => (drawn.includes(1) ? 1 : null);
    expect(bootstrap([0, 0, 0, 1], ones)).toEqual({ low: 1, high: 1 });
  });
});
