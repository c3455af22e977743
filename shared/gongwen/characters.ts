/** Character classes that several elements share: digits, brackets, blanks inside what belongs together. */

export const DIGIT = '[0-9０-９]';
/** Blanks that extraction puts between pieces that belong together; bounded, so that matching stays linear. */
export const GAP = '[ \\t\\u3000\\n]{0,3}';
export const OPEN = '[〔﹝［\\[【〖（(〈<＜｛{「『﹙]';
export const CLOSE = '[〕﹞］\\]】〗）)〉>＞｝}」』﹚]';

/** Full-width digits as ASCII, everything else dropped. */
export const plainDigits = (raw: string): string =>
  raw
    .replace(/[０-９]/gu, (digit) => String.fromCodePoint((digit.codePointAt(0) ?? 0) - 0xfee0))
    .replace(/[^0-9]/gu, '');

const CHINESE_DIGITS: Readonly<Record<string, number>> = {
  〇: 0,
  '○': 0,
  '◯': 0,
  Ｏ: 0,
  O: 0,
  o: 0,
  Ο: 0,
  О: 0,
  '０': 0,
  '0': 0,
  零: 0,
  一: 1,
  元: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** 二〇二一 → 2021; null where a character is no digit. */
export const chineseDigits = (raw: string): number | null => {
  let value = 0;
  for (const character of raw) {
    const digit =
      CHINESE_DIGITS[character] ?? (/^[0-9]$/u.test(character) ? Number(character) : null);
    if (digit === null) return null;
    value = value * 10 + digit;
  }
  return raw === '' ? null : value;
};

/** 十二, 廿三, 卅一, 元, 一百零五, 9 → number; null where it is no number below 1000. */
export const chineseNumber = (raw: string): number | null => {
  const words = raw.replace(/廿/gu, '二十').replace(/卅/gu, '三十');
  if (/^[0-9]+$/u.test(words)) return Number(words);
  const parts = /^(?:(.)百)?[零〇]?(?:(.?)十)?(.?)$/u.exec(words);
  if (parts === null || words === '') return null;
  const [, hundreds, tens, ones] = parts;
  const plain = [hundreds ?? '', tens ?? '', ones ?? ''].map((digit) =>
    digit === '' ? 0 : (chineseDigits(digit) ?? Number.NaN),
  );
  const [hundred = 0, ten = 0, one = 0] = plain;
  const value = hundred * 100 + (tens === '' ? 1 : ten) * 10 + one;
  return Number.isNaN(value) || (/[百十]/u.test(words) === false && words.length > 1)
    ? null
    : value;
};
