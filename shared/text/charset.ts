/** Chooses the character set of bytes by mark, strict decoding, declaration and, last, by what the words look like. */
import type { Refusal } from '../domain/refusal.ts';
import { refusal } from '../domain/refusal.ts';
import type { Result } from '../domain/result.ts';
import { accept, refuse } from '../domain/result.ts';
import { COMMON_CHARACTERS } from './common-characters.ts';

/** gb2312 and gbk are always decoded as gb18030, which contains both and keeps rare surnames. */
export type Charset = 'utf-8' | 'gb18030' | 'big5' | 'utf-16le' | 'utf-16be';

export interface DecodedText {
  readonly text: string;
  readonly charset: Charset;
  /** Characters that could not be decoded and read as U+FFFD; at most 1 in 200. */
  readonly replaced: number;
}

/** What the source says of its own character set; "" where it says nothing. */
export interface CharsetHints {
  readonly declared?: string;
}

const ALIASES: readonly (readonly [Charset, RegExp])[] = [
  ['utf-8', /^(?:utf-?8|unicode-1-1-utf-8)$/u],
  [
    'gb18030',
    /^(?:gb-?2312(?:-80|_80)?|gbk|x-gbk|cp936|ms936|windows-936|gb-?18030|hz-gb-2312|chinese|euc-cn)$/u,
  ],
  ['big5', /^(?:big5(?:-hkscs)?|big-5|x-x-big5|cp950)$/u],
  ['utf-16le', /^(?:utf-?16(?:le)?|unicode|ucs-2|iso-10646-ucs-2)$/u],
  ['utf-16be', /^(?:utf-?16be|unicodefffe)$/u],
];

/** The character set that a label of an http header, a meta tag or an xml declaration names; null if none of ours. */
export const charsetOfLabel = (label: string): Charset | null => {
  const plain = label.trim().toLowerCase();
  return ALIASES.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
};

const DECLARATION =
  /<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w-]{1,30})|<meta[^>]{0,500}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w-]{1,30})/iu;
const DECLARATION_WITHIN = 8_192;
const latin = new TextDecoder('latin1');

/** The label in the head of an html or xml source; "" without one. */
export const declaredIn = (bytes: Uint8Array): string => {
  const found = DECLARATION.exec(latin.decode(bytes.subarray(0, DECLARATION_WITHIN)));
  return found?.[1] ?? found?.[2] ?? '';
};

const byMark = (bytes: Uint8Array): Charset | null => {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0x84 && b === 0x31 && c === 0x95 && d === 0x33) return 'gb18030';
  return null;
};

const strict = (bytes: Uint8Array, charset: Charset): string | null => {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch (error) {
    // A TypeError is how TextDecoder says that the bytes are not of this character set.
    if (error instanceof TypeError) return null;
    throw error;
  }
};

const SAMPLE_BYTES = 65_536;

/** From the first byte that is not plain ASCII: a page may open with 100 KB of script. */
const sampleOf = (bytes: Uint8Array): Uint8Array => {
  const first = bytes.findIndex((byte) => byte > 0x7e || byte === 0);
  const from = Math.max(0, first) & ~1;
  return bytes.subarray(from, from + SAMPLE_BYTES);
};

/** Code points up to and including the bound weigh this much: controls, ASCII, marks, rare characters, 汉字, private use. */
const WEIGHTS: readonly (readonly [number, number])[] = [
  [0x08, -8],
  [0x0d, 0.5],
  [0x1f, -8],
  [0x7e, 0.5],
  [0x7f, -8],
  [0x200f, -2],
  [0x2103, 1],
  [0x2fff, -2],
  [0x303f, 2],
  [0x4dff, -2],
  [0x9fff, 1],
  [0xdfff, -2],
  [0xf8ff, -6],
  [0xfeff, -2],
  [0xff5f, 2],
  [0xfffc, -2],
  [0xfffd, -8],
];

const weightOf = (character: string): number => {
  if (COMMON_CHARACTERS.has(character)) return 4;
  const code = character.codePointAt(0) ?? 0;
  return WEIGHTS.find(([bound]) => code <= bound)?.[1] ?? -2;
};

interface Looks {
  /** How much a decoding looks like Chinese or plain English, per source byte; below 0.3 it looks like neither. */
  readonly likeness: number;
  /** False where nearly all 汉字 are rare: bytes of something else fall on 汉字 by chance, hardly ever on frequent ones. */
  readonly isEveryday: boolean;
}

