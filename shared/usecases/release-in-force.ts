/** What documents are tagged with now: the release that the pointer names, else what ships; and the one in shadow beside it. */
import { donghu2021 } from '../catalogue/donghu-2021.ts';
import { type Artefact, defaultArtefact } from '../classify/artefact.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import { type Release, releaseIdOf } from '../domain/release.ts';
import type { Capabilities } from '../ports.ts';
import { findCatalogue } from './active-catalogue.ts';
import { loadArtefact } from './load-artefact.ts';

type Needs = Pick<Capabilities, 'catalogues' | 'releases' | 'models'>;

/** A release with what it names, ready to classify. */
export interface LoadedRelease {
  readonly releaseId: string;
  readonly catalogue: Catalogue;
  readonly artefact: Artefact;
}

export const SHIPPED_RELEASE: Release = {
  catalogueId: donghu2021.catalogueId,
  version: donghu2021.version,
  model: defaultArtefact.id,
};

/** The release in force, by name. */
export const activeRelease = async ({
  releases,
}: Pick<Capabilities, 'releases'>): Promise<Release> =>
  (await releases.standing())?.active ?? SHIPPED_RELEASE;

/** Throws where the store lost the catalogue or the model: tagging with something else would be worse. */
export const loadRelease = async (needs: Needs, release: Release): Promise<LoadedRelease> => {
  const { catalogueId, version, model } = release;
  const releaseId = releaseIdOf(release);
  const catalogue = await findCatalogue(needs, catalogueId, version);
  if (catalogue === null)
    throw new Error('The catalogue of a release is not in the store', { cause: { releaseId } });
  return { releaseId, catalogue, artefact: await loadArtefact(needs, catalogueId, model) };
};

export const releaseInForce = async (needs: Needs): Promise<LoadedRelease> =>
  loadRelease(needs, await activeRelease(needs));
