import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Release, releaseIdOf, type StandingRelease } from '../../shared/domain/release.ts';
import { inForceSince, standingHistory } from '../../shared/usecases/release-history.ts';

const release = (model: string): Release => ({ catalogueId: 'dh2021', version: 1, model });
const SHIPPED = release('shipped');

/** `promote a`, oldest first. */
const moves = (...words: readonly string[]): StandingRelease[] =>
  words
    .map((each, at): StandingRelease => {
      const [move = '', model = ''] = each.split(' ');
      const known = (['activate', 'shadow', 'end-shadow', 'promote', 'roll-back'] as const).find(
        (one) => one === move,
      );
      if (known === undefined) throw new Error(each);
      return {
        revision: at + 1,
        active: release(model),
        shadow: null,
        at: `2026-03-01T00:0${at}:00.000Z`,
        actor: 'lead-1',
        move: known,
        why: '',
      };
    })
    .toReversed();

const history = (...words: readonly string[]): readonly string[] =>
  standingHistory(moves(...words), SHIPPED).map(({ model }) => model);

test('what ships was in force before anything else', () => {
  expect(history()).toEqual(['shipped']);
  expect(history('promote a', 'promote b')).toEqual(['shipped', 'a', 'b']);
});

test('a shadow run puts nothing in force', () => {
  expect(history('shadow shipped', 'end-shadow shipped', 'promote a', 'shadow a')).toEqual([
    'shipped',
    'a',
  ]);
});

test('what was rolled back is not come back to', () => {
  expect(history('promote a', 'promote b', 'roll-back a')).toEqual(['shipped', 'a']);
  expect(history('promote a', 'promote b', 'roll-back a', 'roll-back shipped')).toEqual([
    'shipped',
  ]);
});

test('rolled back over two steps both are gone, and what is promoted again comes again', () => {
  expect(history('promote a', 'promote b', 'roll-back shipped')).toEqual(['shipped']);
  expect(history('promote a', 'promote b', 'roll-back a', 'promote b')).toEqual([
    'shipped',
    'a',
    'b',
  ]);
});

test('the last of the history is always what is in force, and nothing stands twice in a row', () => {
  const step = fc.tuple(
    fc.constantFrom('promote', 'roll-back', 'activate'),
    fc.constantFrom('a', 'b', 'c'),
  );
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 9 }), (steps) => {
      const past = standingHistory(moves(...steps.map((each) => each.join(' '))), SHIPPED);
      const ids = past.map(releaseIdOf);
      expect(past.at(-1)?.model).toBe(steps.at(-1)?.[1]);
      expect(ids.some((id, at) => id === ids[at + 1])).toBe(false);
    }),
  );
});

test('in force since the newest move that changed it, however often a shadow run began or ended since', () => {
  expect(inForceSince([])).toBe('');
  expect(inForceSince(moves('shadow shipped'))).toBe('');
  expect(inForceSince(moves('promote a', 'shadow a', 'end-shadow a'))).toBe(
    '2026-03-01T00:00:00.000Z',
  );
  expect(inForceSince(moves('promote a', 'roll-back shipped'))).toBe('2026-03-01T00:01:00.000Z');
});
