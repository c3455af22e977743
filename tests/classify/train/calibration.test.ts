import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineOf, probabilityOf, sigmoid } from '../../../shared/classify/fuse.ts';
import { calibrate } from '../../../shared/classify/train/calibrate.ts';
import { fitIsotonic } from '../../../shared/classify/train/fit-isotonic.ts';

const START = { slope: 1, offset: 0, outOfFold: true };
const SETTINGS = { trust: 100, isotonicFrom: 100 };

/** Pairs of which `share(margin)` are right, in a fixed pattern. */
const seenWith = (share: (margin: number) => number, count: number) =>
  Array.from({ length: count }, (_, at) => {
    const margin = -4 + (8 * (at % 97)) / 96;
    return { margin, right: (at * 0.618_034) % 1 < share(margin) };
  });

describe('a calibration with knots', () => {
  const knots = {
    ...START,
    knots: [
      { margin: -1, logit: -2 },
      { margin: 1, logit: 0 },
      { margin: 3, logit: 1 },
    ],
  };

  test('passes through its knots and runs straight between them', () => {
    expect(probabilityOf(knots, -1)).toBeCloseTo(sigmoid(-2), 12);
    expect(probabilityOf(knots, 0)).toBeCloseTo(sigmoid(-1), 12);
    expect(probabilityOf(knots, 3)).toBeCloseTo(sigmoid(1), 12);
  });

  test('goes on falling below the first and says no more above the last', () => {
    expect(probabilityOf(knots, -5)).toBeCloseTo(sigmoid(-6), 12);
    expect(probabilityOf(knots, 50)).toBeCloseTo(sigmoid(1), 12);
  });

  test('is everywhere the curve of two parameters that it names for that margin', () => {
    fc.assert(
      fc.property(fc.double({ min: -20, max: 20, noNaN: true }), (margin) => {
        const { slope, offset } = lineOf(knots, margin);
        expect(probabilityOf(knots, margin)).toBe(sigmoid(slope * margin + offset));
      }),
    );
  });
});

describe('isotonic calibration', () => {
  test('never falls, whatever was seen, and never says 0 or 1', () => {
    const pair = fc.record({
      margin: fc.double({ min: -9, max: 9, noNaN: true }),
      right: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 200 }), (seen) => {
        const fitted = fitIsotonic(seen, START);
        let before = 0;
        for (let margin = -12; margin <= 12; margin += 0.25) {
          const p = probabilityOf(fitted, margin);
          expect(p).toBeGreaterThanOrEqual(before);
          expect(p).toBeGreaterThan(0);
          expect(p).toBeLessThan(1);
          before = p;
        }
      }),
    );
  });

  test('finds a curve that no two parameters describe', () => {
    const step = (margin: number): number => (margin < -1 ? 0.05 : margin < 2 ? 0.4 : 0.9);
    const fitted = fitIsotonic(seenWith(step, 3000), START);
    for (const margin of [-3, 0.5, 3.5])
      expect(Math.abs(probabilityOf(fitted, margin) - step(margin))).toBeLessThan(0.1);
  });

  test('what was right twenty times in a row is still not certain', () => {
    const always = Array.from({ length: 20 }, () => ({ margin: 8, right: true }));
    expect(probabilityOf(fitIsotonic(always, START), 8)).toBeLessThan(0.985);
  });
});

describe('calibrating on reviews', () => {
  const tooSure = seenWith((margin) => sigmoid(margin) * 0.5, 970);

  test('few documents move the start little, more move it more, and it stays two parameters under a hundred', () => {
    const of = (documents: number) =>
      calibrate(tooSure, { start: START, documents, settings: SETTINGS });
    const far = (documents: number): number =>
      Math.abs(probabilityOf(of(documents), 3) - sigmoid(3));
    expect(far(5)).toBeLessThan(0.03);
    expect(far(25)).toBeLessThan(far(60));
    expect(far(60)).toBeLessThan(far(99));
    expect(of(99)).not.toHaveProperty('knots');
    expect(of(100)).toHaveProperty('knots');
  });

  test('says that it was fitted out of fold; without a pair it is the start itself', () => {
    expect(calibrate(tooSure, { start: START, documents: 50, settings: SETTINGS }).outOfFold).toBe(
      true,
    );
    expect(calibrate([], { start: START, documents: 0, settings: SETTINGS })).toBe(START);
  });

  test('reviews that only ever say no do not turn the order of margins round', () => {
    const never = tooSure.map(({ margin }) => ({ margin, right: false }));
    const fitted = calibrate(never, { start: START, documents: 25, settings: SETTINGS });
    expect(probabilityOf(fitted, 4)).toBeGreaterThan(probabilityOf(fitted, 0));
  });
});
