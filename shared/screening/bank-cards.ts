/** Bank cards: 16–19 digits that pass Luhn; other schemes than 62 only where the text speaks of accounts. */
import type { PersonalHit } from '../domain/screening.ts';
import type { CanonicalText } from '../domain/text.ts';
import { D, plainNumber } from './digits.ts';
import { maskBankCard } from './mask.ts';
import { tableHeader } from './table-header.ts';

const S = '[ \\u3000-]';
const CARD = new RegExp(
  `(?<![0-9０-９A-Za-z]|[0-9０-９][.．])(?:${D}{16,19}|(?:${D}{4}${S}){3}${D}{4}(?:${S}${D}{1,3})?|${D}{6}${S}${D}{10,13})(?![0-9０-９A-Za-z]|[.．][0-9０-９])`,
  'gu',
);
const ACCOUNT = /卡号|账号|帐号|账户|帐户|银行|开户|一卡通|存折|信用社|社保卡/u;
const NEAR = 60;

export const passesLuhn = (digits: string): boolean => {
  let sum = 0;
  for (let at = digits.length - 1, second = false; at >= 0; at -= 1, second = !second) {
    const digit = Number(digits.charAt(at)) * (second ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0 && /[1-9]/u.test(digits);
};

const spokenOf = (source: CanonicalText, at: number): boolean =>
  ACCOUNT.test(source.text.slice(Math.max(0, at - NEAR), at)) ||
  ACCOUNT.test(tableHeader(source, at));

export function* bankCards(source: CanonicalText): Generator<PersonalHit, void> {
  for (const match of source.text.matchAll(CARD)) {
    const number = plainNumber(match[0]);
    if (!passesLuhn(number)) continue;
    const known =
      number.startsWith('62') ||
      (/^(?:4|5[0-9]|3[0-9]|60|9)/u.test(number) && spokenOf(source, match.index));
    if (known)
      yield {
        code: 'P_BANK',
        masked: maskBankCard(match[0]),
        start: match.index,
        end: match.index + match[0].length,
      };
  }
}
