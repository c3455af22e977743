/** An office changes the words of its tasks and categories: a new version of the catalogue, which is judged like a model before it is in force. */
import { applyEdits } from '../catalogue/apply-edits.ts';
import { readEdits } from '../catalogue/read-edits.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { CatalogueEdits } from '../domain/catalogue-edits.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { type ReleaseCandidate, releaseIdOf } from '../domain/release.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { Capabilities } from '../ports.ts';
import { findCatalogue } from './active-catalogue.ts';
import { readUpload } from './read-upload.ts';
import { activeRelease, SHIPPED_RELEASE } from './release-in-force.ts';

type Needs = Pick<Capabilities, 'catalogues' | 'releases' | 'learningQueue' | 'clock' | 'log'>;

export interface EditRequest {
  readonly catalogueId: string;
  /** Version that the edits were made on. */
  readonly version: number;
  readonly edits: CatalogueEdits;
  readonly actor: string;
}

/**
 * The candidate release waits to be judged; nothing is tagged with it yet. Refuses with NO_SUCH_CATALOGUE,
 * NO_SUCH_CODE, BAD_REQUEST, or STALE_REVISION where a later version is in force, whose words would be lost, or somebody
 * made the same version meanwhile.
 */
export const editCatalogue = async (
  needs: Needs,
  { catalogueId, version, edits, actor }: EditRequest,
): Promise<Result<ReleaseCandidate, Refusal>> => {
  const base = await findCatalogue(needs, catalogueId, version);
  if (base === null) return refuse(refusal('NO_SUCH_CATALOGUE', `${catalogueId} ${version}`));
  const inForce = await activeRelease(needs);
  if (inForce.catalogueId === catalogueId && version < inForce.version)
    return refuse(refusal('STALE_REVISION', `${catalogueId} ${inForce.version}`));
  const versions = (await needs.catalogues.list()).filter((row) => row.catalogueId === catalogueId);
  const next = Math.max(version, ...versions.map((row) => row.version)) + 1;
  const catalogue = applyEdits(base, edits, next);
  if (!catalogue.ok) return catalogue;
  const saved = await needs.catalogues.save(catalogue.value);
  if (!saved.ok) return saved;
  const candidate = await proposeVersion(needs, catalogue.value, actor);
  needs.log.write('CATALOGUE_EDITED', { releaseId: candidate.releaseId });
  return accept(candidate);
};

/** A version of a catalogue waits to be judged, with the model in force where that was learnt for the same catalogue. */
export const proposeVersion = async (
  needs: Omit<Needs, 'catalogues' | 'log'>,
  { catalogueId, version }: Pick<Catalogue, 'catalogueId' | 'version'>,
  actor: string,
): Promise<ReleaseCandidate> => {
  const inForce = await activeRelease(needs);
  const { model } = inForce.catalogueId === catalogueId ? inForce : SHIPPED_RELEASE;
  const release = { catalogueId, version, model };
  const candidate: ReleaseCandidate = {
    releaseId: releaseIdOf(release),
    release,
    origin: 'edited',
    state: 'candidate',
    madeAt: needs.clock.now(),
    madeBy: actor,
    report: null,
  };
  await needs.releases.keepCandidate(candidate);
  await needs.learningQueue.send({ kind: 'judge', releaseId: candidate.releaseId });
  return candidate;
};

/** As `editCatalogue`, from a sheet; refuses as reading does, or with TABLE_NO_HEADER. */
export const editCatalogueByFile = async (
  needs: Needs & Pick<Capabilities, 'reader'>,
  request: Omit<EditRequest, 'edits'> & { readonly bytes: Uint8Array; readonly fileName: string },
): Promise<Result<ReleaseCandidate, Refusal>> => {
  const { bytes, fileName, ...rest } = request;
  const reading = await readUpload(needs, bytes, fileName);
  if (reading.kind === 'aside') return refuse(reading.refusal);
  const edits = readEdits(reading.text);
  return edits.ok ? editCatalogue(needs, { ...rest, edits: edits.value }) : edits;
};
