/** The catalogue that documents are tagged against: the one activated, else the 2021 table that ships with the product. */
import { donghu2021 } from '../catalogue/donghu-2021.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Capabilities } from '../ports.ts';

export const activeCatalogue = async ({
  catalogues,
  releases,
}: Pick<Capabilities, 'catalogues' | 'releases'>): Promise<Catalogue> => {
  const standing = await releases.standing();
  if (standing === null) return donghu2021;
  const { catalogueId, version } = standing.active;
  const catalogue = await findCatalogue({ catalogues }, catalogueId, version);
  if (catalogue === null)
    throw new Error('The active catalogue is not in the store', { cause: standing.active });
  return catalogue;
};

/** Stored, or the one that ships; null where there is none. */
export const findCatalogue = async (
  { catalogues }: Pick<Capabilities, 'catalogues'>,
  catalogueId: string,
  version: number,
): Promise<Catalogue | null> => {
  const stored = await catalogues.get(catalogueId, version);
  if (stored !== null) return stored;
  return catalogueId === donghu2021.catalogueId && version === donghu2021.version
    ? donghu2021
    : null;
};

/** The catalogue that a record's stamp (`dh2021@1`) names; null where it is unknown. */
export const catalogueOfStamp = async (
  capabilities: Pick<Capabilities, 'catalogues'>,
  stamp: string,
): Promise<Catalogue | null> => {
  const [catalogueId = '', version = ''] = stamp.split('@');
  return findCatalogue(capabilities, catalogueId, Number(version));
};
