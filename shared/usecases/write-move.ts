/** Writes one move of the pointer to the release in force, with the states of what it touches. */
import { type Refusal, refusal } from '../domain/refusal.ts';
import {
  type Release,
  type ReleaseCandidate,
  releaseIdOf,
  type StandingRelease,
} from '../domain/release.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { Capabilities } from '../ports.ts';
import { loadRelease, SHIPPED_RELEASE } from './release-in-force.ts';

export type MoveNeeds = Pick<Capabilities, 'catalogues' | 'releases' | 'models' | 'clock' | 'log'>;
export type Moved = Promise<Result<StandingRelease, Refusal>>;

export interface MoveRequest {
  readonly actor: string;
  readonly why: string;
}

const LONGEST_WHY = 2000;

export interface Place {
  readonly revision: number;
  readonly active: Release;
  readonly shadow: Release | null;
}

/** What ships is in force until something else was put there. */
export const placeNow = async ({ releases }: Pick<Capabilities, 'releases'>): Promise<Place> => {
  const standing = await releases.standing();
  return standing ?? { revision: 0, active: SHIPPED_RELEASE, shadow: null };
};

type States = Parameters<Capabilities['releases']['move']>[1];

/** What is left behind is retired, or waits again where it was in shadow only. */
const statesAfter = (before: Place, { active, shadow }: Omit<Place, 'revision'>): States => {
  const states = new Map<string, ReleaseCandidate['state']>();
  if (before.shadow !== null) states.set(releaseIdOf(before.shadow), 'candidate');
  states.set(releaseIdOf(before.active), 'retired');
  if (shadow !== null) states.set(releaseIdOf(shadow), 'shadow');
  states.set(releaseIdOf(active), 'active');
  return [...states].map(([releaseId, state]) => ({ releaseId, state }));
};

export interface Intended extends MoveRequest {
  readonly move: StandingRelease['move'];
  readonly active: Release;
  readonly shadow: Release | null;
}

/** What ships is named and stored too, so that it can be left and come back to. */
const nameShipped = async (needs: MoveNeeds, release: Release): Promise<void> => {
  if (releaseIdOf(release) !== releaseIdOf(SHIPPED_RELEASE)) return;
  const { releaseId, catalogue } = await loadRelease(needs, release);
  const saved = await needs.catalogues.save(catalogue);
  if (!saved.ok) throw new Error('The catalogue that ships is stored with other content');
  if ((await needs.releases.candidate(releaseId)) !== null) return;
  await needs.releases.keepCandidate({
    releaseId,
    release: SHIPPED_RELEASE,
    origin: 'shipped',
    state: 'active',
    madeAt: needs.clock.now(),
    madeBy: 'system',
    report: null,
  });
};

/**
 * Writes the pointer where nobody else has moved it since `before`. Refuses with STALE_REVISION, and with BAD_REQUEST for too
 * long a reason; throws where what shall be in force cannot be loaded: the pointer stays. What is left need not load: a
 * release whose files are lost is the first that has to be left.
 */
export const moveTo = async (needs: MoveNeeds, before: Place, intended: Intended): Moved => {
  const { move, active, shadow, actor, why } = intended;
  if (why.length > LONGEST_WHY)
    return refuse(refusal('BAD_REQUEST', `理由不超过 ${LONGEST_WHY} 字 / reason too long`));
  await loadRelease(needs, active);
  for (const release of [before.active, active]) await nameShipped(needs, release);
  const next: StandingRelease = {
    revision: before.revision + 1,
    active,
    shadow,
    at: needs.clock.now(),
    actor,
    move,
    why,
  };
  const written = await needs.releases.move(next, statesAfter(before, { active, shadow }));
  if (!written.ok) return written;
  needs.log.write('RELEASE_MOVED', {
    move,
    releaseId: releaseIdOf(active),
    revision: next.revision,
  });
  return accept(next);
};
