/** Reads an OFD (GB/T 33190—2016) into canonical text: pages in reading order, ruled tables, and what stands beside them. */

import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { CanonicalText } from '../domain/text.ts';
import { type CanonicalBuilder, canonicalBuilder } from './canonical.ts';
import { type DocumentBody, readBodies } from './ofd/document-parts.ts';
import { type OfdParts, ofdParts } from './ofd/ofd-parts.ts';
import {
  type OfdDocument,
  type OfdPage,
  type PageBudget,
  readDocument,
} from './ofd/read-document.ts';
import { type OfdSignature, readSignatures, type SideReading } from './ofd/side-files.ts';
import { judgePage, type PageKind } from './pdf/check-page.ts';
import { joinTable } from './pdf/join-tables.ts';
import { type FlowPart, flowOf } from './pdf/page-flow.ts';
import { openZip } from './zip-parts.ts';

const MOST_PAGES = 1_000;
/** Looked at between pages; one page is bounded by the limits of the zip and of its XML. */
const MOST_SECONDS = 60;
/** Watermarks and stamps are kept beside the text up to this length. */
const SLANTED_CHARACTERS = 2_000;
const MOST_DOCUMENTS = 100;

interface WholePackage {
  readonly bodies: readonly DocumentBody[];
  readonly documents: readonly OfdDocument[];
  readonly signatures: readonly OfdSignature[];
  readonly lost: ReadonlySet<string>;
}

const addPart = (builder: CanonicalBuilder, part: FlowPart): void => {
  if (part.kind === 'paragraph') builder.paragraph(part.parts.join(''));
  else {
    const { cells, headerRows } = joinTable(part.parts);
    builder.table(cells, headerRows);
  }
};

const readPackage = (
  side: SideReading,
  bodies: readonly DocumentBody[],
): Result<Pick<WholePackage, 'documents' | 'signatures'>, Refusal> => {
  const budget: PageBudget = {
    pages: 0,
    characters: 0,
    mostPages: MOST_PAGES,
    until: performance.now() + MOST_SECONDS * 1000,
  };
  const documents: OfdDocument[] = [];
  const signatures: OfdSignature[] = [];
  for (const { root, signatures: list } of bodies) {
    if (root === null) return refuse(refusal('DAMAGED', 'Document.xml'));
    const document = readDocument(side, root, budget);
    if (!document.ok) return document;
    documents.push(document.value);
    const signed = readSignatures(side, list);
    if (!signed.ok) return signed;
    signatures.push(...signed.value);
  }
  return accept({ documents, signatures });
};

const warnOfPage = (builder: CanonicalBuilder, number: number, page: OfdPage): void => {
  if (page.marks.slanted.length > 0) builder.warn('W_SLANTED_TEXT', `${number}`);
  if (page.marks.tooManyRules) builder.warn('W_TABLES_SKIPPED', `${number}`);
  if (page.lostGlyphs > 0) builder.warn('W_UNKNOWN_SYMBOL');
  if (page.hidden) builder.warn('W_HIDDEN_TEXT');
};

const isUnread = (kind: PageKind): boolean => kind === 'picture' || kind === 'garbled';

/** Adds the pages of one document; gives what became of each. */
const addPages = (
  builder: CanonicalBuilder,
  { pages }: OfdDocument,
  before: number,
): { kinds: PageKind[]; running: readonly string[] } => {
  const kinds: PageKind[] = [];
  const marks = pages.map((page) => page.marks);
  const flow = flowOf(marks, (index, text) => {
    const page = pages[index];
    const kind = page === undefined || page.broken ? 'picture' : judgePage(text, page.marks);
    kinds[index] = kind;
    return !isUnread(kind);
  });
  pages.forEach((page, index) => {
    const number = before + index + 1;
    const unread = isUnread(kinds[index] ?? 'blank');
    builder.page(number, unread ? 'unread' : 'read');
    if (unread) builder.warn('W_PAGE_UNREAD', `${number}`);
    else warnOfPage(builder, number, page);
    for (const part of flow.pages[index]?.parts ?? []) addPart(builder, part);
    for (const words of page.annotations?.written ?? []) builder.note(words);
  });
  return { kinds, running: flow.running };
};

const refusalFor = (kinds: readonly PageKind[], pages: readonly OfdPage[]): Refusal | null => {
  if (pages.length === 0) return refusal('NO_PAGES');
  if (kinds.includes('text') || pages.some((page) => page.annotations?.written.length ?? 0))
    return null;
  if (kinds.includes('garbled')) return refusal('GARBLED_TEXT', 'OFD');
  if (pages.every((page) => page.broken)) return refusal('DAMAGED', 'OFD');
  return kinds.includes('picture') ? refusal('NO_TEXT_LAYER') : refusal('NO_TEXT');
};

const signatureLine = ({ provider, date, sealed }: OfdSignature): string =>
  [sealed ? '电子印章 seal' : '电子签名 signature', provider, date, '未验证 not verified']
    .filter((part) => part !== '')
    .join(' · ');

const attachmentLine = (name: string, kilobytes: string): string =>
  kilobytes === '' ? name : `${name} (${Math.ceil(Number(kilobytes) || 0)} KB)`;

