/** Digits as people type them: half or full width. */

export const D = '[0-9０-９]';

/** Full-width digits and X as ASCII, everything else dropped. */
export const plainNumber = (raw: string): string =>
  raw
    .replace(/[０-９]/gu, (digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) - 0xfee0))
    .replace(/[xｘＸ×]/gu, 'X')
    .replace(/[^0-9X]/gu, '');

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** True for yyyymmdd that names a day (29 February only in leap years). */
export const isDay = (digits: string): boolean => {
  const [year, month, day] = [
    Number(digits.slice(0, 4)),
    Number(digits.slice(4, 6)),
    Number(digits.slice(6, 8)),
  ];
  if (year < 1900 || year > 2100 || day < 1 || day > (DAYS[month - 1] ?? 0)) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month !== 2 || day <= 28 || leap;
};
