/** The version of a catalogue that its model is trained for: the one in force, else its newest. */
import { donghu2021 } from '../catalogue/donghu-2021.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Capabilities } from '../ports.ts';
import { findCatalogue } from './active-catalogue.ts';
import { activeRelease } from './release-in-force.ts';

type Needs = Pick<Capabilities, 'catalogues' | 'releases'>;

const newestVersion = async ({ catalogues }: Needs, catalogueId: string): Promise<number> => {
  const stored = (await catalogues.list()).filter((one) => one.catalogueId === catalogueId);
  const shipped = catalogueId === donghu2021.catalogueId ? donghu2021.version : 0;
  return stored.reduce((newest, { version }) => Math.max(newest, version), shipped);
};

/** null where there is no such catalogue. */
export const catalogueToTrain = async (
  needs: Needs,
  catalogueId: string,
): Promise<Catalogue | null> => {
  const active = await activeRelease(needs);
  const version =
    active.catalogueId === catalogueId ? active.version : await newestVersion(needs, catalogueId);
  return findCatalogue(needs, catalogueId, version);
};
