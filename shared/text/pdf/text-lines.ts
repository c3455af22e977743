/** Gathers runs of text into lines from top to bottom, each read from left to right. */
import { cleanLine, emsOf, gapBetween } from './clean-line.ts';
import type { Run } from './page-marks.ts';

export interface Line {
  readonly text: string;
  readonly x: number;
  readonly right: number;
  /** Baseline. */
  readonly y: number;
  readonly size: number;
}

/** A gap under this share of the font height is none at all. */
const TOUCHING = 0.15;

/** Bold text is at times the same text drawn twice, a hair apart. */
const isRepeated = (run: Run, before: Run | undefined): boolean =>
  before !== undefined &&
  before.text === run.text &&
  Math.abs(before.x - run.x) < run.size * 0.25 &&
  Math.abs(before.y - run.y) < run.size * 0.25;

const sizeOf = (runs: readonly Run[]): number => {
  const [first] = runs;
  if (first === undefined) return 0;
  return runs.reduce((widest, run) => (run.width > widest.width ? run : widest), first).size;
};

const joinRuns = (runs: readonly Run[], size: number): string => {
  let text = '';
  let right = Number.NEGATIVE_INFINITY;
  for (const run of runs) {
    const gap = (run.x - right) / Math.max(size, 0.1);
    if (gap > TOUCHING && !text.endsWith(' '))
      text += gap > 0.6 ? '  ' : gapBetween(text.slice(-1), run.text.slice(0, 1), gap);
    text += run.text;
    right = Math.max(right, run.x + run.width);
  }
  return cleanLine(text);
};

const lineOf = (unsorted: readonly Run[]): Line => {
  const sorted = [...unsorted].sort((a, b) => a.x - b.x);
  const runs = sorted.filter((run, index) => !isRepeated(run, sorted[index - 1]));
  const size = sizeOf(runs);
  const main = runs.find((run) => run.size === size);
  const blank = (text: string): number =>
    emsOf(text.slice(0, text.length - text.trimStart().length));
  const [first] = runs;
  const lead = first === undefined ? 0 : Math.min(first.width, blank(first.text) * first.size);
  return {
    text: joinRuns(runs, size),
    x: (first?.x ?? 0) + lead,
    right: Math.max(...runs.map((run) => run.x + run.width)),
    y: main?.y ?? 0,
    size,
  };
};

/** Runs that share a baseline, give or take a raised footnote mark, in order of the baselines. */
export const rowsOfRuns = (runs: readonly Run[]): Run[][] => {
  const sorted = [...runs].sort((a, b) => a.y - b.y);
  const rows: { runs: Run[]; y: number; size: number }[] = [];
  for (const run of sorted) {
    const row = rows.at(-1);
    if (row !== undefined && run.y - row.y <= 0.5 * Math.max(row.size, run.size)) {
      row.runs.push(run);
      if (run.size > row.size) Object.assign(row, { y: run.y, size: run.size });
    } else rows.push({ runs: [run], y: run.y, size: run.size });
  }
  return rows.map((row) => row.runs);
};

/** Lines in order; those without a visible character are left out. */
export const linesOf = (runs: readonly Run[]): Line[] =>
  rowsOfRuns(runs)
    .map(lineOf)
    .filter((line) => line.text !== '');
