/** Tells a page set in two columns from one with gaps in its lines, and puts its text in reading order. */
import type { Run } from './page-marks.ts';
import { rowsOfRuns } from './text-lines.ts';

/** Runs that are read together, from top to bottom; `beside` is true for one of two columns. */
export interface Zone {
  readonly runs: readonly Run[];
  readonly beside: boolean;
}

interface Fragment {
  readonly x: number;
  readonly right: number;
  readonly runs: Run[];
}

/** Runs nearer than this many ems belong to one fragment of a line. */
const WORD_SPACE = 1.2;
const FEWEST_LINES = 5;
/** Lines of a column fill at least this share of it; cells of a table without rules do not. */
const FILLED = 0.55;
const STEPS = 60;

const fragmentsOf = (row: readonly Run[]): Fragment[] => {
  const fragments: Fragment[] = [];
  for (const run of [...row].sort((a, b) => a.x - b.x)) {
    const last = fragments.at(-1);
    const right = run.x + run.width;
    if (last !== undefined && run.x - last.right < WORD_SPACE * run.size) {
      last.runs.push(run);
      fragments[fragments.length - 1] = { ...last, right: Math.max(last.right, right) };
    } else fragments.push({ x: run.x, right, runs: [run] });
  }
  return fragments;
};

const crossesAt = (fragment: Fragment, x: number): boolean => fragment.x < x && x < fragment.right;

/** The middle of the widest stretch that the fewest fragments cross. */
const gutterOf = (fragments: readonly Fragment[], width: number): number => {
  const places = Array.from({ length: STEPS }, (_, at) => width * (0.3 + (0.4 * at) / STEPS));
  const counts = places.map((x) => fragments.filter((piece) => crossesAt(piece, x)).length);
  const least = counts.reduce((low, count) => Math.min(low, count), Number.POSITIVE_INFINITY);
  let best = { from: 0, to: -1 };
  let from = -1;
  counts.forEach((count, at) => {
    if (count !== least) from = -1;
    else if (from === -1) from = at;
    if (from !== -1 && at - from > best.to - best.from) best = { from, to: at };
  });
  return ((places[best.from] ?? 0) + (places[Math.max(best.to, best.from)] ?? 0)) / 2;
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Measured up to the gutter, so that a column of short cells does not pass for one of text. */
const fills = (side: readonly Fragment[], gutter: number): boolean => {
  const left = side.reduce((least, piece) => Math.min(least, piece.x), gutter);
  const right = side.reduce((most, piece) => Math.max(most, piece.right), gutter);
  return median(side.map((piece) => piece.right - piece.x)) >= FILLED * (right - left);
};

const runsIn = (fragments: readonly Fragment[]): Run[] => fragments.flatMap((piece) => piece.runs);

const bandZones = (band: readonly Fragment[], gutter: number): Zone[] => {
  const left = band.filter((piece) => piece.right <= gutter);
  const right = band.filter((piece) => piece.x >= gutter);
  const enough = left.length >= FEWEST_LINES && right.length >= FEWEST_LINES;
  if (!enough || !fills(left, gutter) || !fills(right, gutter))
    return [{ runs: runsIn(band), beside: false }];
  return [
    { runs: runsIn(left), beside: true },
    { runs: runsIn(right), beside: true },
  ];
};

/** Lines across the whole width part the page into bands; each band is one zone or two columns. */
export const zonesOf = (runs: readonly Run[], width: number): Zone[] => {
  const rows = rowsOfRuns(runs).map(fragmentsOf);
  const fragments = rows.flat();
  if (fragments.length < 2 * FEWEST_LINES) return [{ runs, beside: false }];
  const gutter = gutterOf(fragments, width);
  const bands: { across: boolean; fragments: Fragment[] }[] = [];
  for (const row of rows) {
    const across = row.some((piece) => crossesAt(piece, gutter));
    const band = bands.at(-1);
    if (band !== undefined && band.across === across) band.fragments.push(...row);
    else bands.push({ across, fragments: [...row] });
  }
  const zones = bands.flatMap((band) =>
    band.across
      ? [{ runs: runsIn(band.fragments), beside: false }]
      : bandZones(band.fragments, gutter),
  );
  return zones.some((zone) => zone.beside) ? zones : [{ runs, beside: false }];
};
