/** The part of docs/accuracy.md that holds figures against what was set as the aim. */

import { calibrationError, microF1 } from '../../shared/classify/train/metrics.ts';
import type { Comparison, Measured, MeasuredSet } from './accuracy.ts';
import { figure, table } from './accuracy-cells.ts';
import { type Answer, figuresOf, forecastsOf, tagForecastsOf } from './answers.ts';
import { caughtAt, errorRanking, yieldCurve } from './calibration-metrics.ts';
import { PEER } from './charts.ts';

/** Our micro-F1 over that of the best baseline; null where none has any. */
export const timesBest = ({ ours, baselines }: Comparison): number | null => {
  const best = Math.max(...baselines.map(({ judged }) => microF1(judged)));
  return best > 0 ? microF1(ours) / best : null;
};

interface Bar {
  readonly measure: string;
  readonly least: number;
  readonly of: (answers: readonly Answer[]) => number | null;
}

const yieldAtPeer = (answers: readonly Answer[]): number | null =>
  caughtAt(yieldCurve(tagForecastsOf(answers)), PEER.flagged);

const TRAINED: readonly Bar[] = [
  { measure: 'P@1', least: 0.88, of: (answers) => figuresOf(answers).precisionAt1 },
  { measure: 'R@3', least: 0.95, of: (answers) => figuresOf(answers).recallAt3 },
  { measure: 'micro-F1', least: 0.8, of: (answers) => figuresOf(answers).microF1 },
  { measure: 'macro-F1 (≥5)', least: 0.7, of: (answers) => figuresOf(answers).macroF1 },
  { measure: 'category', least: 0.8, of: (answers) => figuresOf(answers).category },
  { measure: 'form', least: 0.88, of: (answers) => figuresOf(answers).form },
  { measure: 'attribute', least: 0.93, of: (answers) => figuresOf(answers).attribute },
  { measure: 'none: precision', least: 0.8, of: (answers) => figuresOf(answers).nonePrecision },
  { measure: 'none: recall', least: 0.8, of: (answers) => figuresOf(answers).noneRecall },
];

const TITLES: readonly Bar[] = [
  { measure: 'micro-F1', least: 0.75, of: (answers) => figuresOf(answers).microF1 },
];

const UNTRAINED: readonly Bar[] = [
  { measure: 'P@1', least: 0.75, of: (answers) => figuresOf(answers).precisionAt1 },
  { measure: 'R@3', least: 0.88, of: (answers) => figuresOf(answers).recallAt3 },
];

/** One less the calibration error, so that every bar is a least. */
const HONEST: readonly Bar[] = [
  {
    measure: '1 − ECE (p ≥ .05)',
    least: 0.95,
    of: (answers) => 1 - calibrationError(forecastsOf(answers)).error,
  },
  {
    measure: 'used bins',
    least: 6,
    of: (answers) => calibrationError(forecastsOf(answers)).bins,
  },
  {
    measure: 'AUROC of error ranking',
    least: 0.86,
    of: (answers) => errorRanking(tagForecastsOf(answers)),
  },
  { measure: 'wrong tags caught at 11 %', least: 0.73, of: yieldAtPeer },
];

const barRows = (set: MeasuredSet, bars: readonly Bar[]): readonly (readonly string[])[] =>
  bars.map(({ measure, least, of }) => {
    const value = of(set.answers);
    const reached =
      value === null || Number.isNaN(value)
        ? 'nothing to tell by'
        : value >= least
          ? 'yes'
          : '**no**';
    return [set.name, measure, `≥ ${least}`, figure(value), reached];
  });

export const barsPart = ({ sets, pooled, comparisons }: Measured): string => {
  const rows = [
    ...sets.flatMap((set) => {
      if (/^gold documents, cross|^corpus [BD] documents|^papers/u.test(set.name))
        return barRows(set, TRAINED);
      if (/^gold titles, cross|^corpus [BD] titles/u.test(set.name)) return barRows(set, TITLES);
      return set.name === 'gold documents, nothing trained' ? barRows(set, UNTRAINED) : [];
    }),
    ...pooled.flatMap((set) => barRows(set, HONEST)),
    ...comparisons.map((one) => {
      const times = timesBest(one);
      const reached = times === null ? 'nothing to tell by' : times >= 2 ? 'yes' : '**no**';
      return [one.set, 'micro-F1 to the best baseline', '≥ 2', figure(times), reached];
    }),
  ];
  return [
    'What was set as the aim before the work began, and where it stands. Of the corpus and the papers the same is asked as of the gold.',
    table(['set', 'measure', 'bar', 'figure', 'reached'], rows),
  ].join('\n\n');
};
