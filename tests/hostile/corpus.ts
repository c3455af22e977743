/** Every hostile file that is made by code: what it attacks, and what it may end in. */

import { randomOf } from '../../shared/classify/gate/random-of.ts';
import type { HostileEntry } from './corpus/entry.ts';
import { OLE } from './corpus/ole.ts';
import { PAGES } from './corpus/pages.ts';
import { PDFS } from './corpus/pdfs.ts';
import { PICTURES } from './corpus/pictures.ts';
import { SHEETS } from './corpus/sheets.ts';
import { XML_PARTS } from './corpus/xml-parts.ts';
import { ZIPS } from './corpus/zips.ts';

export const CORPUS: readonly HostileEntry[] = [
  ...ZIPS,
  ...XML_PARTS,
  ...OLE,
  ...PDFS,
  ...SHEETS,
  ...PAGES,
  ...PICTURES,
];

/** The seed of an entry depends on the run and on its name alone. */
export const bytesOf = ({ name, make }: HostileEntry, seed: number): Uint8Array => {
  const own = [...name].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), seed);
  return make(randomOf(own));
};
