/** Hides personal data in everything that leaves the store for a screen; offsets stay as they are. */
import type { DocumentEvent, DocumentRecord } from '../domain/document.ts';
import type { DocumentSummary } from '../domain/document-summary.ts';
import type { Elements } from '../domain/elements.ts';
import type { StandingRelease } from '../domain/release.ts';
import type { PersonalHit } from '../domain/screening.ts';
import type { CanonicalText, Quote } from '../domain/text.ts';
import { homeAddresses } from '../screening/addresses.ts';
import { maskText } from '../screening/mask.ts';
import { screenName } from '../screening/screen.ts';

/** The mask at exactly the length of what it hides: stars are added or taken where lengths differ. */
const fitted = ({ masked, start, end }: PersonalHit): string => {
  const length = end - start;
  if (masked.length === length) return masked;
  if (masked.length > length) return '*'.repeat(length);
  const star = masked.indexOf('*');
  return star < 0
    ? '*'.repeat(length)
    : masked.slice(0, star) + '*'.repeat(length - masked.length) + masked.slice(star);
};

/** The text with every hit masked in place: same length, same offsets. */
export const maskedText = (text: string, hits: readonly PersonalHit[]): string => {
  const parts: string[] = [];
  let at = 0;
  for (const hit of [...hits].sort((a, b) => a.start - b.start)) {
    if (hit.end <= at || hit.start >= text.length) continue;
    const from = Math.max(at, hit.start);
    parts.push(text.slice(at, from), fitted(hit).slice(from - hit.start));
    at = Math.min(hit.end, text.length);
  }
  parts.push(text.slice(at));
  return parts.join('').slice(0, text.length);
};

const within = (quote: Quote, hits: readonly PersonalHit[]): PersonalHit[] =>
  hits.filter((hit) => hit.start < quote.end && hit.end > quote.start);

/** One quote as it may be shown: exactly what the masked text says at its place. */
export const maskedQuote = (quote: Quote, hits: readonly PersonalHit[]): Quote => {
  const touching = within(quote, hits);
  if (touching.length === 0) return quote;
  const clipped = touching.map((hit): PersonalHit => {
    const start = Math.max(hit.start, quote.start);
    const end = Math.min(hit.end, quote.end);
    const masked = fitted(hit).slice(start - hit.start, end - hit.start);
    return { ...hit, start: start - quote.start, end: end - quote.start, masked };
  });
  return { ...quote, quote: maskedText(quote.quote, clipped) };
};

/** Words that stand outside any text (a file name, a title in a list, a note) as they may be shown; offsets move. */
export const maskedWords = (words: string): string => {
  const source: CanonicalText = {
    text: words,
    blocks: [],
    pages: [],
    format: 'txt',
    metadata: {},
    warnings: [],
  };
  return maskText(words, [...screenName(words), ...homeAddresses(source)]);
};

interface Found<T> {
  readonly value: T;
  readonly sure: boolean;
  readonly quote: Quote;
}

/** Something read out of the text as words: where its quote is touched by a hit, the masked quote stands for it. */
const maskedFound = <T extends Found<string>>(found: T, hits: readonly PersonalHit[]): T => {
  const quote = maskedQuote(found.quote, hits);
  const value = quote.quote === found.quote.quote ? maskedWords(found.value) : quote.quote;
  return { ...found, value, quote };
};

/** Something read as one of a closed list, or as a date: only its quote can hold personal data. */
const maskedMark = <T extends { readonly quote: Quote }>(
  found: T | null,
  hits: readonly PersonalHit[],
): T | null => found && { ...found, quote: maskedQuote(found.quote, hits) };

const maskedNumber = (
  found: Elements['documentNumber'],
  hits: readonly PersonalHit[],
): Elements['documentNumber'] => {
  if (found === null) return null;
  const quote = maskedQuote(found.quote, hits);
  if (quote.quote === found.quote.quote) return found;
  const value = { normalised: quote.quote, issuerMark: '', year: found.value.year, sequence: '' };
  return { ...found, value, quote };
};

