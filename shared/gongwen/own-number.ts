/** Which number of a text is the document's own, and which it only cites. */

import type { DocumentNumber } from '../domain/elements.ts';
import { trimmed } from '../domain/lines.ts';
import { type Quote, quoteOf, type Span } from '../domain/text.ts';
import { type FoundNumber, findNumbers } from './document-number.ts';
import type { Head } from './head.ts';

export interface OwnNumber {
  readonly value: DocumentNumber;
  readonly sure: boolean;
  readonly broken: boolean;
  readonly quote: Quote;
}

const MAX_CITED = 200;

const within = (one: Span, start: number, end: number): boolean =>
  one.start >= start && one.end <= end;

/** The number that a 发文字号 field gives; the mark may come with OCR dirt before it. */
const inField = (head: Head): FoundNumber | undefined => {
  for (const field of head.fields) {
    if (field.name !== 'number') continue;
    const found = head.numbers.find((one) =>
      within(one, field.value.start - 1, field.value.end + 1),
    );
    if (found !== undefined) return found;
  }
  return undefined;
};

const ownLine = (head: Head, sure: boolean): FoundNumber | undefined => {
  const lines = head.lines.filter((line) => line.kind === 'number');
  for (const line of lines) {
    const found = head.numbers.find(
      (one) => one.sure === sure && one.start < line.end && one.end > line.start,
    );
    if (found !== undefined) return found;
  }
  return undefined;
};

/** （大署办〔2010〕32号 …） or the bare number, right after the title. */
const afterTitle = (text: string, head: Head, title: Quote | null): FoundNumber | undefined => {
  if (title === null) return undefined;
  return head.numbers.find((one) => {
    const between = text.slice(title.end, Math.max(title.end, one.start));
    return one.start >= title.end && one.start - title.end <= 6 && /^[\s（([【]*$/u.test(between);
  });
};

/**
 * 题注: （深府〔1993〕426号 …） states the own number; 2007年2月24日 中华人民共和国国务院令第486号公布 may have been followed by
 * amendments, so it stays a candidate.
 */
const inRemark = (text: string, head: Head): FoundNumber | undefined => {
  for (const line of head.lines) {
    if (line.kind !== 'remark') continue;
    const found = head.numbers.find((one) => within(one, line.start, line.end));
    if (found === undefined) continue;
    const leads = /^[（(\s]*$/u.test(text.slice(line.start, found.start));
    const closes = /^\s{0,3}(?:[）)]|公布|发布|颁布|通过)/u.test(
      text.slice(found.end, found.end + 6),
    );
    const blank = /[\s，,日]/u.test(text.charAt(found.start - 1));
    if (leads || (closes && blank)) return { ...found, sure: found.sure && leads };
  }
  return undefined;
};

export const findOwnNumber = (text: string, head: Head, title: Quote | null): OwnNumber | null => {
  const found =
    inField(head) ??
    ownLine(head, true) ??
    afterTitle(text, head, title) ??
    ownLine(head, false) ??
    inRemark(text, head);
  if (found === undefined) return null;
  const { start, end } = trimmed(text, found.start, found.end);
  return {
    value: found.value,
    sure: found.sure,
    broken: found.broken,
    quote: quoteOf(text, start, end),
  };
};

/** Every other well-formed number, once each, in order; at most 200. */
export const findCitedNumbers = (
  text: string,
  own: OwnNumber | null,
): { value: string; sure: boolean; quote: Quote }[] => {
  const cited = new Map<string, { value: string; sure: boolean; quote: Quote }>();
  for (const one of findNumbers(text)) {
    const { normalised, issuerMark } = one.value;
    if (issuerMark === '' || normalised === own?.value.normalised || cited.has(normalised))
      continue;
    if (cited.size >= MAX_CITED) break;
    cited.set(normalised, {
      value: normalised,
      sure: one.sure,
      quote: quoteOf(text, one.start, one.end),
    });
  }
  return [...cited.values()];
};
