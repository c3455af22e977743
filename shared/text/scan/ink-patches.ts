/** Finds the patches of ink that hang together on a page: strokes and whole characters, specks and pictures. */
import type { Box, InkMap } from './page-image.ts';

export interface Patch extends Box {
  /** Pixels of ink. */
  readonly area: number;
}

const MOST_RUNS = 3_000_000;

const rootIn = (parents: Int32Array, index: number): number => {
  let at = index;
  while (parents[at] !== at) {
    const above = parents[at] ?? at;
    parents[at] = parents[above] ?? above;
    at = parents[at] ?? at;
  }
  return at;
};

interface Runs {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly rows: Int32Array;
  readonly count: number;
}

const larger = (old: Int32Array): Int32Array<ArrayBuffer> => {
  const grown = new Int32Array(old.length * 2);
  grown.set(old);
  return grown;
};

/** No runs at all where a page has more than a page can have. */
const runsOf = ({ width, height, ink }: InkMap): Runs => {
  let runs = {
    starts: new Int32Array(1 << 16),
    ends: new Int32Array(1 << 16),
    rows: new Int32Array(1 << 16),
  };
  let count = 0;
  for (let at = 0; at < width * height; at += 1) {
    if (ink[at] !== 1) continue;
    if (count === runs.rows.length)
      runs = { starts: larger(runs.starts), ends: larger(runs.ends), rows: larger(runs.rows) };
    const row = Math.floor(at / width);
    const end = (row + 1) * width;
    runs.starts[count] = at - row * width;
    while (at < end && ink[at] === 1) at += 1;
    runs.ends[count] = at - row * width;
    runs.rows[count] = row;
    // The row after may begin with ink.
    at -= 1;
    count += 1;
    if (count > MOST_RUNS) return { ...runs, count: 0 };
  }
  return { ...runs, count };
};

/** Joins each run with those that it touches on the row above, corners included. */
const joined = ({ starts, ends, rows, count }: Runs): Int32Array => {
  const parents = Int32Array.from({ length: count }, (_, at) => at);
  const isBefore = (other: number, at: number): boolean => {
    const [row, above] = [rows[at] ?? 0, rows[other] ?? 0];
    return above < row - 1 || (above === row - 1 && (ends[other] ?? 0) < (starts[at] ?? 0));
  };
  const touches = (other: number, at: number): boolean =>
    rows[other] === (rows[at] ?? 0) - 1 && (starts[other] ?? 0) <= (ends[at] ?? 0);
  let above = 0;
  for (let at = 0; at < count; at += 1) {
    while (above < at && isBefore(above, at)) above += 1;
    for (let other = above; other < at && touches(other, at); other += 1)
      parents[rootIn(parents, at)] = rootIn(parents, other);
  }
  return parents;
};

export const patchesOf = (
  map: InkMap,
): { patches: Patch[]; clear(isUnwanted: (patch: Patch) => boolean): void } => {
  const runs = runsOf(map);
  const { starts, ends, rows, count } = runs;
  const parents = joined(runs);
  const indexes = new Int32Array(count).fill(-1);
  const patches: { left: number; top: number; right: number; bottom: number; area: number }[] = [];
  for (let at = 0; at < count; at += 1) {
    const root = rootIn(parents, at);
    const [row, from, to] = [rows[at] ?? 0, starts[at] ?? 0, ends[at] ?? 0];
    const known = patches[indexes[root] ?? -1];
    if (known === undefined) {
      indexes[root] = patches.length;
      patches.push({ left: from, top: row, right: to, bottom: row + 1, area: to - from });
    } else {
      known.left = Math.min(known.left, from);
      known.right = Math.max(known.right, to);
      known.bottom = row + 1;
      known.area += to - from;
    }
  }
  return {
    patches,
    clear: (isUnwanted) => {
      const unwanted = patches.map(isUnwanted);
      for (let at = 0; at < count; at += 1)
        if (unwanted[indexes[rootIn(parents, at)] ?? -1] === true)
          map.ink.fill(
            0,
            (rows[at] ?? 0) * map.width + (starts[at] ?? 0),
            (rows[at] ?? 0) * map.width + (ends[at] ?? 0),
          );
    },
  };
};
