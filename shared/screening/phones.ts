/** Mobile numbers of the mainland: 11 digits from 13… to 19…, with +86, blanks or dashes. Office land lines are no hits. */
import type { PersonalHit } from '../domain/screening.ts';
import { D } from './digits.ts';
import { maskPhone } from './mask.ts';

const S = '[ \\u3000-]{1,2}';
const HEAD = '[1１][3-9３-９]';
/** A digit, a letter (but of Tel), 第 or 0. before it make it part of something else. */
const BEFORE = '(?<![0-9０-９第]|(?<![Tt][Ee](?=[Ll]))[A-Za-z]|(?<![0-9０-９])[0０][.．])';
const AFTER = '(?![0-9０-９A-Za-z%％]|[.．][0-9０-９])';
const COUNTRY = `(?:(?:[+＋]|00)?86[ \\u3000)）-]{0,2}|0)?`;
const PHONE = new RegExp(
  `${BEFORE}${COUNTRY}${HEAD}(?:${D}{9}|${D}${S}${D}{4}${S}${D}{4}|${D}${S}${D}{8}|${D}{5}${S}${D}{4}|${D}${S}${D}{3}${S}${D}{5}|${D}{2}${S}${D}{3}${S}${D}{4}|${D}${S}${D}{4}${D}${S}${D}{3})${AFTER}`,
  'gu',
);
/** 13812345678元 is an amount. */
const UNIT = /^[ \u3000]{0,2}(?:元|万元|吨|公里|平方|立方|亩|人次|千瓦)/u;

export function* phones(text: string): Generator<PersonalHit, void> {
  for (const match of text.matchAll(PHONE)) {
    const end = match.index + match[0].length;
    if (!UNIT.test(text.slice(end, end + 6)))
      yield { code: 'P_PHONE', masked: maskPhone(match[0]), start: match.index, end };
  }
}
