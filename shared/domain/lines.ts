/** Lines of a text with the offsets of what they say, blanks at both ends left out. */
import type { Span } from './text.ts';

export interface Line extends Span {
  readonly text: string;
}

const BLANKS = new Set([' ', '\t', '\u3000', '\n', '\r', '\u00a0']);

/** The span without blanks at either end; `start === end` where nothing is left. */
export const trimmed = (text: string, from: number, to: number): Line => {
  let start = from;
  let end = to;
  while (start < end && BLANKS.has(text.charAt(start))) start += 1;
  while (end > start && BLANKS.has(text.charAt(end - 1))) end -= 1;
  return { start, end, text: text.slice(start, end) };
};

/** Lines that say something, in order. Lazy: taking a few from a long text costs a few. */
export function* linesOf(text: string, from = 0, to = text.length): Generator<Line, void> {
  let at = from;
  while (at < to) {
    const found = text.indexOf('\n', at);
    const end = found < 0 || found > to ? to : found;
    const line = trimmed(text, at, end);
    if (line.end > line.start) yield line;
    at = end + 1;
  }
}

/** The whole line (untrimmed) that holds the offset. */
export const lineAround = (text: string, at: number): Span => {
  const end = text.indexOf('\n', at);
  return { start: text.lastIndexOf('\n', at - 1) + 1, end: end < 0 ? text.length : end };
};

/** One line of what was set over several: no blanks beside Chinese, one blank between Latin words. For short texts. */
export const joined = (words: string): string =>
  words
    .trim()
    .split(/\s+/u)
    .reduce(
      (line, word) =>
        /[!-~]$/u.test(line) && /^[!-~]/u.test(word) ? `${line} ${word}` : line + word,
      '',
    );
