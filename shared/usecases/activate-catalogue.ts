/** Puts a version of a catalogue in force with the artefact that ships, where it is not in force already. */
import { defaultArtefact } from '../classify/artefact.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { type Release, type ReleaseCandidate, releaseIdOf } from '../domain/release.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { Capabilities } from '../ports.ts';
import { findCatalogue } from './active-catalogue.ts';
import { SHIPPED_RELEASE } from './release-in-force.ts';

type Needs = Pick<Capabilities, 'catalogues' | 'releases' | 'clock' | 'log'>;

export interface Activation {
  readonly catalogueId: string;
  readonly version: number;
  readonly actor: string;
}

type StateOf = Pick<ReleaseCandidate, 'releaseId' | 'state'>;

/** What was in force is retired, and what ran in shadow beside it waits again. */
const statesAfter = (
  now: Release,
  before: { readonly active: Release; readonly shadow: Release | null } | null,
): readonly StateOf[] => {
  const states = new Map<string, StateOf['state']>();
  if (before !== null && before.shadow !== null)
    states.set(releaseIdOf(before.shadow), 'candidate');
  if (before !== null) states.set(releaseIdOf(before.active), 'retired');
  states.set(releaseIdOf(now), 'active');
  return [...states].map(([releaseId, state]) => ({ releaseId, state }));
};

/**
 * A catalogue in force stays in force as it is, with the model that was learnt for it. Refuses with NO_SUCH_CATALOGUE,
 * with GATE_CLOSED for another version of the table in force (its words move tags as a model does: it is judged and
 * promoted), and with STALE_REVISION where somebody else moved the pointer meanwhile.
 */
export const activateCatalogue = async (
  { catalogues, releases, clock, log }: Needs,
  { catalogueId, version, actor }: Activation,
): Promise<Result<Release, Refusal>> => {
  const found = await findCatalogue({ catalogues }, catalogueId, version);
  if (found === null) return refuse(refusal('NO_SUCH_CATALOGUE', `${catalogueId} v${version}`));
  const before = await releases.standing();
  const current = before?.active ?? SHIPPED_RELEASE;
  if (current.catalogueId === catalogueId) {
    if (current.version !== version)
      return refuse(
        refusal('GATE_CLOSED', '同一任务表的新版本须检验后启用 / judge it and promote it'),
      );
    if (before !== null) return accept(current);
  }
  const saved = await catalogues.save(found);
  if (!saved.ok) return saved;
  const active: Release = { catalogueId, version, model: defaultArtefact.id };
  const revision = (before?.revision ?? 0) + 1;
  const moved = await releases.move(
    { revision, active, shadow: null, at: clock.now(), actor, move: 'activate', why: '' },
    statesAfter(active, before),
  );
  if (!moved.ok) return moved;
  log.write('RELEASE_MOVED', { move: 'activate', releaseId: releaseIdOf(active), revision });
  return accept(active);
};
