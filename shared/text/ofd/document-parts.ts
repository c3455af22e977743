/** Reads OFD.xml and Document.xml: which documents a package holds, their pages, templates and side files. */
import type { Refusal } from '../../domain/refusal.ts';
import { refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import { type Box, boxIn } from './numbers.ts';
import { elementsOf, folderOf, type OfdElement, type OfdParts, textAt } from './ofd-parts.ts';

/** One DocBody of OFD.xml. */
export interface DocumentBody {
  /** null where the part that it names is not in the package. */
  readonly root: string | null;
  readonly signatures: string | null;
  readonly properties: readonly (readonly [string, string])[];
}

export interface PagePart {
  readonly id: string;
  readonly part: string | null;
}

export interface DocumentParts {
  readonly folder: string;
  readonly area: Box | null;
  readonly pages: readonly PagePart[];
  /** Template ID → its part. */
  readonly templates: ReadonlyMap<string, string>;
  /** Resource files, which may hold drawings that pages use. */
  readonly resources: readonly string[];
  readonly annotations: string | null;
  readonly attachments: string | null;
  readonly tags: string | null;
}

/** Names of authors are left where they are. */
const PROPERTIES: readonly (readonly [string, string])[] = [
  ['Title', 'title'],
  ['Subject', 'subject'],
  ['CreationDate', 'created'],
  ['ModDate', 'modified'],
];

const USUAL_ROOT = 'OFD.xml';

const bodiesIn = (elements: readonly OfdElement[]): OfdElement[][] => {
  const bodies: OfdElement[][] = [];
  for (const element of elements) {
    if (/^OFD\/DocBody$/u.test(element.path)) bodies.push([]);
    bodies.at(-1)?.push(element);
  }
  return bodies;
};

const keywordsIn = (elements: readonly OfdElement[]): string =>
  elements
    .filter(({ path }) => path === 'OFD/DocBody/DocInfo/Keywords/Keyword')
    .map(({ text }) => text)
    .join(' ');

const bodyOf = (parts: OfdParts, root: string, elements: readonly OfdElement[]): DocumentBody => {
  const find = (path: string): string | null => parts.find(textAt(elements, path), root);
  const properties = PROPERTIES.map(
    ([name, known]) => [known, textAt(elements, `OFD/DocBody/DocInfo/${name}`)] as const,
  );
  return {
    root: find('OFD/DocBody/DocRoot'),
    signatures: find('OFD/DocBody/Signatures'),
    properties: [...properties, ['keywords', keywordsIn(elements)]],
  };
};

/** Refuses with DAMAGED where OFD.xml is missing, ill-formed, or names no document. */
export const readBodies = (parts: OfdParts): Result<readonly DocumentBody[], Refusal> => {
  const root = parts.find(USUAL_ROOT, '');
  if (root === null) return refuse(refusal('DAMAGED', USUAL_ROOT));
  const elements = elementsOf(parts, root, []);
  if (!elements.ok) return elements;
  const bodies = bodiesIn(elements.value).map((body) => bodyOf(parts, root, body));
  return bodies.length === 0 ? refuse(refusal('DAMAGED', USUAL_ROOT)) : accept(bodies);
};

const NAMES = ['ID', 'BaseLoc'];

/** Refuses like `readXml`, and with DAMAGED for what is no OFD document. */
export const readDocumentParts = (
  parts: OfdParts,
  root: string,
): Result<DocumentParts, Refusal> => {
  const read = elementsOf(parts, root, NAMES);
  if (!read.ok) return read;
  const elements = read.value;
  if (elements[0]?.path !== 'Document') return refuse(refusal('DAMAGED', root));
  const at = (path: string): OfdElement[] => elements.filter((element) => element.path === path);
  const find = (path: string): string | null => parts.find(textAt(elements, path), root);
  const templates = at('Document/CommonData/TemplatePage').flatMap(({ attributes }) => {
    const part = parts.find(attributes['BaseLoc'] ?? '', root);
    return part === null ? [] : [[attributes['ID'] ?? '', part] as const];
  });
  return accept({
    folder: folderOf(root),
    area: boxIn(textAt(elements, 'Document/CommonData/PageArea/PhysicalBox')),
    pages: at('Document/Pages/Page').map(({ attributes }) => ({
      id: attributes['ID'] ?? '',
      part: parts.find(attributes['BaseLoc'] ?? '', root),
    })),
    templates: new Map(templates),
    resources: [...at('Document/CommonData/PublicRes'), ...at('Document/CommonData/DocumentRes')]
      .map(({ text }) => parts.find(text, root))
      .filter((part) => part !== null),
    annotations: find('Document/Annotations'),
    attachments: find('Document/Attachments'),
    tags: find('Document/CustomTags'),
  });
};
