/** Hides personal data in everything that leaves the store for a screen; offsets stay as they are. */
import type { DocumentRecord } from '../domain/document.ts';
import { elementsSchema } from '../domain/elements.ts';
import type { PersonalHit } from '../domain/screening.ts';
import type { Quote } from '../domain/text.ts';

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
  return parts.join('');
};

/** One quote as it may be shown. */
export const maskedQuote = (quote: Quote, hits: readonly PersonalHit[]): Quote => {
  const within = hits.filter((hit) => hit.start < quote.end && hit.end > quote.start);
  if (within.length === 0) return quote;
  const full = ' '.repeat(quote.start) + quote.quote;
  const outside = within.map((hit) => ({ ...hit, masked: fitted(hit) }));
  return {
    ...quote,
    quote: maskedText(
      full,
      outside.map((hit) => clip(hit, quote)),
    ).slice(quote.start),
  };
};

const clip = (hit: PersonalHit, quote: Quote): PersonalHit => {
  const start = Math.max(hit.start, quote.start);
  const end = Math.min(hit.end, quote.end);
  return { ...hit, start, end, masked: hit.masked.slice(start - hit.start, end - hit.start) };
};

/** Every quote anywhere in a value, masked, and every value that was read from such a quote: records, elements, tags and events alike. */
export const maskedQuotes = (value: unknown, hits: readonly PersonalHit[]): unknown => {
  if (Array.isArray(value)) return value.map((part) => maskedQuotes(part, hits));
  if (value === null || typeof value !== 'object') return value;
  if (isQuote(value)) return maskedQuote(value, hits);
  const copy = Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, maskedQuotes(part, hits)]),
  );
  const { quote } = copy;
  const hidden =
    isQuote(quote) && hits.some((hit) => hit.start < quote.end && hit.end > quote.start);
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

/** A record as it may be shown. */
export const maskedRecord = (record: DocumentRecord): DocumentRecord => {
  if (record.personal.length === 0) return record;
  const { personal } = record;
  const tags = record.tags.map((tag) => ({
    ...tag,
    evidence: tag.evidence.map((quote) => maskedQuote(quote, personal)),
    rules: tag.rules.map(({ id, quote }) => ({
      id,
      quote: quote === null ? null : maskedQuote(quote, personal),
    })),
  }));
  const elements =
    record.elements === null ? null : elementsSchema.parse(maskedQuotes(record.elements, personal));
  const form =
    record.form === null
      ? null
      : { ...record.form, rules: record.form.rules.map((rule) => ({ ...rule, quote: null })) };
  const attribute =
    record.attribute === null
      ? null
      : {
          ...record.attribute,
          evidence: record.attribute.evidence.map((quote) => maskedQuote(quote, personal)),
        };
  return { ...record, tags, elements, form, attribute };
};
