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

const runsOf = ({ width, height, ink }: InkMap): Runs => {
  let size = 1 << 16;
  let [starts, ends, rows] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)];
  let count = 0;
  const grow = (old: Int32Array): Int32Array<ArrayBuffer> => {
    const larger = new Int32Array(size);
    larger.set(old);
    return larger;
  };
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      if (ink[y * width + x] !== 1) continue;
      if (count === size) {
        size *= 2;
        [starts, ends, rows] = [grow(starts), grow(ends), grow(rows)];
      }
      starts[count] = x;
      while (x < width && ink[y * width + x] === 1) x += 1;
      ends[count] = x;
      rows[count] = y;
      count += 1;
      if (count > MOST_RUNS) return { starts, ends, rows, count: 0 };
    }
  return { starts, ends, rows, count };
};

/** Joins each run with those that it touches on the row above, corners included. */
const joined = ({ starts, ends, rows, count }: Runs): Int32Array => {
  const parents = Int32Array.from({ length: count }, (_, at) => at);
  let above = 0;
  for (let at = 0; at < count; at += 1) {
    const row = rows[at] ?? 0;
    while (
      above < at &&
      ((rows[above] ?? 0) < row - 1 ||
        ((rows[above] ?? 0) === row - 1 && (ends[above] ?? 0) < (starts[at] ?? 0)))
    )
      above += 1;
    for (
      let other = above;
      other < at && rows[other] === row - 1 && (starts[other] ?? 0) <= (ends[at] ?? 0);
      other += 1
    )
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
