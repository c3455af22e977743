/** Puts a catalogue in force where it is not in force already: a new one with the artefact that ships, one that was in force before as it was then. */
import { defaultArtefact } from '../classify/artefact.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import type { Release } from '../domain/release.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { Capabilities } from '../ports.ts';
import { findCatalogue } from './active-catalogue.ts';
import { allRows } from './all-rows.ts';
import { proposeVersion } from './edit-catalogue.ts';
import { lastInForce } from './release-history.ts';
import { SHIPPED_RELEASE } from './release-in-force.ts';
import { type MoveNeeds, moveTo, placeNow } from './write-move.ts';

type Needs = MoveNeeds & Pick<Capabilities, 'learningQueue'>;

export interface Activation {
  readonly catalogueId: string;
  readonly version: number;
  readonly actor: string;
}

/**
 * A catalogue in force stays in force as it is, with the model that was learnt for it, and so does one that is come back
 * to. Refuses with NO_SUCH_CATALOGUE, with GATE_CLOSED for another version of a table that is or was in force (its words
 * move tags as a model does: it is sent to be judged, and then promoted), and with STALE_REVISION where somebody else
 * moved the pointer meanwhile.
 */
export const activateCatalogue = async (
  needs: Needs,
  { catalogueId, version, actor }: Activation,
): Promise<Result<Release, Refusal>> => {
  const found = await findCatalogue(needs, catalogueId, version);
  if (found === null) return refuse(refusal('NO_SUCH_CATALOGUE', `${catalogueId} v${version}`));
  const before = await placeNow(needs);
  const moves = await allRows((page) => needs.releases.moves(page));
  const last = lastInForce(moves, SHIPPED_RELEASE, catalogueId);
  if (last !== null && last.version !== version) {
    await proposeVersion(needs, found, actor);
    return refuse(
      refusal(
        'GATE_CLOSED',
        '同一任务表的新版本须检验后启用，已安排检验 / another version is judged first and promoted; it is being judged now',
      ),
    );
  }
  if (before.revision > 0 && before.active.catalogueId === catalogueId)
    return accept(before.active);
  const saved = await needs.catalogues.save(found);
  if (!saved.ok) return saved;
  const active = last ?? { catalogueId, version, model: defaultArtefact.id };
  const intended = { move: 'activate', active, shadow: null, actor, why: '' } as const;
  const moved = await moveTo(needs, before, intended);
  return moved.ok ? accept(active) : moved;
};
