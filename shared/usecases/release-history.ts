/** What the moves of the pointer say of the past: what was in force before, and since when something is. */
import { type Release, releaseIdOf, type StandingRelease } from '../domain/release.ts';

const same = (one: Release | undefined, other: Release): boolean =>
  one !== undefined && releaseIdOf(one) === releaseIdOf(other);

/**
 * Releases in the order in which they came into force, without those that were rolled back: the last is in force, the one
 * before it is what rolling back leads to. `moves` newest first; `shipped` was in force before the first of them.
 */
export const standingHistory = (
  moves: readonly StandingRelease[],
  shipped: Release,
): readonly Release[] => {
  const past = [shipped];
  for (const { active, move } of moves.toReversed()) {
    if (same(past.at(-1), active)) continue;
    const known = move === 'roll-back' ? past.findLastIndex((one) => same(one, active)) : -1;
    if (known < 0) past.push(active);
    else past.length = known + 1;
  }
  return past;
};

/** What was in force last of a catalogue; null where none of it ever was. `moves` newest first. */
export const lastInForce = (
  moves: readonly StandingRelease[],
  shipped: Release,
  catalogueId: string,
): Release | null =>
  [...moves.map(({ active }) => active), shipped].find((one) => one.catalogueId === catalogueId) ??
  null;

const CHANGES: ReadonlySet<StandingRelease['move']> = new Set(['activate', 'promote', 'roll-back']);

/** When what is in force came to be; "" where it always was. `moves` newest first. */
export const inForceSince = (moves: readonly StandingRelease[]): string =>
  moves.find(({ move }) => CHANGES.has(move))?.at ?? '';
