/** Learns from the reviews of a catalogue: a frozen snapshot becomes a model that never changes, and a candidate for the gate. */
import { defaultArtefact } from '../classify/artefact.ts';
import { isGolden } from '../classify/train/golden.ts';
import { SETTINGS } from '../classify/train/settings.ts';
import { train } from '../classify/train/train.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Snapshot } from '../domain/model.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { type Release, type ReleaseCandidate, releaseIdOf } from '../domain/release.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import { type ReviewEvent, standingReviews } from '../domain/review-event.ts';
import { SOFTWARE_VERSION } from '../domain/software.ts';
import type { Capabilities } from '../ports.ts';
import { allRows } from './all-rows.ts';
import { catalogueToTrain } from './catalogue-to-train.ts';
import { sha256Of } from './document-identity.ts';
import { freezeSnapshot } from './freeze-snapshot.ts';
import { measureSnapshot } from './measure-snapshot.ts';
import { hasModel, writeModel } from './write-model.ts';

/** What a golden document says is learnt from under no other id either: the same file is often sent twice. */
const learnableOf = (standing: readonly ReviewEvent[]): readonly ReviewEvent[] => {
  const golden = standing.filter(({ documentId }) => isGolden(documentId));
  const texts = new Set(golden.map(({ textSha256 }) => textSha256));
  return standing.filter(
    ({ documentId, textSha256 }) => !isGolden(documentId) && !texts.has(textSha256),
  );
};

type Needs = Pick<
  Capabilities,
  'reviews' | 'texts' | 'catalogues' | 'releases' | 'models' | 'clock' | 'log'
>;

/** Standing reviews, the golden part included, under which nothing is learnt. */
export const LEAST_REVIEWS = 25;

export interface TrainRequest {
  readonly catalogueId: string;
  readonly actor: string;
}

const modelIdOf = (snapshot: Snapshot): string =>
  sha256Of(
    JSON.stringify({
      snapshot,
      settings: SETTINGS,
      software: SOFTWARE_VERSION,
      start: defaultArtefact.id,
    }),
  );

/** Trains and writes, unless this very model is there already. */
const makeModel = async (
  needs: Needs,
  { snapshot, modelId, catalogue }: { snapshot: Snapshot; modelId: string; catalogue: Catalogue },
): Promise<void> => {
  const place = { catalogueId: catalogue.catalogueId, modelId };
  if (await hasModel(needs, place)) return;
  const start = defaultArtefact;
  const rows = await measureSnapshot(needs, snapshot, { catalogue, start });
  const trained = train({ rows, catalogue, start, settings: SETTINGS, modelId });
  await writeModel(needs, place, { snapshot, settings: SETTINGS, ...trained });
};

/** One that is known keeps its state and its report. */
const keepCandidate = async (
  { releases, clock }: Needs,
  release: Release,
  actor: string,
): Promise<ReleaseCandidate> => {
  const releaseId = releaseIdOf(release);
  const known = await releases.candidate(releaseId);
  if (known !== null) return known;
  const candidate: ReleaseCandidate = {
    releaseId,
    release,
    origin: 'trained',
    state: 'candidate',
    madeAt: clock.now(),
    madeBy: actor,
    report: null,
  };
  await releases.keepCandidate(candidate);
  return candidate;
};

/**
 * Same reviews, same model: its id is the sha256 of snapshot, settings, software and the artefact learning starts from,
 * and nothing is written twice. About one reviewed document in ten is golden and never learnt from. Refuses with
 * NO_SUCH_CATALOGUE and, under 25 standing reviews, TOO_FEW_REVIEWS; throws where the text of a reviewed document is gone.
 */
export const trainModel = async (
  needs: Needs,
  { catalogueId, actor }: TrainRequest,
): Promise<Result<ReleaseCandidate, Refusal>> => {
  const catalogue = await catalogueToTrain(needs, catalogueId);
  if (catalogue === null) return refuse(refusal('NO_SUCH_CATALOGUE', catalogueId));
  const events = await allRows((page) => needs.reviews.reviews(catalogueId, page));
  const standing = standingReviews(events);
  const learnable = learnableOf(standing);
  if (standing.length < LEAST_REVIEWS || learnable.length === 0)
    return refuse(refusal('TOO_FEW_REVIEWS', `${standing.length}/${LEAST_REVIEWS}`));
  const snapshot = await freezeSnapshot(needs, learnable, catalogue);
  const modelId = modelIdOf(snapshot);
  await makeModel(needs, { snapshot, modelId, catalogue });
  const release = { catalogueId, version: catalogue.version, model: modelId };
  const candidate = await keepCandidate(needs, release, actor);
  await needs.reviews.markTrained(catalogueId, events.length);
  needs.log.write('MODEL_TRAINED', { catalogueId, model: modelId, reviews: snapshot.rows.length });
  return accept(candidate);
};
