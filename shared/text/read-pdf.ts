/** Reads a PDF with a text layer into canonical text: paragraphs, ruled tables, pages, and what could not be read. */

import { megabytes } from '../domain/limits.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { CanonicalText } from '../domain/text.ts';
import { type CanonicalBuilder, canonicalBuilder } from './canonical.ts';
import { LIMITS } from './limits.ts';
import { judgePage, type PageKind } from './pdf/check-page.ts';
import { inspectStreams } from './pdf/inspect-streams.ts';
import { joinTable } from './pdf/join-tables.ts';
import { type OpenedPdf, openPdf } from './pdf/open-pdf.ts';
import { type FlowPart, flowOf } from './pdf/page-flow.ts';
import type { PageMarks } from './pdf/page-marks.ts';
import type { ScannedPage } from './scan/scan-pages.ts';
import { beginPage, warnOfScan } from './scan/scanned-text.ts';

const MOST_PAGES = 1_000;
/** Looked at between pages; one page is bounded by the limits on streams. */
const MOST_SECONDS = 60;
/** Watermarks are kept beside the text up to this length. */
const SLANTED_CHARACTERS = 2_000;

const NO_MARKS: PageMarks = {
  width: 0,
  height: 0,
  runs: [],
  slanted: [],
  rules: [],
  pictures: 0,
  curves: 0,
  tooManyRules: false,
};

interface ReadPages {
  readonly marks: readonly PageMarks[];
  /** Numbers of pages that pdf.js could not read. */
  readonly broken: ReadonlySet<number>;
}

/** A broken page is listed as unread, like one that is only a picture; the others still count. */
const readMarks = async (pdf: OpenedPdf, number: number): Promise<PageMarks | null> => {
  try {
    return await pdf.marks(number);
  } catch {
    return null;
  }
};

const readPages = async (pdf: OpenedPdf): Promise<Result<ReadPages, Refusal>> => {
  const end = performance.now() + MOST_SECONDS * 1000;
  const marks: PageMarks[] = [];
  const broken = new Set<number>();
  let characters = 0;
  for (let number = 1; number <= pdf.pageCount; number += 1) {
    if (performance.now() > end) return refuse(refusal('TIME_LIMIT', `${MOST_SECONDS} s`));
    const page = await readMarks(pdf, number);
    if (page === null) broken.add(number);
    marks.push(page ?? NO_MARKS);
    characters += page?.runs.reduce((sum, run) => sum + run.text.length, 0) ?? 0;
    if (characters > LIMITS.textCharacters)
      return refuse(refusal('TEXT_TOO_LONG', `${LIMITS.textCharacters}`));
  }
  return accept({ marks, broken });
};

const addPart = (builder: CanonicalBuilder, part: FlowPart): void => {
  if (part.kind === 'paragraph') {
    builder.paragraph(part.parts.join(''));
    return;
  }
  const { cells, headerRows } = joinTable(part.parts);
  builder.table(cells, headerRows);
};

/** Pages that were read as pictures, by number. */
type Scanned = ReadonlyMap<number, ScannedPage>;

/** Reads pages of a file as pictures: of these numbers, which count from 1. */
export type ScanPdf = (
  bytes: Uint8Array,
  numbers: readonly number[],
) => Promise<Result<Scanned, Refusal>>;

const kindOfScan = (page: ScannedPage): PageKind => {
  if (page.kind === 'unread') return 'picture';
  return page.kind === 'read' ? 'text' : 'blank';
};

const textOfPages = ({ marks, broken }: ReadPages, scanned: Scanned = new Map()) => {
  const kinds = new Map<number, PageKind>();
  const all = marks.map((page, index) => {
    const scan = scanned.get(index + 1);
    return scan?.kind === 'read' ? scan.marks : page;
  });
  const flow = flowOf(all, (index, text) => {
    const scan = scanned.get(index + 1);
    const judged = broken.has(index + 1) ? 'picture' : judgePage(text, marks[index] ?? NO_MARKS);
    const kind = scan === undefined ? judged : kindOfScan(scan);
    kinds.set(index, kind);
    return kind === 'text' || kind === 'blank';
  });
  return { flow, kinds, scanned };
};

const isUnread = (kind: PageKind): boolean => kind === 'picture' || kind === 'garbled';

const unreadNumbers = (kinds: ReadonlyMap<number, PageKind>): number[] =>
  [...kinds].flatMap(([index, kind]) => (isUnread(kind) ? [index + 1] : []));

