/** Reads the numbers of tasks and the marks of sections. */

const DIGITS = '零一二三四五六七八九';

/** 十二 → 12; null for what is no numeral below 100. */
export const chineseNumber = (numeral: string): number | null => {
  const [tens, units, ...rest] = numeral.split('十');
  if (rest.length > 0 || tens === undefined) return null;
  if (units === undefined) return tens.length === 1 ? positive(DIGITS.indexOf(tens)) : null;
  const ten = tens === '' ? 1 : DIGITS.indexOf(tens);
  const unit = units === '' ? 0 : DIGITS.indexOf(units);
  return ten > 0 && unit >= 0 && tens.length < 2 && units.length < 2 ? ten * 10 + unit : null;
};

const positive = (value: number): number | null => (value > 0 ? value : null);

export type SectionKind = 'part' | 'numeral' | 'bracketed' | 'plain';

export interface Marked {
  readonly kind: SectionKind;
  readonly number: number | null;
  /** The words after the mark. */
  readonly rest: string;
}

const SECTION_MARKS: readonly (readonly [SectionKind, RegExp])[] = [
  ['part', /^第([一二三四五六七八九十]{1,3})(?:部分|章|篇|节|板块)[、.．:：\s]*/u],
  ['numeral', /^([一二三四五六七八九十]{1,3})[、.．][\s]*/u],
  ['bracketed', /^[（(]([一二三四五六七八九十]{1,3})[）)][、.．\s]*/u],
];

/** The section mark at the start of a text: 一、 （一） 第一部分. `plain` where there is none. */
export const sectionMark = (text: string): Marked => {
  for (const [kind, pattern] of SECTION_MARKS) {
    const match = pattern.exec(text);
    const numeral = match?.[1];
    if (match !== null && numeral !== undefined)
      return { kind, number: chineseNumber(numeral), rest: text.slice(match[0].length) };
  }
  return { kind: 'plain', number: null, rest: text };
};

/** A number as printed: `numbers` holds several for 36,37; `sub` is the 2 of 3.2; `printed` is kept for the person who checks. */
export interface PrintedNumber {
  readonly numbers: readonly number[];
  readonly sub: number | null;
  readonly rest: string;
}

const halfWidth = (text: string): string =>
  text.replace(/[０-９]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));

const BARE = /^[（(]?(?:第)?(\d{1,6})[）)]?(?:项|号)?[.．、]?$/u;
const SUB = /^(\d{1,3})[.．](\d{1,2})$/u;
const SEVERAL = /^\d{1,3}(?:[,，、/;；和及\s]+\d{1,3}){1,9}[.．、]?$/u;
const RANGE = /^(\d{1,3})[-—–~～至](\d{1,3})$/u;

const rangeOf = (from: number, to: number): number[] | null =>
  to > from && to - from < 10
    ? Array.from({ length: to - from + 1 }, (_, step) => from + step)
    : null;

/** A cell that holds a number and nothing else; null for anything else. */
export const numberCell = (raw: string): PrintedNumber | null => {
  const text = halfWidth(raw).replace(/\n/gu, ' ').trim();
  const bare = BARE.exec(text);
  if (bare !== null) return { numbers: [Number(bare[1])], sub: null, rest: '' };
  const sub = SUB.exec(text);
  if (sub !== null) return { numbers: [Number(sub[1])], sub: Number(sub[2]), rest: '' };
  if (SEVERAL.test(text))
    return { numbers: (text.match(/\d+/gu) ?? []).map(Number), sub: null, rest: '' };
  const range = RANGE.exec(text);
  const numbers = range === null ? null : rangeOf(Number(range[1]), Number(range[2]));
  return numbers === null ? null : { numbers, sub: null, rest: '' };
};

const LEADING =
  /^(?:[（(](\d{1,3})[）)][、.．]?|(\d{1,3})(?:[)）、]|[.．](?!\d)|[.．](?=\d{4}年|\d{1,2}月)|\s+(?=[^\d\s])))\s*/u;
const LEADING_SEVERAL = /^(\d{1,3})[,，、/和](\d{1,3})(?:[.．、]|\s)\s*/u;
const LEADING_SUB = /^(\d{1,3})[.．](\d{1,2})(?:[.．、]|\s+)(?!\d)\s*/u;
const LEADING_TIGHT = /^(\d{1,3})(?=[\u4e00-\u9fff“《])(?![年月日个项条万亿次类家种级批号岁元户])/u;

/** The number at the start of a text: 1. 1、 （1） 1． 36、37. 3.2 and, where nothing parts them, 1推进…; null if none. */
export const leadingNumber = (raw: string): PrintedNumber | null => {
  const said = raw.trimStart();
  const text = halfWidth(said);
  const several = LEADING_SEVERAL.exec(text);
  if (several !== null && Number(several[2]) > Number(several[1]))
    return read(said, several, [Number(several[1]), Number(several[2])]);
  const sub = LEADING_SUB.exec(text);
  if (sub !== null) return { ...read(said, sub, [Number(sub[1])]), sub: Number(sub[2]) };
  const match = LEADING.exec(text) ?? LEADING_TIGHT.exec(text);
  return match === null ? null : read(said, match, [Number(match[1] ?? match[2])]);
};

const read = (text: string, match: RegExpExecArray, numbers: number[]): PrintedNumber => ({
  numbers,
  sub: null,
  rest: text.slice(match[0].length),
});
