/** Says whether a candidate goes on from what is in force: an older draft must not take back what was put in force since. */
import { type Refusal, refusal } from '../domain/refusal.ts';
import { type Release, type ReleaseCandidate, releaseIdOf } from '../domain/release.ts';
import type { Capabilities } from '../ports.ts';
import { findCatalogue } from './active-catalogue.ts';
import { proposeVersion } from './edit-catalogue.ts';

type Needs = Pick<Capabilities, 'catalogues' | 'releases' | 'learningQueue' | 'clock'>;

const older = (candidate: number, active: number): Refusal =>
  refusal(
    'GATE_CLOSED',
    `它由第 ${candidate} 版任务表而来，现行的是第 ${active} 版，启用会丢掉其间的修改；请在现行版上重新修改或学习 / it comes of version ${candidate} of the table and version ${active} is in force: edit or train that one`,
  );

/** The oldest version from which this one was edited step by step, but none before `until`. */
const rootOf = async (needs: Needs, { catalogueId, version }: Release, until: number) => {
  let at = version;
  while (at > until) {
    const { editOf } = (await findCatalogue(needs, catalogueId, at)) ?? {};
    // A whole table that somebody saved loses nothing unseen.
    if (editOf === undefined || editOf >= at) return until;
    at = editOf;
  }
  return at;
};

/**
 * Refuses with GATE_CLOSED where the words or the model in force are newer than what the candidate was made from. An edit
 * made beside an older model is proposed again with the one in force.
 */
export const followRefusal = async (
  needs: Needs,
  { release, origin }: ReleaseCandidate,
  { active, actor }: { readonly active: Release; readonly actor: string },
): Promise<Refusal | null> => {
  if (release.catalogueId !== active.catalogueId) return null;
  const root = await rootOf(needs, release, active.version);
  if (root < active.version) return older(root, active.version);
  if (origin !== 'edited' || release.model === active.model) return null;
  const anew = await proposeVersion(needs, release, actor);
  return refusal(
    'GATE_CLOSED',
    `它带的是较早的模型，已按现行模型重新提出：${releaseIdOf(anew.release)} / it carries an older model; it was proposed again with the one in force`,
  );
};
