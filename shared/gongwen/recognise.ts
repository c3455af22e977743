/** Reads the 公文 elements of a text: each with the words it was read from, or null; nothing is guessed. */
import type { Elements } from '../domain/elements.ts';
import { type CanonicalText, type Quote, quoteOf } from '../domain/text.ts';
import { findAddressee } from './addressee.ts';
import { findAttachments } from './attachments.ts';
import { findAttributeNote } from './attribute-note.ts';
import { genreOf } from './genre.ts';
import { readHead } from './head.ts';
import { findIssuer } from './issuer.ts';
import { findOwnDate } from './own-date.ts';
import { findCitedNumbers, findOwnNumber } from './own-number.ts';
import { findSecrecyMark } from './secrecy.ts';
import { type FoundTitle, findTitle } from './title.ts';

const bracketless = (words: string): string => words.replace(/[\s《》]/gu, '');

/** The words of the inner title inside the quote of the title; the whole quote where line ends cut them apart. */
const quoteWithin = (title: Quote, words: string): Quote => {
  const at = title.quote.indexOf(words);
  if (at < 0) return title;
  return { start: title.start + at, end: title.start + at + words.length, quote: words };
};

const genresOf = (
  title: FoundTitle | null,
): Pick<Elements, 'genre' | 'innerTitle' | 'innerGenre'> => {
  if (title === null) return { genre: null, innerTitle: null, innerGenre: null };
  const { sure, quote } = title;
  const { genre, innerTitle, innerGenre } = genreOf(title.value);
  return {
    genre:
      genre === null
        ? null
        : { value: genre, sure, quote: quoteWithin(quote, genre === '命令' ? '令' : genre) },
    innerTitle:
      innerTitle === null
        ? null
        : { value: innerTitle, sure, quote: quoteWithin(quote, innerTitle) },
    innerGenre:
      innerGenre === null
        ? null
        : { value: innerGenre, sure, quote: quoteWithin(quote, innerGenre) },
  };
};

const ISSUED =
  /^《([^《》]{2,120}(?:〈[^〉]{1,80}〉[^《》]{0,60})?)》[^。]{0,160}(?:现予|现将|予以)?(?:重新)?(?:公布|发布|颁布)/u;

/** What an order carries is named by the first sentence of its body: 《…条例》已经…通过，现予公布. */
const carriedByOrder = (
  text: string,
  bodyStart: number,
): Pick<Elements, 'innerTitle' | 'innerGenre'> | null => {
  const words = ISSUED.exec(text.slice(bodyStart, bodyStart + 400))?.[1];
  if (words === undefined) return null;
  const quote = quoteOf(text, bodyStart + 1, bodyStart + 1 + words.length);
  const { innerGenre, genre } = genreOf(words);
  const kind = innerGenre ?? genre;
  return {
    innerTitle: { value: words, sure: true, quote },
    innerGenre: kind === null ? null : { value: kind, sure: true, quote: quoteWithin(quote, kind) },
  };
};

/** The title as the quote of its words, without a number that stands on the same line. */
const mended = (text: string, title: FoundTitle | null): FoundTitle | null => {
  if (title === null || title.quote.end > text.length) return null;
  return bracketless(title.value) === ''
    ? null
    : { ...title, quote: quoteOf(text, title.quote.start, title.quote.end) };
};

/**
 * Pure and linear in the text; the head is bounded. Every quote holds in `source.text`. Flags: W_BROKEN_NUMBER,
 * W_BROKEN_DATE, W_ATTR_NOTES_DIFFER, W_METADATA_ATTR_<A1|A2|A3|A1R> (said beside the text only).
 */
export const recognise = (source: CanonicalText, fileName = ''): Elements => {
  const { text } = source;
  const head = readHead(text);
  const title = mended(text, findTitle(source, head, fileName));
  const number = findOwnNumber(text, head, title?.quote ?? null);
  const { day, signature, flags: dateFlags } = findOwnDate(text, head);
  const { note, flags: noteFlags } = findAttributeNote(source);
  const broken = number?.broken === true;
  const genres = genresOf(title);
  const order = genres.genre?.value === '命令' || genres.genre?.value === '公告';
  return {
    title,
    ...genres,
    ...(order && genres.innerTitle === null ? carriedByOrder(text, head.bodyStart) : null),
    documentNumber:
      number === null ? null : { value: number.value, sure: number.sure, quote: number.quote },
    issuer: findIssuer(text, head, { title: title?.quote ?? null, signature }),
    addressee: findAddressee(text, head, title?.quote ?? null),
    date: day,
    attributeNote: note,
    attachments: findAttachments(text),
    secrecyMark: findSecrecyMark(source),
    citedNumbers: findCitedNumbers(text, number),
    flags: [...(broken ? ['W_BROKEN_NUMBER'] : []), ...dateFlags, ...noteFlags],
  };
};
