/** Finds the ruling lines of a page picture, also where they are thin, broken, or not quite straight. */
import { type InkMap, transposed } from './page-image.ts';

/** A stretch of one line on one row of pixels; `from`–`to` half-open. */
interface Stretch {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

/** A horizontal or vertical line, in pixels; `at` is its middle. */
export interface PixelRule {
  readonly across: boolean;
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly thickness: number;
}

const INCH_MM = 25.4;
/** Millimetres. Strokes of characters are shorter than the shortest line; what is thicker is no line. */
const LEAST = { across: 14, down: 7 } as const;
/** Shorter ones count where both ends stand on lines that cross them. */
const LEAST_BETWEEN = 3;
const REACH = 0.9;
const THICKEST = 1.6;
/** Gaps that are bridged. */
const GAP = 0.26;
const THIN_SHARE = 0.65;
const SAMPLE = 3;
const MOST_STRETCHES = 60_000;

/** Rows of ink, each taken together with the one above and below it, so that a line may waver by a pixel. */
const thickened = ({ width, height, ink }: InkMap): Uint8Array => {
  const thick = new Uint8Array(ink.length);
  for (let y = 0; y < height; y += 1) {
    const above = y === 0 ? 0 : -width;
    const below = y === height - 1 ? 0 : width;
    for (let at = y * width, end = at + width; at < end; at += 1)
      thick[at] = (ink[at] ?? 0) | (ink[at + above] ?? 0) | (ink[at + below] ?? 0);
  }
  return thick;
};

/** Ends of the runs of ink on one row, gaps of up to `gap` bridged: from, to, from, to … */
const runsOnRow = (
  thick: Uint8Array,
  [base, width]: readonly [number, number],
  gap: number,
): number[] => {
  const ends: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (let x = 0; x < width; x += 1) {
    if (thick[base + x] !== 1) continue;
    if (x - last > gap + 1) ends.push(x, x + 1);
    else ends[ends.length - 1] = x + 1;
    last = x;
  }
  return ends;
};

const stretchesOf = (map: InkMap, least: number, gap: number): Stretch[] => {
  const { width, height } = map;
  const thick = thickened(map);
  const found: Stretch[] = [];
  for (let row = 0; row < height && found.length < MOST_STRETCHES; row += 1) {
    const ends = runsOnRow(thick, [row * width, width], gap);
    for (let at = 0; at < ends.length; at += 2) {
      const [from = 0, to = 0] = [ends[at], ends[at + 1]];
      if (to - from >= least) found.push({ row, from, to });
    }
  }
  return found;
};

/** The row of ink at or beside `row`; −1 where there is none. */
const inkRow = ({ width, height, ink }: InkMap, x: number, row: number): number => {
  const isInk = (y: number): boolean => y >= 0 && y < height && ink[y * width + x] === 1;
  return [row, row - 1, row + 1].find(isInk) ?? -1;
};

/** How many pixels of ink stand above each other at a place, up to `most`. */
const depthAt = (
  map: InkMap,
  [x, row]: readonly [number, number],
  most: number,
): { top: number; depth: number } => {
  const { width, height, ink } = map;
  const start = inkRow(map, x, row);
  if (start === -1) return { top: row, depth: 0 };
  let [top, bottom] = [start, start];
  while (top > 0 && bottom - top < most && ink[(top - 1) * width + x] === 1) top -= 1;
  while (bottom < height - 1 && bottom - top < most && ink[(bottom + 1) * width + x] === 1)
    bottom += 1;
  return { top, depth: bottom - top + 1 };
};

/** True where most of the stretch is thin: rows of bold characters are not. */
const isThin = (map: InkMap, { row, from, to }: Stretch, thickest: number): boolean => {
  let [thin, all] = [0, 0];
  for (let x = from; x < to; x += SAMPLE) {
    const { depth } = depthAt(map, [x, row], thickest + 2);
    if (depth === 0) continue;
    all += 1;
    if (depth <= thickest) thin += 1;
  }
  return all > 0 && thin >= THIN_SHARE * all && all * SAMPLE >= 0.85 * (to - from);
};

interface Growing {
  from: number;
  to: number;
  parts: Stretch[];
}

const joins = (line: Growing, stretch: Stretch): boolean => {
  const near = line.parts.findLast(
    (part) => stretch.row - part.row <= 2 && part.from < stretch.to && stretch.from < part.to,
  );
  return near !== undefined;
};

/** Stretches on neighbouring rows that overlap are one line. */
const linesOf = (stretches: readonly Stretch[]): Growing[] => {
  const done: Growing[] = [];
  let open: Growing[] = [];
  for (const stretch of stretches) {
    const alive = open.filter((line) => stretch.row - (line.parts.at(-1)?.row ?? 0) <= 2);
    for (const line of open) if (!alive.includes(line)) done.push(line);
    const mine = alive.filter((line) => joins(line, stretch));
    const line: Growing = { from: stretch.from, to: stretch.to, parts: [] };
    for (const other of mine) {
      line.from = Math.min(line.from, other.from);
      line.to = Math.max(line.to, other.to);
      line.parts.push(...other.parts);
    }
    line.parts.push(stretch);
    open = [...alive.filter((other) => !mine.includes(other)), line];
  }
  return [...done, ...open];
};

const middleOf = (
  map: InkMap,
  parts: readonly Stretch[],
  thickest: number,
): { at: number; thickness: number } | null => {
  let [sum, weight, depths] = [0, 0, 0];
  for (const part of parts)
    for (let x = part.from; x < part.to; x += SAMPLE * 2) {
      const { top, depth } = depthAt(map, [x, part.row], thickest + 2);
      if (depth === 0 || depth > thickest) continue;
      sum += top + depth / 2;
      depths += depth;
      weight += 1;
    }
  return weight === 0 ? null : { at: sum / weight, thickness: depths / weight };
};

/** Takes the line out of the ink, but not what crosses it. */
const erase = (map: InkMap, parts: readonly Stretch[], thickest: number): void => {
  for (const part of parts)
    for (let x = part.from; x < part.to; x += 1) {
      const { top, depth } = depthAt(map, [x, part.row], thickest + 2);
      if (depth === 0 || depth > thickest) continue;
      for (let y = top; y < top + depth; y += 1) map.ink[y * map.width + x] = 0;
    }
};

/** A line with the stretches that it was found by. */
interface FoundRule extends PixelRule {
  readonly parts: readonly Stretch[];
}

/** Lengths in pixels. */
interface Wanted {
  readonly least: number;
  readonly most: number;
  readonly gap: number;
  readonly thickest: number;
  readonly accepts: (stretch: Stretch) => boolean;
}

const acrossIn = (map: InkMap, { least, most, gap, thickest, accepts }: Wanted): FoundRule[] => {
  const stretches = stretchesOf(map, least, gap).filter(
    (stretch) =>
      stretch.to - stretch.from < most && accepts(stretch) && isThin(map, stretch, thickest),
  );
  return linesOf(stretches).flatMap(({ from, to, parts }) => {
    const middle = middleOf(map, parts, thickest);
    return middle === null ? [] : [{ across: true, from, to, ...middle, parts }];
  });
};

const standsOn = (rules: readonly PixelRule[], reach: number) => {
  const touches = (end: number, row: number): boolean =>
    rules.some(
      (rule) =>
        Math.abs(rule.at - end) <= reach && rule.from - reach <= row && row <= rule.to + reach,
    );
  return ({ row, from, to }: Stretch): boolean => touches(from, row) && touches(to, row);
};

const pixelsIn =
  (dpi: number) =>
  (mm: number): number =>
    Math.max(1, Math.round((mm * dpi) / INCH_MM));

const thickestAt = (dpi: number): number => Math.max(3, pixelsIn(dpi)(THICKEST));

/** `dpi` tells how long a millimetre is. */
export const findRules = (map: InkMap, dpi: number): FoundRule[] => {
  const pixels = pixelsIn(dpi);
  const usual = { gap: pixels(GAP), thickest: thickestAt(dpi) };
  const long = (least: number): Wanted => ({
    ...usual,
    least: pixels(least),
    most: Number.POSITIVE_INFINITY,
    accepts: () => true,
  });
  const short = (most: number, ends: readonly PixelRule[]): Wanted => ({
    ...usual,
    least: pixels(LEAST_BETWEEN),
    most: pixels(most),
    accepts: standsOn(ends, pixels(REACH)),
  });
  const upright = transposed(map);
  const across = acrossIn(map, long(LEAST.across));
  const down = acrossIn(upright, long(LEAST.down));
  const acrossToo = acrossIn(map, short(LEAST.across, down));
  const downToo = acrossIn(upright, short(LEAST.down, across));
  return [
    ...across,
    ...acrossToo,
    ...[...down, ...downToo].map((rule) => ({ ...rule, across: false })),
  ];
};

/** The ink without these lines; what crosses them stays. */
export const withoutRules = (map: InkMap, rules: readonly FoundRule[], dpi: number): InkMap => {
  const thickest = thickestAt(dpi);
  const rest = { ...map, ink: map.ink.slice() };
  for (const rule of rules) if (rule.across) erase(rest, rule.parts, thickest);
  const upright = transposed(rest);
  for (const rule of rules) if (!rule.across) erase(upright, rule.parts, thickest);
  return transposed(upright);
};
