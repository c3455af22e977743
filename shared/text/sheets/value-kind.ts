/** Tells by its look what a cell holds: a number, a date, a long code, or words. */

export type ValueKind = 'number' | 'date' | 'code' | 'text';

const NUMBER = /^[¥￥]?[-+−]?(?:\d{1,3}(?:,\d{3}){1,6}|\d{1,15})(?:\.\d{1,12})?[%％元]?$/u;
const LEADING_ZERO = /^0\d/u;
const DATE =
  /^(?:19|20)\d{2}(?:[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?|月)?|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$/u;
/** Mobile numbers have 11 digits, accounts and identity numbers more: nobody adds them up. */
const CODE = /^[\dXx*-]{11,25}$/u;
const LONGEST = 40;

export const kindOf = (text: string): ValueKind => {
  const plain = text.trim();
  if (plain.length > LONGEST) return 'text';
  if (CODE.test(plain) || LEADING_ZERO.test(plain)) return 'code';
  if (DATE.test(plain)) return 'date';
  return NUMBER.test(plain) ? 'number' : 'text';
};

/** The number that a text of kind `number` shows. */
export const numberOf = (text: string): number =>
  Number(text.replace(/[¥￥,%％元\s]/gu, '').replace('−', '-'));

/** yyyymmdd of a text of kind `date`, with 00 for what it leaves out. */
export const dayOf = (text: string): string => {
  const parts = /^(\d{4})(?:[-/.年]?(\d{1,2}))(?:[-/.月]?(\d{1,2}))?/u.exec(text.trim());
  if (parts === null) return '';
  const [, year = '', month = '', day = ''] = parts;
  return `${year}${month.padStart(2, '0')}${day.padStart(2, '0')}`;
};
