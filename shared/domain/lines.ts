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

/** The untrimmed line that holds the offset, as far as 400 characters to either side: so many calls stay linear. */
export const lineAround = (text: string, at: number): Span => {
  const reach = 400;
  const from = Math.max(0, at - reach);
  const before = text.slice(from, at).lastIndexOf('\n');
  const after = text.slice(at, at + reach).indexOf('\n');
  return {
    start: from + before + 1,
    end: after < 0 ? Math.min(text.length, at + reach) : at + after,
  };
};

/** The last line that says something before the offset, if it stands within 400 characters. */
export const lineBefore = (text: string, at: number): Line => {
  const end = trimmed(text, Math.max(0, at - 400), at).end;
  return trimmed(text, lineAround(text, end).start, end);
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