const refusalFor = (kinds: ReadonlyMap<number, PageKind>, broken: number): Refusal | null => {
  const all = [...kinds.values()];
  if (all.includes('text')) return null;
  if (all.includes('garbled')) return refusal('GARBLED_TEXT', 'PDF');
  if (broken === all.length) return refusal('DAMAGED', 'PDF');
  return all.includes('picture') ? refusal('NO_TEXT_LAYER') : refusal('NO_TEXT');
};

const warnOfPage = (builder: CanonicalBuilder, number: number, marks: PageMarks | undefined) => {
  if (marks === undefined) return;
  if (marks.slanted.length > 0) builder.warn('W_SLANTED_TEXT', `${number}`);
  if (marks.tooManyRules) builder.warn('W_TABLES_SKIPPED', `${number}`);
};

const build = (read: ReadPages, { flow, kinds, scanned }: ReturnType<typeof textOfPages>) => {
  const builder = canonicalBuilder();
  flow.pages.forEach((page, index) => {
    const kind = kinds.get(index) ?? 'blank';
    const unread = isUnread(kind);
    beginPage(builder, index + 1, scanned.get(index + 1) ?? (unread ? 'unread' : 'read'));
    if (!unread) warnOfPage(builder, index + 1, read.marks[index]);
    for (const part of page.parts) addPart(builder, part);
  });
  const slanted = new Set(read.marks.flatMap((page) => page.slanted));
  builder.metadata('SlantedText', [...slanted].join('\n').slice(0, SLANTED_CHARACTERS));
  builder.metadata('RunningHeads', flow.running.join('\n'));
  warnOfScan(builder, scanned);
  return builder;
};

interface Opened {
  readonly pdf: OpenedPdf;
  readonly bytes: Uint8Array;
  readonly damaged: number;
  readonly scan: ScanPdf | null;
}

/** The pages, with those that have no text of their own read as pictures where somebody can. */
const readAndScan = async ({ pdf, bytes, scan }: Opened) => {
  const read = await readPages(pdf);
  if (!read.ok) return read;
  const text = textOfPages(read.value);
  const unread = unreadNumbers(text.kinds);
  if (scan === null || unread.length === 0) return accept({ read: read.value, text });
  const scanned = await scan(bytes, unread);
  if (!scanned.ok) return scanned;
  return accept({ read: read.value, text: textOfPages(read.value, scanned.value) });
};

const readOpened = async (opened: Opened): Promise<Result<CanonicalText, Refusal>> => {
  const { pdf, damaged } = opened;
  if (pdf.pageCount === 0) return refuse(refusal('NO_PAGES'));
  if (pdf.pageCount > MOST_PAGES) return refuse(refusal('TOO_MANY_PAGES', `${MOST_PAGES}`));
  const both = await readAndScan(opened);
  if (!both.ok) return both;
  const { read, text } = both.value;
  const no = refusalFor(text.kinds, read.broken.size);
  if (no !== null) return refuse(no);
  const builder = build(read, text);
  for (const [name, value] of await pdf.properties()) builder.metadata(name, value);
  if (damaged > 0) builder.warn('W_STREAM_DAMAGED', `${damaged}`);
  return accept(builder.build('pdf'));
};

/**
 * Running heads and page numbers are left out of the text; the heads are kept in `metadata`,
 * as is text that does not run from left to right (SlantedText, W_SLANTED_TEXT). Refuses with ENCRYPTED,
 * DAMAGED, NO_PAGES, TOO_MANY_PAGES, TOO_LARGE, ARCHIVE_LIMIT, TEXT_TOO_LONG, TIME_LIMIT; with NO_TEXT_LAYER or
 * GARBLED_TEXT where no page has usable text. A single page without usable text is `unread` with W_PAGE_UNREAD. With
 * `scan` such pages are read as pictures.
 */
export const readPdf = async (
  bytes: Uint8Array,
  scan: ScanPdf | null = null,
): Promise<Result<CanonicalText, Refusal>> => {
  if (bytes.length === 0) return refuse(refusal('EMPTY_FILE'));
  if (bytes.length > LIMITS.fileBytes)
    return refuse(refusal('TOO_LARGE', megabytes(LIMITS.fileBytes)));
  const streams = inspectStreams(bytes);
  if (!streams.ok) return streams;
  const opened = await openPdf(bytes);
  if (!opened.ok) return opened;
  try {
    return await readOpened({ pdf: opened.value, bytes, damaged: streams.value.damaged, scan });
  } finally {
    await opened.value.close();
  }
};
