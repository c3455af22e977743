/** 公民身份号码 (GB 11643—1999): 18 places with a right check digit, also spaced or full width; old ones of 15. */
import type { PersonalHit } from '../domain/screening.ts';
import { D, isDay, plainNumber } from './digits.ts';
import { maskIdentityNumber } from './mask.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECKS = '10X98765432';

/** The check digit for the first 17 digits. */
export const checkDigit = (first17: string): string =>
  CHECKS.charAt(
    WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(first17.charAt(at)), 0) % 11,
  );

/** True for 18 places whose date is a day and whose check digit is right. */
export const isIdentityNumber = (number: string): boolean =>
  /^[1-9]\d{16}[\dX]$/u.test(number) &&
  isDay(number.slice(6, 14)) &&
  checkDigit(number.slice(0, 17)) === number.charAt(17);

const L = '[0-9０-９xXｘＸ×]';
const S = '[ \\u3000-]{1,2}';
const BEFORE = '(?<![0-9０-９])';
const AFTER = '(?![0-9０-９a-zA-ZＸｘ×])';

/** Every start is tried: a running number before the identity number must not swallow its first digits. */
const overlapping = (shape: string): RegExp => new RegExp(`${BEFORE}(?=(${shape})${AFTER})`, 'gu');

/** Unbroken, then the groupings in which people write them; one line end inside counts as nothing. */
const SHAPES = [
  `${D}{17}${L}`,
  `${D}{6}${S}${D}{8}${S}${D}{3}${L}`,
  `${D}{6}${S}${D}{4}${S}${D}{4}${S}${D}{3}${L}`,
  `${D}{6}${S}${D}{11}${L}`,
  `${D}{14}${S}${D}{3}${L}`,
  `${D}{6}${S}${D}{4}${S}${D}{2}${S}${D}{2}${S}${D}{3}${L}`,
  `(?:${D}{4}${S}){4}${D}${L}`,
  `(?:${D}{3}${S}){5}${D}{2}${L}`,
  `(?:${D}${S}){17}${L}`,
].map(overlapping);
const WRAPPED = overlapping(`${D}{3,17}\\n${D}{0,14}${L}`);
const OLD = overlapping(`${D}{15}`);
const PROVINCES = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])/u;
const OLD_LABEL = /身份证|身份号码|证件号/u;

const hit = (words: string, start: number): PersonalHit => ({
  code: 'P_ID',
  masked: maskIdentityNumber(words),
  start,
  end: start + words.length,
});

/** Old numbers carry no check digit: the date must hold, and the province or a label near by must speak for it. */
const isOld = (text: string, words: string, start: number): boolean => {
  const number = plainNumber(words);
  if (!isDay(`19${number.slice(6, 12)}`)) return false;
  return PROVINCES.test(number) || OLD_LABEL.test(text.slice(Math.max(0, start - 20), start));
};

export function* identityNumbers(text: string): Generator<PersonalHit, void> {
  for (const shape of [...SHAPES, WRAPPED]) {
    for (const { 1: words = '', index } of text.matchAll(shape))
      if (isIdentityNumber(plainNumber(words))) yield hit(words, index);
  }
  for (const { 1: words = '', index } of text.matchAll(OLD))
    if (isOld(text, words, index)) yield hit(words, index);
}

/** yyyymmdd of birth of an 18-place number. */
export const birthOf = (text: string, { start, end }: PersonalHit): string | null => {
  const number = plainNumber(text.slice(start, end));
  return number.length === 18 ? number.slice(6, 14) : null;
};
