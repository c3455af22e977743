/** The words a tag rests on: the clause around a rule hit, else the sentences that share most with the label; every quote is checked. */
import { type Quote, quoteHolds, quoteOf } from '../domain/text.ts';
import { quoteFromFlow } from './flow.ts';
import { eachGram } from './grams.ts';
import type { Reading } from './reading.ts';
import type { Hit } from './rules.ts';

/** A tag without a span of at least this many characters is not proposed. */
export const SHORTEST = 4;
const LONGEST = 60;
const STOP = /[。；！？!?\n\t]/u;
const PAUSE = /[，,：:、 　]/u;

interface Reach {
  readonly limit: number;
  readonly stop: RegExp;
}

const backTo = (text: string, from: number, { limit, stop }: Reach): number => {
  let at = from;
  while (at > 0 && from - at < limit && !stop.test(text.charAt(at - 1))) at -= 1;
  return at;
};

const onTo = (text: string, from: number, { limit, stop }: Reach): number => {
  let at = from;
  while (at < text.length && at - from < limit && !stop.test(text.charAt(at))) at += 1;
  return at;
};

const isLow = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

/** Neither end may cut a character in two. */
const whole = (text: string, start: number, end: number): Quote => {
  const from = isLow(text.charCodeAt(start)) ? start + 1 : start;
  const to = isLow(text.charCodeAt(end)) ? end - 1 : end;
  return quoteOf(text, from, Math.max(from, to));
};

const trimmed = (text: string, start: number, end: number): Quote => {
  let from = start;
  let to = end;
  while (from < to && /\s/u.test(text.charAt(from))) from += 1;
  while (to > from && /\s/u.test(text.charAt(to - 1))) to -= 1;
  return whole(text, from, to);
};

/** Grows a short span to its clause and cuts a long one, to at most 60 characters where the words allow. */
export const clauseAround = (text: string, quote: Quote): Quote => {
  if (quote.end - quote.start >= LONGEST) {
    const cut = onTo(text, quote.start + 24, { limit: LONGEST - 24, stop: PAUSE });
    return trimmed(text, quote.start, Math.min(quote.end, cut));
  }
  const room = LONGEST - (quote.end - quote.start);
  const start = backTo(text, quote.start, { limit: Math.floor(room / 2), stop: STOP });
  const end = onTo(text, quote.end, { limit: room - (quote.start - start), stop: STOP });
  return trimmed(text, start, end);
};

const long = (quote: Quote): boolean => quote.quote.replace(/\s/gu, '').length >= SHORTEST;

const unlike = (quotes: readonly Quote[], quote: Quote): boolean =>
  quotes.every((known) => quote.end <= known.start || quote.start >= known.end);

/** Up to `most` separate clauses around the hits, the heaviest first. */
export const quotesOfHits = (
  text: string,
  hits: readonly Hit[],
  most: number,
): readonly Quote[] => {
  const quotes: Quote[] = [];
  for (const hit of [...hits].sort((a, b) => b.weight - a.weight)) {
    const quote = clauseAround(text, hit.quote);
    if (long(quote) && quoteHolds(text, quote) && unlike(quotes, quote)) quotes.push(quote);
    if (quotes.length === most) break;
  }
  return quotes;
};

const SENTENCES = 300;

/** A sentence with what its pairs weigh for a label, measured by its length. */
export interface WeighedQuote {
  readonly quote: Quote;
  readonly weight: number;
}

/** The `most` sentences whose pairs add most to the label's score, best first. */
export const sentencesOfLabel = (
  reading: Reading,
  weights: Float32Array,
  most: number,
): readonly WeighedQuote[] => {
  const flow = reading.zones.body.chars === '' ? reading.zones.title : reading.zones.body;
  const scored: { start: number; end: number; score: number }[] = [];
  let from = 0;
  while (from < flow.chars.length && scored.length < SENTENCES) {
    let to = from;
    while (to < flow.chars.length && to - from < 200 && !STOP.test(flow.chars.charAt(to))) to += 1;
    let score = 0;
    const seen = new Set<number>();
    eachGram(flow.chars.slice(from, to), 0, (bucket) => {
      if (seen.has(bucket)) return;
      seen.add(bucket);
      score += weights[bucket] ?? 0;
    });
    if (to - from >= SHORTEST && score > 0)
      scored.push({ start: from, end: to, score: score / Math.sqrt(8 + to - from) });
    from = to + 1;
  }
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .flatMap((one) => {
      const found = quoteFromFlow(reading.text, flow, one);
      if (found === null) return [];
      const quote = clauseAround(reading.text, found);
      return long(quote) && quoteHolds(reading.text, quote) ? [{ quote, weight: one.score }] : [];
    });
};

export const quotesOfLabel = (
  reading: Reading,
  weights: Float32Array,
  most: number,
): readonly Quote[] => sentencesOfLabel(reading, weights, most).map(({ quote }) => quote);

/** The title, or how the text begins: for a category that rests on what kind of paper this is. */
export const openingQuote = (reading: Reading): readonly Quote[] => {
  const { title, body } = reading.zones;
  const flow = title.chars === '' ? body : title;
  const quote = quoteFromFlow(reading.text, flow, {
    start: 0,
    end: Math.min(40, flow.chars.length),
  });
  if (quote === null) return [];
  const clause = clauseAround(reading.text, quote);
  return long(clause) && quoteHolds(reading.text, clause) ? [clause] : [];
};
