/** Tells page numbers and running heads from the text: they stand at the edge of the page and come again. */
import type { Line } from './text-lines.ts';

/** Lines of one page with the height of the page. */
export interface PageLines {
  readonly height: number;
  readonly lines: readonly Line[];
}

/** Shares of the page height in which furniture stands. */
const HEAD = 0.13;
const FOOT = 0.87;
const MOST_EDGE_LINES = 3;

const DASHES = '\\-—–－―─‐·•~～一';
const DECORATED = new RegExp(`^[${DASHES}\\s]+\\d{1,4}[${DASHES}\\s]+$`, 'u');
const COUNTED =
  /^(?:第?\d{1,4}页?[/／,，、\s]*(?:共\d{1,4}页|[/／]\d{1,4})|第\d{1,4}页|Page\d{1,4}(?:of\d{1,4})?)$/iu;
const BARE = /^\d{1,4}$/u;

/** `— 1 —`, `- 1 -`, `第1页 共8页`, `1/8`. */
export const isPageNumber = (text: string): boolean =>
  DECORATED.test(text) || COUNTED.test(text.replace(/\s/gu, ''));

/** The outermost lines of a page, head and foot. */
const edgesOf = ({ height, lines }: PageLines): Line[] => {
  const head = lines.slice(0, MOST_EDGE_LINES).filter((line) => line.y < height * HEAD);
  const foot = lines.slice(-MOST_EDGE_LINES).filter((line) => line.y > height * FOOT);
  return [...head, ...foot];
};

const sideOf = (line: Line, height: number): string => `${line.y < height / 2 ? 'head' : 'foot'}`;

const countRunning = (pages: readonly PageLines[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const page of pages) {
    const keys = new Set(edgesOf(page).map((line) => `${sideOf(line, page.height)} ${line.text}`));
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
};

/** Differences "number − page" that come twice or more: only then is a bare figure the number of its page. */
const countBare = (pages: readonly PageLines[]): Map<number, number> => {
  const counts = new Map<number, number>();
  pages.forEach((page, index) => {
    for (const line of edgesOf(page))
      if (BARE.test(line.text)) {
        const shift = Number(line.text) - index;
        counts.set(shift, (counts.get(shift) ?? 0) + 1);
      }
  });
  return counts;
};

export interface Furniture {
  /** The lines of each page that are text. */
  readonly pages: readonly (readonly Line[])[];
  /** Running heads and feet, once each; page numbers are dropped. */
  readonly running: readonly string[];
}

export const withoutFurniture = (pages: readonly PageLines[]): Furniture => {
  const counts = countRunning(pages);
  const shifts = countBare(pages);
  const enough = Math.max(2, Math.ceil(pages.length * 0.4));
  const running = new Set<string>();
  const kept = pages.map((page, index) => {
    const edges = new Set(edgesOf(page));
    const isNumber = ({ text }: Line): boolean =>
      isPageNumber(text) || (BARE.test(text) && (shifts.get(Number(text) - index) ?? 0) > 1);
    const isRunning = (line: Line): boolean =>
      (counts.get(`${sideOf(line, page.height)} ${line.text}`) ?? 0) >= enough;
    return page.lines.filter((line) => {
      if (!edges.has(line) || isNumber(line)) return !edges.has(line);
      if (!isRunning(line)) return true;
      running.add(line.text);
      return false;
    });
  });
  return { pages: kept, running: [...running] };
};
