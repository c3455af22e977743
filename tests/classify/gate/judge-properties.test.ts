import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge } from '../../../shared/classify/gate/judge.ts';
import type { JudgedDocument } from '../../../shared/classify/gate/judged.ts';
import { gateReportSchema } from '../../../shared/domain/release.ts';

const code = fc.constantFrom('T06', 'T08', 'T12', 'T27');
const scored = fc.uniqueArray(
  fc.record({ code, score: fc.double({ min: 0, max: 1, noNaN: true }) }),
  { maxLength: 4, selector: (one) => one.code },
);
const answered = fc
  .record({ scores: scored, category: fc.option(fc.constantFrom('C07', 'P01')) })
  .map(({ scores, category }) => ({
    scores,
    tags: scores.filter(({ score }) => score >= 0.15),
    category,
  }));
const document: fc.Arbitrary<JudgedDocument> = fc.record({
  gold: fc.uniqueArray(code, { maxLength: 3 }),
  optional: fc.constantFrom([], ['T27']),
  categories: fc.constantFrom([], ['C07'], ['P01', 'C07']),
  own: fc.boolean(),
  candidate: answered,
  active: answered,
});
const documents = fc.array(document, { maxLength: 40 });
const because = { zh: '甲', en: 'a' };
const input = fc.record({
  candidate: fc.constant('b'),
  active: fc.constant('a'),
  learnt: fc.boolean(),
  golden: documents,
  newest: documents,
  mustNot: fc.array(
    fc.record({ id: fc.constant('x'), passed: fc.boolean(), because: fc.constant(because) }),
    {
      maxLength: 2,
    },
  ),
});

test('whatever was answered, the report is whole, and promotes just where every check passed', () => {
  fc.assert(
    fc.property(input, (given) => {
      const report = judge(given);
      expect(gateReportSchema.parse(report)).toEqual(report);
      expect(report.verdict === 'promote').toBe(report.checks.every(({ passed }) => passed));
      for (const words of [report, ...report.checks]) {
        expect(words.zh).toMatch(/。$/u);
        expect(words.en).toMatch(/\.$/u);
        expect(`${words.zh}${words.en}`).not.toMatch(/NaN|undefined|Infinity|null/u);
      }
    }),
    { numRuns: 40 },
  );
});

test('a release that answers as the one in force does is never worse than it, however bad both are', () => {
  fc.assert(
    fc.property(documents, documents, (golden, newest) => {
      const alike = (list: readonly JudgedDocument[]) =>
        list.map((one) => ({ ...one, active: one.candidate }));
      const report = judge({
        candidate: 'b',
        active: 'a',
        learnt: false,
        golden: alike(golden),
        newest: alike(newest),
        mustNot: [],
      });
      const failed = report.checks.filter(({ passed }) => !passed).map(({ id }) => id);
      expect(failed.filter((id) => id !== 'ENOUGH' && id !== 'CALIBRATION')).toEqual([]);
      for (const { differenceAtLeast } of report.sets) expect(differenceAtLeast ?? 0).toBe(0);
    }),
    { numRuns: 40 },
  );
});
