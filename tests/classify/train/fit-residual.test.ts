import { describe, expect, test } from 'vitest';
import { sigmoid } from '../../../shared/classify/fuse.ts';
import { type Example, fitResidual } from '../../../shared/classify/train/fit-residual.ts';
import { residualIndexOf, residualsAt } from '../../../shared/classify/train/residual-index.ts';

const OPTIONS = { ridge: 2, keep: 50 };
const SAME = [5, 9, 200];
const TELLING = 777;
const ACCIDENT = 4000;

const example = (buckets: readonly number[], right: boolean, anchor = -1): Example => ({
  features: {
    buckets: Uint16Array.from(buckets.toSorted((a, b) => a - b)),
    shares: new Uint8Array(buckets.length).fill(200),
  },
  anchor,
  right,
});

const marginOf = (one: Example, residual: ReturnType<typeof fitResidual>): number =>
  one.anchor + (residualsAt(residualIndexOf(new Map([[0, residual]]), 1), one.features)[0] ?? 0);

describe('what a label learns for itself', () => {
  const examples = [
    ...Array.from({ length: 12 }, () => example([...SAME, TELLING], true)),
    ...Array.from({ length: 40 }, () => example(SAME, false)),
  ];

  test('the pair that tells right from wrong weighs most, and lifts the right ones over the wrong', () => {
    const residual = fitResidual(examples, OPTIONS);
    const at = residual.buckets.indexOf(TELLING);
    expect(residual.weights[at]).toBe(Math.max(...residual.weights));
    expect(sigmoid(marginOf(example([...SAME, TELLING], true), residual))).toBeGreaterThan(0.5);
    expect(sigmoid(marginOf(example(SAME, false), residual))).toBeLessThan(0.3);
  });

  test('where the anchor is right already nothing is learnt', () => {
    const known = examples.map((one) => ({ ...one, anchor: one.right ? 7 : -7 }));
    const residual = fitResidual(known, OPTIONS);
    expect(Math.abs(residual.bias)).toBeLessThanOrEqual(0.1);
    expect(residual.weights.every((weight) => Math.abs(weight) <= 5)).toBe(true);
  });

  test('a pair of one document is an accident and never kept', () => {
    const residual = fitResidual([...examples, example([ACCIDENT], true)], OPTIONS);
    expect(residual.buckets).not.toContain(ACCIDENT);
  });

  test('keeps whole hundredths, in order of bucket, no more than asked for', () => {
    const wide = examples.map((one, at) => ({
      ...one,
      features: example(
        Array.from({ length: 30 }, (_, k) => 1000 + ((at * 7 + k * 3) % 90)),
        true,
      ).features,
    }));
    const residual = fitResidual(wide, { ridge: 2, keep: 10 });
    expect(residual.buckets.length).toBeLessThanOrEqual(10);
    expect(residual.buckets).toEqual(residual.buckets.toSorted((a, b) => a - b));
    expect(residual.weights.every((weight) => Number.isInteger(weight) && weight !== 0)).toBe(true);
    expect(residual.weights).toHaveLength(residual.buckets.length);
  });

  test('a harder pull to nothing learns less', () => {
    const size = (ridge: number): number => {
      const { weights } = fitResidual(examples, { ...OPTIONS, ridge });
      return weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
    };
    expect(size(20)).toBeLessThan(size(2));
  });

  test('no examples, and examples without a word, learn no weights', () => {
    expect(fitResidual([], OPTIONS)).toEqual({ bias: 0, buckets: [], weights: [] });
    expect(fitResidual([example([], true), example([], false)], OPTIONS).buckets).toEqual([]);
  });
});
