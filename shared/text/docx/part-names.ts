/** Finds the parts of a docx by their relationships, never by guessing file names. */
import type { Refusal } from '../../domain/refusal.ts';
import { refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import { readXml } from '../xml-pass.ts';
import type { ZipParts } from '../zip-parts.ts';
import { DOCX_NAMESPACES } from './namespaces.ts';

export interface Relationship {
  readonly id: string;
  /** Last word of the relationship type: styles, numbering, header … */
  readonly type: string;
  readonly part: string;
}

export interface PartNames {
  readonly document: string;
  readonly styles: string | null;
  readonly numbering: string | null;
  readonly footnotes: string | null;
  readonly endnotes: string | null;
  readonly headers: readonly string[];
  readonly footers: readonly string[];
  readonly core: string | null;
}

/** `../` climbs inside the package and stops at its root. */
const resolved = (folder: string, target: string): string => {
  const path: string[] = target.startsWith('/') ? [] : folder.split('/').filter((step) => step);
  for (const step of target.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/');
};

const folderOf = (part: string): string => part.slice(0, Math.max(0, part.lastIndexOf('/')));

/** What a part of an office package points at inside of it; "" stands for the package. */
export const relationships = (
  zip: ZipParts,
  of: string,
): Result<readonly Relationship[], Refusal> => {
  const folder = folderOf(of);
  const part = `${folder === '' ? '' : `${folder}/`}_rels/${of.slice(of.lastIndexOf('/') + 1)}.rels`;
  if (!zip.has(part)) return accept([]);
  const found: Relationship[] = [];
  const read = readXml(zip, part, {
    namespaces: DOCX_NAMESPACES,
    handler: {
      open: (name, attributes) => {
        if (name !== 'rel:Relationship' || attributes('TargetMode') === 'External') return;
        const type = attributes('Type') ?? '';
        const target = resolved(folder, attributes('Target') ?? '');
        found.push({
          id: attributes('Id') ?? '',
          type: type.slice(type.lastIndexOf('/') + 1),
          part: target,
        });
      },
    },
  });
  return read.ok ? accept(found) : read;
};

const USUAL_DOCUMENT = 'word/document.xml';

/** Refuses with DAMAGED where the package has no main document. A part that is named but absent counts as not there. */
export const findParts = (zip: ZipParts): Result<PartNames, Refusal> => {
  const root = relationships(zip, '');
  if (!root.ok) return root;
  const present = (all: readonly Relationship[], type: string): string[] => [
    ...new Set(all.filter((one) => one.type === type && zip.has(one.part)).map((one) => one.part)),
  ];
  const document = present(root.value, 'officeDocument')[0] ?? USUAL_DOCUMENT;
  if (!zip.has(document)) return refuse(refusal('DAMAGED', USUAL_DOCUMENT));
  const own = relationships(zip, document);
  if (!own.ok) return own;
  const one = (type: string): string | null => present(own.value, type)[0] ?? null;
  return accept({
    document,
    styles: one('styles'),
    numbering: one('numbering'),
    footnotes: one('footnotes'),
    endnotes: one('endnotes'),
    headers: present(own.value, 'header'),
    footers: present(own.value, 'footer'),
    core: present(root.value, 'core-properties')[0] ?? null,
  });
};
