/** Makes canonical text of pages that were read as pictures, with their confidences and what to mind. */
import type { CanonicalText, Format } from '../../domain/text.ts';
import { type CanonicalBuilder, canonicalBuilder } from '../canonical.ts';
import { joinTable } from '../pdf/join-tables.ts';
import { flowOf } from '../pdf/page-flow.ts';
import type { PageMarks } from '../pdf/page-marks.ts';
import type { ScannedPage } from './scan-pages.ts';

/** Two figures are as many as the model is right about. */
const rounded = (confidence: number): number => Math.round(confidence * 1000) / 1000;

/** Begins a page of which either its picture was read, or it is known otherwise whether it was read. */
export const beginPage = (
  builder: CanonicalBuilder,
  number: number,
  page: ScannedPage | 'read' | 'unread',
): void => {
  const state =
    page === 'unread' || (page !== 'read' && page.kind === 'unread') ? 'unread' : 'read';
  const confidence = typeof page === 'string' || page.kind === 'blank' ? null : page.confidence;
  builder.page(number, state, confidence === null ? undefined : rounded(confidence));
  if (state === 'unread') builder.warn('W_PAGE_UNREAD', `${number}`);
};

/** W_OCR names how many pages were read as pictures and the least sure of them, for whoever checks the text. */
export const warnOfScan = (
  builder: CanonicalBuilder,
  pages: ReadonlyMap<number, ScannedPage>,
): void => {
  let [count, least, where] = [0, 1, 0];
  for (const [number, page] of pages) {
    if (page.kind !== 'read') continue;
    count += 1;
    if (page.confidence <= least) [least, where] = [page.confidence, number];
    if (page.seals > 0) builder.warn('W_SEAL_REMOVED', `${number}`);
    if (page.doubtful > 0) builder.warn('W_LINES_UNREAD', `${number}: ${page.doubtful}`);
  }
  if (count > 0) builder.warn('W_OCR', `${count} p., least ${rounded(least)} on p. ${where}`);
};

const NOTHING: PageMarks = {
  width: 0,
  height: 0,
  runs: [],
  slanted: [],
  rules: [],
  pictures: 0,
  curves: 0,
  tooManyRules: false,
};

const isRead = (page: ScannedPage | undefined): boolean =>
  page !== undefined && page.kind !== 'unread';

/** Pages count from 1 without a gap. */
export const scannedText = (
  pages: ReadonlyMap<number, ScannedPage>,
  format: Format,
): CanonicalText => {
  const builder = canonicalBuilder();
  const all = Array.from({ length: pages.size }, (_, index) => pages.get(index + 1));
  const marks = all.map((page) => (page?.kind === 'read' ? page.marks : NOTHING));
  const flow = flowOf(marks, (index) => isRead(all[index]));
  flow.pages.forEach(({ parts }, index) => {
    beginPage(builder, index + 1, all[index] ?? 'unread');
    for (const part of parts) {
      if (part.kind === 'paragraph') builder.paragraph(part.parts.join(''));
      else {
        const { cells, headerRows } = joinTable(part.parts);
        builder.table(cells, headerRows);
      }
    }
  });
  builder.metadata('RunningHeads', flow.running.join('\n'));
  warnOfScan(builder, pages);
  return builder.build(format);
};
