/** The parts of docs/accuracy.md on what scores mean and where they lead a reviewer. */

import { calibrationError, type Forecast } from '../../shared/classify/train/metrics.ts';
import type { Measured, MeasuredSet } from './accuracy.ts';
import { figure, percent, range, table } from './accuracy-cells.ts';
import { allTagForecastsOf, forecastsOf, tagForecastsOf } from './answers.ts';
import { caughtAt, errorRanking, reliability, yieldCurve } from './calibration-metrics.ts';
import { PEER } from './charts.ts';

/** The sets, then those pooled from them. */
const withPooled = (
  sets: readonly MeasuredSet[],
  pooled: readonly MeasuredSet[],
): readonly MeasuredSet[] => [
  ...sets,
  ...pooled.filter(({ name }) => sets.every((set) => set.name !== name)),
];

export const calibrationPart = ({ sets, pooled }: Measured): string =>
  [
    'Expected calibration error over pairs of document and task with p ≥ .05 (over all pairs it would look perfect: nearly all are trivial). Error ranking: the chance that a wrong proposed tag has a lower score than a right one.',
    table(
      ['set', 'pairs', 'ECE', 'used bins', 'proposed tags', 'wrong', 'AUROC of error ranking'],
      withPooled(sets, pooled).map((set) => {
        const forecasts = forecastsOf(set.answers);
        const tags = tagForecastsOf(set.answers);
        const { error, bins } = calibrationError(forecasts);
        return [
          set.name,
          String(forecasts.filter(({ p }) => p >= 0.05).length),
          figure(error),
          String(bins),
          String(tags.length),
          String(tags.filter(({ right }) => !right).length),
          figure(errorRanking(tags)),
        ];
      }),
    ),
    '![Reliability diagram](reliability.svg)',
    table(
      ['set', 'bin', 'pairs', 'right', 'mean score', 'share right', '95 %'],
      pooled.flatMap((set) =>
        reliability(forecastsOf(set.answers), set.repeats).map((bin) => [
          set.name,
          `${bin.from.toFixed(1)}–${bin.to.toFixed(1)}`,
          String(bin.count),
          String(bin.right),
          bin.count === 0 ? '–' : figure(bin.said),
          bin.count === 0 ? '–' : figure(bin.came),
          bin.count === 0 ? '–' : range(bin.interval),
        ]),
      ),
    ),
  ].join('\n\n');

const FLAGGED = [0.05, 0.11, 0.2, 0.3];

const yieldRow = (name: string, tags: readonly Forecast[]): readonly string[] => {
  const curve = yieldCurve(tags);
  return [
    name,
    String(tags.length),
    String(tags.filter(({ right }) => !right).length),
    figure(errorRanking(tags)),
    ...FLAGGED.map((share) => percent(caughtAt(curve, share))),
  ];
};

export const yieldPart = ({ sets, pooled }: Measured): string =>
  [
    `Looking at the least sure proposed task tags first, what share of the wrong ones is found. The best published peer finds ${percent(PEER.caught)} by looking at ${percent(PEER.flagged)}, on an easier task. Where few tags are wrong, one tag moves the figure far.`,
    table(
      ['set', 'tags', 'wrong', 'AUROC', ...FLAGGED.map((share) => `at ${percent(share)}`)],
      [
        ...withPooled(sets, pooled).map(({ name, answers }) =>
          yieldRow(name, tagForecastsOf(answers)),
        ),
        ...pooled.map(({ name, answers }) =>
          yieldRow(`${name}, with the first category`, allTagForecastsOf(answers)),
        ),
      ],
    ),
    '![Yield of review](yield.svg)',
  ].join('\n\n');
