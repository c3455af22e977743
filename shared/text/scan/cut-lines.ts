/** Cuts a stretch of a page into lines of text: by blank rows, by wide gaps, and by valleys where lines touch. */
import type { Box, InkMap } from './page-image.ts';

/** Of the usual height of a character. */
const PART_OF_CHARACTER = 0.62;
const SMALL_GAP = 0.38;
const ONE_CHARACTER = 1.35;
const COLUMN_GAP = 2;
const GUTTER = 0.9;
const TWO_LINES = 1.75;
/** Stretches of ink higher than this many characters without a gap are pictures. */
const PICTURE = 14;
const DEEPEST = 6;

interface Band {
  from: number;
  to: number;
}

const rowCounts = ({ width, ink }: InkMap, box: Box): Uint32Array => {
  const counts = new Uint32Array(box.bottom - box.top);
  for (let y = box.top; y < box.bottom; y += 1) {
    let sum = 0;
    for (let at = y * width + box.left, end = y * width + box.right; at < end; at += 1)
      sum += ink[at] ?? 0;
    counts[y - box.top] = sum;
  }
  return counts;
};

const columnCounts = ({ width, ink }: InkMap, box: Box): Uint32Array => {
  const counts = new Uint32Array(box.right - box.left);
  for (let y = box.top; y < box.bottom; y += 1)
    for (let x = box.left; x < box.right; x += 1)
      counts[x - box.left] = (counts[x - box.left] ?? 0) + (ink[y * width + x] ?? 0);
  return counts;
};

const bandsOf = (counts: Uint32Array, gap: number): Band[] => {
  const bands: Band[] = [];
  for (let at = 0; at < counts.length; at += 1) {
    if (counts[at] === 0) continue;
    const last = bands.at(-1);
    if (last !== undefined && at - last.to < gap) last.to = at + 1;
    else bands.push({ from: at, to: at + 1 });
  }
  return bands;
};

/** 二 and 三 are one character each: parts of a character stand nearer than lines do. */
const wholeCharacters = (bands: readonly Band[], em: number): Band[] => {
  const whole: Band[] = [];
  for (const band of bands) {
    const last = whole.at(-1);
    const small = (one: Band): boolean => one.to - one.from < PART_OF_CHARACTER * em;
    const near = last !== undefined && band.from - last.to < SMALL_GAP * em;
    if (
      last !== undefined &&
      near &&
      (small(last) || small(band)) &&
      band.to - last.from <= ONE_CHARACTER * em
    )
      last.to = band.to;
    else whole.push({ ...band });
  }
  return whole;
};

/** Cuts lines that touch where there is the least ink between them. */
const valleys = (counts: Uint32Array, band: Band, em: number): Band[] => {
  const height = band.to - band.from;
  const lines = Math.round(height / (1.35 * em));
  if (height < TWO_LINES * em || lines < 2) return [band];
  const pitch = height / lines;
  const cuts: number[] = [];
  for (let line = 1; line < lines; line += 1) {
    const around = band.from + Math.round(line * pitch);
    let best = around;
    for (let at = Math.round(around - pitch * 0.35); at <= around + pitch * 0.35; at += 1)
      if ((counts[at] ?? 0) < (counts[best] ?? 0)) best = at;
    cuts.push(best);
  }
  return [band.from, ...cuts].map((from, index) => ({ from, to: cuts[index] ?? band.to }));
};

const trimmed = (map: InkMap, box: Box): Box | null => {
  const rows = bandsOf(rowCounts(map, box), Number.POSITIVE_INFINITY)[0];
  if (rows === undefined) return null;
  const cut = { ...box, top: box.top + rows.from, bottom: box.top + rows.to };
  const columns = bandsOf(columnCounts(map, cut), Number.POSITIVE_INFINITY)[0];
  if (columns === undefined) return null;
  return { ...cut, left: box.left + columns.from, right: box.left + columns.to };
};

const splitColumns = (map: InkMap, box: Box, gap: number): Box[] =>
  bandsOf(columnCounts(map, box), gap).map((band) => ({
    ...box,
    left: box.left + band.from,
    right: box.left + band.to,
  }));

const splitRows = (map: InkMap, box: Box, em: number): Box[] => {
  const counts = rowCounts(map, box);
  return wholeCharacters(bandsOf(counts, 1), em).map((band) => ({
    ...box,
    top: box.top + band.from,
    bottom: box.top + band.to,
  }));
};

const splitTouching = (map: InkMap, box: Box, em: number): Box[] => {
  const counts = rowCounts(map, box);
  return valleys(counts, { from: 0, to: counts.length }, em).flatMap(
    (band) => trimmed(map, { ...box, top: box.top + band.from, bottom: box.top + band.to }) ?? [],
  );
};

interface Measure {
  readonly em: number;
  /** Usual height of the characters in a box, where it differs from that of the page. */
  readonly emIn: (box: Box) => number;
  readonly depth: number;
}

const cut = (map: InkMap, box: Box, measure: Measure): Box[] => {
  const { em, emIn, depth } = measure;
  const inner = trimmed(map, box);
  if (inner === null) return [];
  const rows = splitRows(map, inner, em);
  const isHigh = (part: Box): boolean => part.bottom - part.top > TWO_LINES * em;
  const parts = rows.flatMap((row) =>
    splitColumns(map, row, (isHigh(row) ? GUTTER : COLUMN_GAP) * em),
  );
  const [only] = parts;
  if (only === undefined) return [];
  if (parts.length === 1 || depth === DEEPEST) {
    if (only.bottom - only.top > PICTURE * em) return [];
    return isHigh(only) ? splitTouching(map, only, Math.max(em, emIn(only))) : [only];
  }
  return parts.flatMap((part) => cut(map, part, { ...measure, depth: depth + 1 }));
};

/**
 * Boxes of the lines in `box`, from top to bottom; `em` is the usual height of a character in pixels, `emIn` that of
 * the characters in a part of the page.
 */
export const cutLines = (map: InkMap, box: Box, measure: Pick<Measure, 'em' | 'emIn'>): Box[] =>
  cut(map, box, { ...measure, depth: 0 });
