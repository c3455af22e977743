/** Sets right what the recogniser confuses by habit: half-width marks among 汉字, and brackets of document numbers. */

const HAN = '\\u3400-\\u9fff';
const FULL = new Map([
  [',', '，'],
  [':', '：'],
  [';', '；'],
  ['?', '？'],
  ['!', '！'],
]);

const MARK = new RegExp(`(?<=[${HAN}”》）])([,:;?!])|([,:;?!])(?=[${HAN}“《（])`, 'gu');

/** Straight quotation marks beside 汉字 in turn open and close. */
const curled = (text: string): string => {
  let isOpen = false;
  return text.replace(/"/gu, (mark, at: number) => {
    const [before, after] = [text.charAt(at - 1), text.charAt(at + 1)];
    if (!new RegExp(`[${HAN}]`, 'u').test(before + after)) return mark;
    const opens = !isOpen && after !== '' && !/[，。；：、！？）》]/u.test(after);
    isOpen = opens;
    return opens ? '“' : '”';
  });
};

export const tidied = (raw: string): string =>
  curled(
    raw
      .trim()
      .replace(MARK, (mark) => FULL.get(mark) ?? mark)
      .replace(/(?<=\d)一(?=\d)/gu, '—')
      .replace(/[[［【〔(（](\d{4})[\]］】〕)）](?=\d{1,5}号)/gu, '〔$1〕'),
  );
