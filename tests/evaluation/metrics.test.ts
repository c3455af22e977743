import { describe, expect, it } from 'vitest';
import { fitCalibration } from '../../shared/classify/train/fit.ts';
import { foldsOf } from '../../shared/classify/train/folds.ts';
import {
  calibrationError,
  countsPerCode,
  type Judged,
  macroF1,
  microF1,
  noneAnswer,
  precisionAt1,
  recallAt3,
} from '../../shared/classify/train/metrics.ts';

const one = (
  gold: string,
  proposed: string,
  more: { optional?: string; ranked?: string } = {},
): Judged => {
  const list = (codes: string): string[] => (codes === '' ? [] : codes.split(' '));
  return {
    gold: list(gold),
    proposed: list(proposed),
    optional: list(more.optional ?? ''),
    ranked: list(more.ranked ?? proposed),
  };
};

describe('counting', () => {
  it('rewards and punishes only what both annotators agreed on', () => {
    const judged = [one('A B', 'A C', { optional: 'C' }), one('', 'D'), one('A', '')];
    expect(countsPerCode(judged)).toEqual([
      { code: 'A', truePositive: 1, falsePositive: 0, falseNegative: 1 },
      { code: 'B', truePositive: 0, falsePositive: 0, falseNegative: 1 },
      { code: 'D', truePositive: 0, falsePositive: 1, falseNegative: 0 },
    ]);
    expect(microF1(judged)).toBeCloseTo(2 / 5);
    expect(macroF1(judged, 1)).toBeCloseTo((2 / 3 + 0) / 2);
    expect(macroF1(judged, 2)).toBeCloseTo(2 / 3);
  });

  it('leaves documents without gold out of the ranking measures', () => {
    const judged = [
      one('A', 'B', { ranked: 'B A C' }),
      one('A B', 'A', { ranked: 'A C D B' }),
      one('', 'Z'),
    ];
    expect(precisionAt1(judged)).toBe(0.5);
    expect(recallAt3(judged)).toBe(0.75);
  });

  it('lets an optional first code pass unless asked to be strict', () => {
    const judged = [one('A', 'B A', { optional: 'B' })];
    expect([precisionAt1(judged), precisionAt1(judged, true)]).toEqual([1, 0]);
  });

  it('judges none as an answer, and leaves out documents with only optional codes', () => {
    const judged = [one('', ''), one('A', ''), one('', 'A'), one('', '', { optional: 'A' })];
    expect(noneAnswer(judged)).toEqual({ precision: 0.5, recall: 0.5 });
  });
});

describe('calibration', () => {
  it('is off by the distance between what was said and what came true, small forecasts left out', () => {
    const forecasts = [
      { p: 0.9, right: true },
      { p: 0.9, right: false },
      { p: 0.01, right: true },
    ];
    expect(calibrationError(forecasts).error).toBeCloseTo(0.4);
    expect(calibrationError(forecasts).bins).toBe(1);
  });

  it('draws overconfident margins towards what came true', () => {
    const margins = Array.from({ length: 200 }, (_, at) => ({
      margin: 4,
      right: at % 2 === 0,
    })).concat(Array.from({ length: 200 }, () => ({ margin: -4, right: false })));
    const { slope, offset } = fitCalibration(margins);
    expect(1 / (1 + Math.exp(-(slope * 4 + offset)))).toBeCloseTo(0.48, 1);
  });
});

describe('folds', () => {
  it('keep a group together and repeat for the same seed', () => {
    const groups = ['a', 'b', 'a', 'c', 'd', 'b', 'e'];
    const folds = foldsOf(groups, 3, 1);
    expect(folds[0]).toBe(folds[2]);
    expect(folds[1]).toBe(folds[5]);
    expect(foldsOf(groups, 3, 1)).toEqual(folds);
    expect(new Set(folds).size).toBe(3);
  });
});
