/** Mends what PDFs do to characters: blanks between 汉字 and figures, and radicals in place of whole characters. */

const WIDE =
  /[\u1100-\u115f\u2018\u2019\u201c\u201d\u2014\u2026\u2460-\u24ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3ffff}]/u;

/** True where a character fills a whole em, as 汉字 and their punctuation do. */
export const isWide = (character: string): boolean => WIDE.test(character);

/** Width in ems, as Chinese fonts set it. */
export const emsOf = (text: string): number => {
  let ems = 0;
  for (const character of text) ems += isWide(character) ? 1 : 0.5;
  return ems;
};

/** Forms of the block "CJK Radicals Supplement" that fonts give for characters of everyday text. */
const RADICALS = new Map(
  Array.from(
    '⺁厂⺌小⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻚页⻛风⻜飞⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟'.matchAll(
      /(.)(.)/gu,
    ),
    ([, radical = '', whole = '']) => [radical, whole],
  ),
);

export const mendRadicals = (text: string): string =>
  text.replace(
    /[\u2e80-\u2fdf]/gu,
    (radical) => RADICALS.get(radical) ?? radical.normalize('NFKC'),
  );

const BLANKS = /([ \t\u00a0\u2000-\u200a\u202f\u205f]+)/u;

/** Shorter gaps beside a 汉字 are spacing of the typesetter, in ems. */
export const WORD_GAP = 0.6;

/** What stands for a gap of `ems` between two characters: words of letters keep their blank, 汉字 only a wide one. */
export const gapBetween = (before: string, after: string, ems: number): string => {
  if (before === '' || after === '') return '';
  if (ems > WORD_GAP) return ' ';
  return isWide(before) || isWide(after) ? '' : ' ';
};

const lastOf = (text: string): string => Array.from(text.slice(-2)).at(-1) ?? '';
const firstOf = (text: string): string => Array.from(text.slice(0, 2))[0] ?? '';

/** One line without the blanks that stand between 汉字 and 汉字, figures or letters; a wide gap stays one blank. A soft hyphen is drawn, so it is one. */
export const cleanLine = (raw: string): string => {
  const parts = mendRadicals(raw).replaceAll('\u00ad', '-').split(BLANKS);
  let line = '';
  for (let at = 0; at < parts.length; at += 2) {
    const part = parts[at] ?? '';
    const blanks = parts[at - 1] ?? '';
    line += gapBetween(lastOf(line), firstOf(part), blanks.length * 0.5) + part;
  }
  return line.replace(/^\u3000+|\u3000+$/gu, '');
};
