/** The disclosure categories as matching reads them: the scheme's words, or those that an office set in its catalogue. */
import type { Catalogue } from '../domain/catalogue.ts';
import type { SchemeCode } from '../domain/scheme.ts';
import { disclosureScheme } from './disclosure-scheme.ts';

/** C, E and P codes in the order of the scheme; `own` words stand instead of the scheme's. */
export const categoryLabels = (own: Catalogue['categories'] = []): readonly SchemeCode[] => {
  const words = new Map(own.map((each) => [each.code, each]));
  return disclosureScheme.codes
    .filter(({ kind }) => 'CEP'.includes(kind))
    .map((code) => ({ ...code, ...words.get(code.code) }));
};
