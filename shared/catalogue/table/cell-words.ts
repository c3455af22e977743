/** Puts the words of a cell back together where the page broke them into lines. */

const CJK = '[\\u2e80-\\u9fff\\uf900-\\ufaff\\u3001-\\u303f\\uff00-\\uffef“”‘’—…·]';
const BETWEEN_CJK = new RegExp(`(?<=${CJK})[ \\t\\u3000]+(?=${CJK})`, 'gu');
const WORD_END = /[A-Za-z0-9]$/u;
const WORD_START = /^[A-Za-z0-9]/u;
const POINT =
  /^(?:\d{1,2}[.．、)）](?!\d)|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|[①-⑳])/u;

/** The lines of a cell without blanks at their ends. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/\u3000/gu, ' ').trim())
    .filter((line) => line !== '');

const glue = (left: string, right: string): string =>
  WORD_END.test(left) && WORD_START.test(right) ? `${left} ${right}` : left + right;

/** One line: broken words joined, blanks between Chinese characters gone. */
export const oneLine = (text: string): string =>
  linesOf(text)
    .reduce((whole, line) => (whole === '' ? line : glue(whole, line)), '')
    .replace(BETWEEN_CJK, '');

/** As `oneLine`, but a line that opens a numbered point stays a line of its own. */
export const pointsOf = (text: string): string => {
  const points: string[] = [];
  for (const line of linesOf(text)) {
    const last = points.at(-1);
    if (last === undefined || POINT.test(line)) points.push(line);
    else points[points.length - 1] = glue(last, line);
  }
  return points.map((point) => point.replace(BETWEEN_CJK, '')).join('\n');
};

/** True for the marks that stand for "nothing": ——, -, /, 无. */
export const isNone = (text: string): boolean => /^(?:[-—–―－_/／\\\s]*|无|暂无)$/u.test(text);

/** The first sentence, at most 60 characters, without its end mark. */
export const firstSentence = (text: string): string => {
  const line = text.split('\n', 1)[0] ?? '';
  const end = line.search(/[。；;！？]/u);
  const sentence = end > 0 ? line.slice(0, end) : line;
  if (sentence.length <= 60) return sentence;
  const comma = sentence.slice(0, 60).lastIndexOf('，');
  return sentence.slice(0, comma > 8 ? comma : 60);
};

const STOPS = '。；;，,、';

/** A title carries no full stop. */
export const titleOf = (text: string): string => {
  const line = oneLine(text);
  let end = line.length;
  while (end > 0 && STOPS.includes(line.charAt(end - 1))) end -= 1;
  return line.slice(0, end);
};