const maskedElements = (elements: Elements, hits: readonly PersonalHit[]): Elements => {
  const words = <T extends Found<string>>(found: T | null): T | null =>
    found && maskedFound(found, hits);
  return {
    title: words(elements.title),
    innerTitle: words(elements.innerTitle),
    documentNumber: maskedNumber(elements.documentNumber, hits),
    issuer: words(elements.issuer),
    genre: maskedMark(elements.genre, hits),
    innerGenre: words(elements.innerGenre),
    addressee: words(elements.addressee),
    date: maskedMark(elements.date, hits),
    attributeNote: maskedMark(elements.attributeNote, hits),
    attachments: elements.attachments.map((found) => maskedFound(found, hits)),
    secrecyMark: maskedMark(elements.secrecyMark, hits),
    citedNumbers: elements.citedNumbers.map((found) => maskedFound(found, hits)),
    flags: elements.flags,
  };
};

/** Every quote anywhere in a value, masked, and every value that was read from such a quote as words. */
export const maskedQuotes = (value: unknown, hits: readonly PersonalHit[]): unknown => {
  if (Array.isArray(value)) return value.map((part) => maskedQuotes(part, hits));
  if (value === null || typeof value !== 'object') return value;
  if (isQuote(value)) return maskedQuote(value, hits);
  const copy = Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, maskedQuotes(part, hits)]),
  );
  const { quote } = copy;
  const hidden = isQuote(quote) && within(quote, hits).length > 0;
  return hidden && 'value' in copy && typeof copy['value'] === 'string'
    ? { ...copy, value: quote.quote }
    : copy;
};

const isQuote = (node: unknown): node is Quote =>
  node !== null &&
  typeof node === 'object' &&
  'quote' in node &&
  typeof node.quote === 'string' &&
  'start' in node &&
  typeof node.start === 'number' &&
  'end' in node;

/** A record as it may be shown; numbers of people in its file name and key and in the names of its files are hidden too. */
export const maskedRecord = (record: DocumentRecord): DocumentRecord => {
  const { personal, elements, form, attribute, source } = record;
  const quotes = (all: readonly Quote[]): Quote[] =>
    all.map((quote) => maskedQuote(quote, personal));
  const rules = (fired: DocumentRecord['tags'][number]['rules']) =>
    fired.map(({ id, quote }) => ({ id, quote: quote && maskedQuote(quote, personal) }));
  return {
    ...record,
    fileName: maskedWords(record.fileName),
    source: { ...source, key: maskedWords(source.key) },
    children: record.children.map((child) => ({ ...child, name: maskedWords(child.name) })),
    tags: record.tags.map((tag) => ({
      ...tag,
      evidence: quotes(tag.evidence),
      rules: rules(tag.rules),
    })),
    elements: elements && maskedElements(elements, personal),
    form: form && { ...form, rules: rules(form.rules) },
    attribute: attribute && { ...attribute, evidence: quotes(attribute.evidence) },
  };
};

/** The end of a long title that was cut for the list: what is left of a number there can no longer be recognised. */
const CUT_NUMBER = /[\dXx]{4,17}$/u;
const LONGEST_TITLE = 300;

const maskedTitle = (title: string): string =>
  maskedWords(title.length < LONGEST_TITLE ? title : title.replace(CUT_NUMBER, '****'));

/** A row of a list as it may be shown. */
export const maskedSummary = (row: DocumentSummary): DocumentSummary => ({
  ...row,
  fileName: maskedWords(row.fileName),
  title: row.title === null ? null : maskedTitle(row.title),
  documentNumber: row.documentNumber === null ? null : maskedWords(row.documentNumber),
});

/** A line of the audit as it may be shown: a note is free text. */
export const maskedEvent = (event: DocumentEvent): DocumentEvent => ({
  ...event,
  note: maskedWords(event.note),
});

/** A move of the release in force as it may be shown: its reason is free text. */
export const maskedMove = (move: StandingRelease): StandingRelease => ({
  ...move,
  why: maskedWords(move.why),
});
