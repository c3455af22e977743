/** 成文日期: Arabic or Chinese numerals, spaced or set over lines; impossible dates are never mended. */
import type { Span } from '../domain/text.ts';
import { chineseDigits, chineseNumber, DIGIT, plainDigits } from './characters.ts';

/** `iso` null: the words have the shape of a date but name no day of the calendar. */
export interface FoundDate extends Span {
  readonly iso: string | null;
}

const G = '[ \\t\\u3000\\n]{0,3}';
const ZERO = '〇○◯ＯOoΟО零0-9０-９';
const WRITTEN = new RegExp(
  `(${DIGIT}(?:[ \\u3000]?${DIGIT}){3}|[${ZERO}一二三四五六七八九](?:[ \\u3000]?[${ZERO}一二三四五六七八九]){3})${G}年${G}(${DIGIT}(?:[ \\u3000]?${DIGIT})?|元|[一二三四五六七八九十]{1,2})${G}月${G}(${DIGIT}(?:[ \\u3000]?${DIGIT})?|[一二三四五六七八九十廿卅]{1,3})${G}日`,
  'gu',
);
const NUMERIC = /(?<![\d.-])((?:19|20)\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?![\d.-])/gu;
/** 2021年1030日, 202110月30日, 1030日: a separator was lost. */
const BROKEN_DATE =
  /^(?:(?:19|20)\d{2}年\d{3,4}日|(?:19|20)\d{3,4}月\d{1,2}日|\d{3,4}日|(?:19|20)\d{2}年\d{1,2}月\d{1,2}|(?:19|20)\d{4,6}日)$/u;

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

const daysIn = (year: number, month: number): number => {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
};

/** yyyy-mm-dd; null where there is no such day between 1949 and 2100. */
export const isoDate = (year: number, month: number, day: number): string | null => {
  if (year < 1949 || year > 2100 || day < 1 || day > daysIn(year, month)) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};

const yearOf = (raw: string): number | null => {
  const words = raw.replace(/[ \u3000]/gu, '');
  return /^[0-9０-９]+$/u.test(words)
    ? Number(plainDigits(words))
    : chineseDigits(words.replace(/[０-９]/gu, plainDigits));
};

const partOf = (raw: string): number | null => {
  const words = raw.replace(/[ \u3000]/gu, '');
  return words === '元' ? 1 : chineseNumber(plainDigits(words) || words);
};

const written = (match: RegExpExecArray): FoundDate => {
  const [whole, yearWords = '', monthWords = '', dayWords = ''] = match;
  const [year, month, day] = [yearOf(yearWords), partOf(monthWords), partOf(dayWords)];
  const iso = year === null || month === null || day === null ? null : isoDate(year, month, day);
  return { iso, start: match.index, end: match.index + whole.length };
};

/** Dates with 年月日, in order. */
export const findDates = (text: string): FoundDate[] => [...text.matchAll(WRITTEN)].map(written);

const COMPACT = /(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)/gu;

/** Dates of metadata fields: also 2021-06-29, 2021/6/29, 2021.6.29, 20210629. */
export const findFieldDates = (text: string): FoundDate[] =>
  [
    ...findDates(text),
    ...[...text.matchAll(NUMERIC)].map((match) => ({
      iso: isoDate(Number(match[1]), Number(match[3]), Number(match[4])),
      start: match.index,
      end: match.index + match[0].length,
    })),
    ...[...text.matchAll(COMPACT)].map((match) => ({
      iso: isoDate(Number(match[1]), Number(match[2]), Number(match[3])),
      start: match.index,
      end: match.index + match[0].length,
    })),
  ].sort((a, b) => a.start - b.start);

/** True where a short line is what is left of a date that lost a separator. */
export const isBrokenDate = (line: string): boolean =>
  line.length <= 24 && BROKEN_DATE.test(line.replace(/[ \u3000]/gu, ''));
