/** The part of docs/accuracy.md that goes task by task, with intervals. */

import {
  type CodeCounts,
  countsPerCode,
  f1,
  type Judged,
} from '../../shared/classify/train/metrics.ts';
import type { Measured, MeasuredSet } from './accuracy.ts';
import { figure, range, table } from './accuracy-cells.ts';
import { type Answer, judge } from './answers.ts';
import { bootstrap, f1OfSums, type Interval, wilson } from './ranking-metrics.ts';

/** Answers of the same document, so that repeats are drawn together. */
export const unitsOf = (answers: readonly Answer[]): readonly (readonly Judged[])[] => {
  const units = new Map<string, Judged[]>();
  for (const answer of answers) {
    const known = units.get(answer.one.gold.id) ?? [];
    units.set(answer.one.gold.id, [...known, judge(answer)]);
  }
  return [...units.values()];
};

interface Counts {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
}

const NOTHING: Counts = { truePositive: 0, falsePositive: 0, falseNegative: 0 };

/** 95 % interval of micro-F1, or of one code's F1, over documents drawn again. */
export const f1Interval = (
  units: readonly (readonly Judged[])[],
  code: string | null,
): Interval => {
  const sums = units.map((unit): Counts => {
    const counts = countsPerCode(unit).filter((one) => code === null || one.code === code);
    return counts.reduce<Counts>(
      (sum, one) => ({
        truePositive: sum.truePositive + one.truePositive,
        falsePositive: sum.falsePositive + one.falsePositive,
        falseNegative: sum.falseNegative + one.falseNegative,
      }),
      NOTHING,
    );
  });
  return bootstrap(sums, f1OfSums);
};

const CODE_HEAD = [
  'task',
  'gold',
  'right',
  'wrong',
  'missed',
  'precision',
  '95 %',
  'recall',
  '95 %',
  'F1',
  '95 %',
];

const codeRow = (
  one: CodeCounts,
  set: MeasuredSet,
  units: readonly (readonly Judged[])[],
): readonly string[] => {
  const { repeats } = set;
  const gold = one.truePositive + one.falseNegative;
  const said = one.truePositive + one.falsePositive;
  const share = (whole: number): number | null => (whole === 0 ? null : one.truePositive / whole);
  return [
    one.code,
    ...[gold, one.truePositive, one.falsePositive, one.falseNegative].map(String),
    figure(share(said)),
    range(wilson(one.truePositive / repeats, said / repeats)),
    figure(share(gold)),
    range(wilson(one.truePositive / repeats, gold / repeats)),
    figure(f1(one)),
    range(f1Interval(units, one.code)),
  ];
};

export const codesPart = ({ detailed }: Measured): string =>
  [
    'Precision and recall with Wilson intervals over documents (repeats do not narrow them), F1 with an interval from drawing the documents again 400 times; a code that was never proposed wrongly nor missed draws 1 each time, which says little where its count is small: there the Wilson intervals are the ones to read.',
    ...detailed.map((set) => {
      const units = unitsOf(set.answers);
      const repeated = set.repeats === 1 ? '' : `, counts over ${set.repeats} seeds`;
      const rows = countsPerCode(set.answers.map(judge)).map((one) => codeRow(one, set, units));
      return `### ${set.name}${repeated}\n\n${table(CODE_HEAD, rows)}`;
    }),
  ].join('\n\n');