const isUtf16 = (charset: Charset): boolean => charset === 'utf-16le' || charset === 'utf-16be';

/** Of a plain character for each of its bytes. */
const PLAIN_WEIGHT = 0.5;
const LEAST_COMMON_SHARE = 0.2;
const FEW_HAN = 4;

const looksOf = (sample: Uint8Array, charset: Charset): Looks => {
  let sum = 0;
  let han = 0;
  let common = 0;
  const unit = isUtf16(charset) ? 2 : 1;
  for (const character of new TextDecoder(charset).decode(sample)) {
    sum += character > ' ' && character < '\u007f' ? PLAIN_WEIGHT * unit : weightOf(character);
    if (character < '\u4e00' || character > '\u9fff') continue;
    han += 1;
    if (COMMON_CHARACTERS.has(character)) common += 1;
  }
  return {
    likeness: sample.length === 0 ? 0 : sum / sample.length,
    isEveryday: han < FEW_HAN || common >= han * LEAST_COMMON_SHARE,
  };
};

const CANDIDATES: readonly Charset[] = ['gb18030', 'utf-8', 'big5', 'utf-16le', 'utf-16be'];
const LEAST_LIKENESS = 0.3;
const DECLARED_BONUS = 0.25;

const byLikeness = (bytes: Uint8Array, declared: Charset | null): Charset | null => {
  const sample = sampleOf(bytes);
  let best: { charset: Charset; score: number } | null = null;
  for (const charset of CANDIDATES) {
    const { likeness, isEveryday } = looksOf(sample, charset);
    const isDeclared = charset === declared;
    const score = likeness + (isDeclared ? DECLARED_BONUS : 0);
    if ((isEveryday || isDeclared) && score > (best?.score ?? LEAST_LIKENESS))
      best = { charset, score };
  }
  return best?.charset ?? null;
};

const MOST_REPLACED = 1 / 200;

const countReplaced = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) count += 1;
  return count;
};

const decodeAs = (bytes: Uint8Array, charset: Charset): Result<DecodedText, Refusal> => {
  const exact = strict(bytes, charset);
  if (exact !== null) return accept({ text: exact, charset, replaced: 0 });
  if (isUtf16(charset)) return refuse(refusal('BROKEN_UNICODE', charset));
  const text = new TextDecoder(charset).decode(bytes);
  const replaced = countReplaced(text);
  return replaced > text.length * MOST_REPLACED
    ? refuse(refusal('UNKNOWN_CHARSET', charset))
    : accept({ text, charset, replaced });
};

const hasZeros = (bytes: Uint8Array): boolean => bytes.subarray(0, SAMPLE_BYTES).includes(0);

/** A few bytes of GBK (联通) or UTF-16 can pass as UTF-8: in so short a text what looks like words is believed over it. */
const UNDOUBTED_UTF8 = 64;

const isUtf8ByChance = (bytes: Uint8Array, text: string): boolean => {
  if (bytes.length > UNDOUBTED_UTF8) return false;
  if (/[\u0000-\u0008\u000e-\u001f\u007f]/u.test(text)) return true;
  return (
    text.length < bytes.length &&
    looksOf(bytes, 'utf-8').likeness < 0.5 &&
    looksOf(bytes, 'gb18030').likeness > 1
  );
};

/**
 * Decodes bytes of unknown character set. Refuses with BROKEN_UNICODE where UTF-16 holds unpaired surrogates or half a
 * character, with UNKNOWN_CHARSET where nothing reads as text.
 */
export const decodeText = (
  bytes: Uint8Array,
  hints: CharsetHints = {},
): Result<DecodedText, Refusal> => {
  const marked = byMark(bytes);
  if (marked !== null) return decodeAs(bytes, marked);
  const declared = charsetOfLabel(hints.declared ?? '');
  if (!hasZeros(bytes)) {
    const text = strict(bytes, 'utf-8');
    if (text !== null && !isUtf8ByChance(bytes, text))
      return accept({ text, charset: 'utf-8', replaced: 0 });
  }
  const chosen = byLikeness(bytes, declared);
  return chosen === null
    ? refuse(refusal('UNKNOWN_CHARSET', declared ?? ''))
    : decodeAs(bytes, chosen);
};
