/** How figures stand in the tables of docs/accuracy.md. */
import type { MeasuredSet } from './accuracy.ts';
import type { Interval } from './ranking-metrics.ts';

/** A share of nothing is no figure. */
export const figure = (value: number | null): string =>
  value === null || Number.isNaN(value) ? '–' : value.toFixed(3);
export const range = ({ low, high }: Interval): string => `${low.toFixed(2)}–${high.toFixed(2)}`;
export const percent = (share: number | null): string =>
  share === null ? '–' : `${(share * 100).toFixed(0)} %`;

/** Such columns stand to the right. */
const NUMERIC = /^[-–\d. %×]*$/u;

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [
    head,
    head.map((_, at) => (rows.every((row) => NUMERIC.test(row[at] ?? '')) ? '---:' : '---')),
    ...rows,
  ]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');

export const documentsOf = (set: MeasuredSet): number => set.answers.length / set.repeats;
