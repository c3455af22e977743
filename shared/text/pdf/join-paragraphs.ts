/** Joins lines of one column into paragraphs as Chinese documents are set: full lines go on, indents and gaps begin. */
import { emsOf } from './clean-line.ts';
import type { Line } from './text-lines.ts';

export interface Paragraph {
  readonly text: string;
  readonly lines: readonly Line[];
}

/** The text column that lines stand in. */
export interface Column {
  readonly left: number;
  readonly right: number;
  /** Usual distance of baselines. */
  readonly pitch: number;
}

const BEGINS =
  /^(?:第[一二三四五六七八九十百零〇\d]{1,7}[条章节编款]|[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[、．.](?!\d)|附件|抄送)/u;
const ENDS = /[。：；！？.:;!?”）]$/u;
const CLOSING = /[，。、；：！？）》」』】〕”’]$/u;

const middle = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

/** The smallest value that a fair part of `values` shares, give or take `slack`. */
const leastShared = (values: readonly number[], slack: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const enough = Math.max(2, values.length * 0.08);
  let from = 0;
  for (const [to, value] of sorted.entries()) {
    while (value - (sorted[from] ?? value) > slack) from += 1;
    if (to - from + 1 >= enough) return sorted[from] ?? value;
  }
  return sorted[0] ?? 0;
};

/** Closing marks may hang over the edge of the text. */
const solidRight = (line: Line): number =>
  CLOSING.test(line.text) ? line.right - line.size : line.right;

export const columnOf = (lines: readonly Line[]): Column => {
  const size = middle(lines.map((line) => line.size));
  const steps = lines.slice(1).map((line, index) => line.y - (lines[index]?.y ?? 0));
  const left = leastShared(
    lines.map((line) => line.x),
    size * 0.5,
  );
  const right = lines.reduce((most, line) => Math.max(most, solidRight(line)), left);
  return { left, right, pitch: middle(steps.filter((step) => step > 0)) || size * 1.8 };
};

const isCentred = (line: Line, column: Column): boolean => {
  const [before, after] = [line.x - column.left, column.right - line.right];
  return before > line.size * 2.5 && Math.abs(before - after) < line.size * 1.5;
};

/** Ems that `text` needs to begin on a line: words and figures are not broken, a 汉字 stands alone. */
export const emsToBegin = (text: string): number =>
  emsOf(/^[(（“《「[]{0,2}(?:[\w.,%+-]{1,24}|.)/u.exec(text)?.[0] ?? '');

const isFull = (line: Line, next: Line, column: Column): boolean =>
  column.right - line.right < line.size * (emsToBegin(next.text) + 0.6);

const sameSize = (one: Line, other: Line): boolean =>
  Math.abs(one.size - other.size) <= Math.max(one.size, other.size) * 0.12;

/** Where two lines stand; `apart` tells that a page or column ends between them. */
export interface Places {
  readonly column: Column;
  readonly next: Column;
  readonly apart: boolean;
}

/** True where `next` goes on with what `line` says. */
export const goesOn = (line: Line, next: Line, places: Places): boolean => {
  const { column, apart } = places;
  if (!sameSize(line, next)) return false;
  if (isCentred(line, column) || isCentred(next, places.next)) return false;
  if (!apart && next.y - line.y > Math.max(column.pitch, line.size * 1.2) * 1.4) return false;
  if (next.x - places.next.left > next.size * 1.2 || !isFull(line, next, column)) return false;
  return !(BEGINS.test(next.text) && ENDS.test(line.text));
};

/** What stands for a line end inside a paragraph: words of letters need the blank, 汉字 do not. */
export const separatorOf = (before: string, after: string): string => {
  const [last, first] = [before.slice(-1), after.slice(0, 1)];
  return /[A-Za-z0-9,.;:)]/u.test(last) && /[A-Za-z(]/u.test(first) ? ' ' : '';
};

export const paragraphsOf = (
  lines: readonly Line[],
  column: Column = columnOf(lines),
): Paragraph[] => {
  const paragraphs: { parts: string[]; lines: Line[] }[] = [];
  for (const line of lines) {
    const open = paragraphs.at(-1);
    const before = open?.lines.at(-1);
    const places = { column, next: column, apart: false };
    if (open !== undefined && before !== undefined && goesOn(before, line, places)) {
      open.parts.push(separatorOf(before.text, line.text), line.text);
      open.lines.push(line);
    } else paragraphs.push({ parts: [line.text], lines: [line] });
  }
  return paragraphs.map((paragraph) => ({
    text: paragraph.parts.join(''),
    lines: paragraph.lines,
  }));
};
