import { describe, expect, it } from 'vitest';
import { calibrationError, type Forecast } from '../../shared/classify/train/metrics.ts';
import { caughtAt, errorRanking, reliability, yieldCurve } from './calibration-metrics.ts';

const said = (p: number, right: boolean): Forecast => ({ p, right });

describe('the reliability table', () => {
  const forecasts = [
    said(0.04, true),
    said(0.05, false),
    said(0.62, true),
    said(0.68, false),
    said(1, true),
  ];

  it('has ten bins with counts; small forecasts are left out, certainty stands in the last', () => {
    const bins = reliability(forecasts);
    expect(bins.map(({ count }) => count)).toEqual([1, 0, 0, 0, 0, 0, 2, 0, 0, 1]);
    expect(bins[6]).toMatchObject({ from: 0.6, to: 0.7, right: 1, came: 0.5 });
    expect(bins[6]?.said).toBeCloseTo(0.65);
    expect(bins[1]).toMatchObject({ said: 0, came: 0, interval: { low: 0, high: 1 } });
  });

  it('adds up to the expected calibration error', () => {
    const bins = reliability(forecasts);
    const error = bins.reduce(
      (sum, bin) => sum + (bin.count / 4) * Math.abs(bin.said - bin.came),
      0,
    );
    expect(error).toBeCloseTo((0.05 + 2 * 0.15 + 0) / 4);
    expect(calibrationError(forecasts).error).toBeCloseTo(error);
  });

  it('does not grow surer because each document was judged several times', () => {
    const thrice = [...forecasts, ...forecasts, ...forecasts];
    expect(reliability(thrice, 3)[6]?.interval).toEqual(reliability(forecasts)[6]?.interval);
  });
});

describe('the ranking of errors', () => {
  it('is the chance that a wrong tag scores lower than a right one, equal scores counting half', () => {
    const tags = [said(0.2, false), said(0.6, false), said(0.6, true), said(0.9, true)];
    expect(errorRanking(tags)).toBe(3.5 / 4);
    expect(errorRanking([said(0.9, false), said(0.2, true)])).toBe(0);
  });

  it('is unknown where nothing is wrong, or nothing right', () => {
    expect(errorRanking([said(0.9, true)])).toBeNull();
    expect(errorRanking([said(0.9, false)])).toBeNull();
  });
});

describe('the yield of review', () => {
  it('counts what the least sure tags catch', () => {
    const curve = yieldCurve([
      said(0.4, true),
      said(0.1, false),
      said(0.3, false),
      said(0.2, true),
    ]);
    expect(curve.map(({ flagged, caught }) => [flagged, caught])).toEqual([
      [0, 0],
      [0.25, 0.5],
      [0.5, 0.5],
      [0.75, 1],
      [1, 1],
    ]);
    expect([0.125, 0.25, 0.5, 0.625].map((share) => caughtAt(curve, share))).toEqual([
      0.25, 0.5, 0.5, 0.75,
    ]);
  });

  it('gains nothing from the order of tags with the same score', () => {
    const same = [said(0.5, false), said(0.5, true), said(0.5, true), said(0.5, true)];
    expect(caughtAt(yieldCurve(same), 0.25)).toBe(0.25);
  });

  it('has no curve where nothing is wrong', () => {
    expect(yieldCurve([said(0.5, true)])).toEqual([]);
    expect(caughtAt([], 0.11)).toBeNull();
  });
});
