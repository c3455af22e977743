import { expect, test } from 'vitest';
import { chanceOfFewer } from '../../../shared/classify/gate/chance-of-fewer.ts';

test.each([
  // Fair coins: 1 + 3 of 8 outcomes; 1 of 16; 1 + 4 + 6 of 16.
  { right: 1, trials: 3, share: 0.5, chance: 4 / 8 },
  { right: 0, trials: 4, share: 0.5, chance: 1 / 16 },
  { right: 2, trials: 4, share: 0.5, chance: 11 / 16 },
  // All but all: 1 − .9³.
  { right: 2, trials: 3, share: 0.9, chance: 1 - 0.9 ** 3 },
])('at most $right of $trials with a share of $share', ({ right, trials, share, chance }) => {
  expect(chanceOfFewer(right, trials, share)).toBeCloseTo(chance, 12);
});

test('so many or fewer than all is certain, and certain success leaves no room for fewer', () => {
  expect(chanceOfFewer(7, 7, 0.3)).toBe(1);
  expect(chanceOfFewer(0, 0, 0.3)).toBe(1);
  expect(chanceOfFewer(6, 7, 1)).toBe(0);
  expect(chanceOfFewer(6, 7, 0)).toBe(1);
});

test('holds for counts whose powers would vanish', () => {
  expect(chanceOfFewer(4500, 5000, 0.9)).toBeGreaterThan(0.4);
  expect(chanceOfFewer(4500, 5000, 0.9)).toBeLessThan(0.6);
  expect(chanceOfFewer(4300, 5000, 0.9)).toBeLessThan(1e-6);
});
