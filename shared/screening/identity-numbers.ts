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
const BEFORE = '(?<![0-9０-９]|[0-9０-９][.．])';
const AFTER = '(?![0-9０-９a-zA-ZＸｘ×]|[.．][0-9０-９])';

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
].map((shape) => new RegExp(`${BEFORE}${shape}${AFTER}`, 'gu'));
const WRAPPED = new RegExp(`${BEFORE}${D}{3,17}\\n${D}{0,14}${L}${AFTER}`, 'gu');
const OLD = new RegExp(`${BEFORE}${D}{15}(?![0-9０-９a-zA-Z]|[.．][0-9０-９])`, 'gu');
const PROVINCES = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12])/u;
const OLD_LABEL = /身份证|身份号码|证件号/u;

const hit = (match: RegExpExecArray): PersonalHit => ({
  code: 'P_ID',
  masked: maskIdentityNumber(match[0]),
  start: match.index,
  end: match.index + match[0].length,
});

/** Old numbers carry no check digit: the date must hold, and the province or a label near by must speak for it. */
const isOld = (text: string, match: RegExpExecArray): boolean => {
  const number = plainNumber(match[0]);
  if (!isDay(`19${number.slice(6, 12)}`)) return false;
  return (
    PROVINCES.test(number) || OLD_LABEL.test(text.slice(Math.max(0, match.index - 20), match.index))
  );
};

export function* identityNumbers(text: string): Generator<PersonalHit, void> {
  for (const shape of [...SHAPES, WRAPPED]) {
    for (const match of text.matchAll(shape))
      if (isIdentityNumber(plainNumber(match[0]))) yield hit(match);
  }
  for (const match of text.matchAll(OLD)) if (isOld(text, match)) yield hit(match);
}

/** yyyymmdd of birth of an 18-place number. */
export const birthOf = (text: string, { start, end }: PersonalHit): string | null => {
  const number = plainNumber(text.slice(start, end));
  return number.length === 18 ? number.slice(6, 14) : null;
};
