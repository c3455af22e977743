/** Reads the properties of a docx that say something of the document; names of authors are left where they are. */
import type { Refusal } from '../../domain/refusal.ts';
import { accept, type Result } from '../../domain/result.ts';
import { readXml } from '../xml-pass.ts';
import type { ZipParts } from '../zip-parts.ts';
import { DOCX_NAMESPACES } from './namespaces.ts';

const WANTED: ReadonlyMap<string, string> = new Map([
  ['dc:title', 'title'],
  ['dc:subject', 'subject'],
  ['cp:keywords', 'keywords'],
  ['dcterms:created', 'created'],
  ['dcterms:modified', 'modified'],
]);

const LONGEST = 2_000;

export const readCore = (
  zip: ZipParts,
  part: string,
): Result<ReadonlyMap<string, string>, Refusal> => {
  const found = new Map<string, string>();
  let wanted: string | null = null;
  let text = '';
  const read = readXml(zip, part, {
    namespaces: DOCX_NAMESPACES,
    handler: {
      open: (name) => {
        wanted = WANTED.get(name) ?? null;
        text = '';
      },
      text: (more) => {
        if (wanted !== null && text.length < LONGEST) text += more.slice(0, LONGEST);
      },
      close: () => {
        if (wanted !== null) found.set(wanted, text);
        wanted = null;
      },
    },
  });
  return read.ok ? accept(found) : read;
};