/** What stands beside the pages; a seal is reported, and nobody verifies it. */
const addSides = (
  builder: CanonicalBuilder,
  { documents, signatures, lost }: WholePackage,
): void => {
  const pages = documents.flatMap((document) => document.pages);
  const annotations = pages.flatMap((page) => page.annotations ?? []);
  const attachments = documents.flatMap((document) => document.attachments);
  const sealed = signatures.filter((signature) => signature.sealed).length;
  if (signatures.length > 0) builder.warn('W_SIGNED', `${signatures.length}`);
  if (sealed > 0) builder.warn('W_SEALED', `${sealed}`);
  builder.metadata('signatures', signatures.map(signatureLine).join('\n'));
  if (attachments.length > 0) builder.warn('W_ATTACHMENTS', `${attachments.length}`);
  builder.metadata(
    'attachments',
    attachments.map(({ name, kilobytes }) => attachmentLine(name, kilobytes)).join('\n'),
  );
  if (annotations.some(({ written }) => written.length > 0)) builder.warn('W_ANNOTATIONS');
  if (annotations.some(({ remarks }) => remarks > 0)) builder.warn('W_COMMENTS');
  const pictures = pages.reduce((sum, page) => sum + page.pictures, 0);
  if (pictures > 0) builder.warn('W_PICTURES', `${pictures}`);
  if (pages.some((page) => page.lostComposites > 0)) builder.warn('W_UNREAD_PART', 'composite');
  for (const kind of lost) builder.warn('W_UNREAD_PART', kind);
  if (documents.length > 1) builder.warn('W_SEVERAL_DOCUMENTS', `${documents.length}`);
  const slanted = pages.flatMap((page) => [
    ...page.marks.slanted,
    ...(page.annotations?.marks ?? []),
  ]);
  builder.metadata('SlantedText', [...new Set(slanted)].join('\n').slice(0, SLANTED_CHARACTERS));
  for (const [name, words] of documents.flatMap((document) => document.tags))
    builder.metadata(`tag ${name}`, words);
};

const build = (whole: WholePackage): Result<CanonicalText, Refusal> => {
  const builder = canonicalBuilder();
  const kinds: PageKind[] = [];
  const running: string[] = [];
  for (const document of whole.documents) {
    const added = addPages(builder, document, kinds.length);
    kinds.push(...added.kinds);
    running.push(...added.running);
  }
  const no = refusalFor(
    kinds,
    whole.documents.flatMap((document) => document.pages),
  );
  if (no !== null) return refuse(no);
  builder.metadata('RunningHeads', [...new Set(running)].join('\n'));
  for (const [name, value] of whole.bodies.flatMap((body) => body.properties))
    builder.metadata(name, value);
  addSides(builder, whole);
  return accept(builder.build('ofd'));
};

const readParts = (parts: OfdParts): Result<CanonicalText, Refusal> => {
  const bodies = readBodies(parts);
  if (!bodies.ok) return bodies;
  if (bodies.value.length > MOST_DOCUMENTS)
    return refuse(refusal('STRUCTURE_LIMIT', `> ${MOST_DOCUMENTS} documents`));
  const lost = new Set<string>();
  const read = readPackage({ parts, lost: (kind) => void lost.add(kind) }, bodies.value);
  return read.ok ? build({ bodies: bodies.value, lost, ...read.value }) : read;
};

/** A locked package (GM/T 0099—2020) lists its locked parts here; they are noise without the key. */
const LOCKS = 'Encryptions.xml';

const readBytes = (bytes: Uint8Array): Result<CanonicalText, Refusal> => {
  const zip = openZip(bytes);
  if (!zip.ok) return zip;
  const parts = ofdParts(zip.value);
  const read = readParts(parts);
  const locked = !read.ok && read.error.kind === 'DAMAGED' && parts.find(LOCKS, '') !== null;
  return locked ? refuse(refusal('ENCRYPTED')) : read;
};

/**
 * Several documents of one package follow each other; a template's text comes once, running heads and page numbers are
 * left out (heads: `metadata` RunningHeads). Text that annotations write comes as notes. `metadata` also holds title,
 * subject, keywords, created, modified, signatures (with provider and date; never verified), attachments, SlantedText,
 * and `tag …` for each custom tag. Warnings: W_PAGE_UNREAD, W_SIGNED, W_SEALED, W_ATTACHMENTS, W_ANNOTATIONS, W_COMMENTS,
 * W_PICTURES, W_SLANTED_TEXT, W_HIDDEN_TEXT, W_UNKNOWN_SYMBOL, W_TABLES_SKIPPED, W_UNREAD_PART, W_SEVERAL_DOCUMENTS.
 * Refuses with DAMAGED, ENCRYPTED, NO_PAGES, TOO_MANY_PAGES, TEXT_TOO_LONG, TIME_LIMIT, over a bound like `openZip` and `readXml`;
 * GARBLED_TEXT where text is drawn by numbers of glyphs alone, NO_TEXT_LAYER where there are only pictures.
 */
export const readOfd = (bytes: Uint8Array): Promise<Result<CanonicalText, Refusal>> =>
  Promise.resolve(readBytes(bytes));
