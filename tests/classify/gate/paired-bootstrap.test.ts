import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceAtLeast } from '../../../shared/classify/gate/paired-bootstrap.ts';
import { type Judged, microF1 } from '../../../shared/classify/train/metrics.ts';

const judged = (gold: readonly string[], proposed: readonly string[]): Judged => ({
  gold,
  optional: [],
  proposed,
  ranked: [],
});

const codes = fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D'), { maxLength: 3 });
const answers = fc.record({ gold: codes, candidate: codes, active: codes });

const bound = (documents: readonly { gold: string[]; candidate: string[]; active: string[] }[]) =>
  differenceAtLeast(
    documents.map((one) => judged(one.gold, one.candidate)),
    documents.map((one) => judged(one.gold, one.active)),
  );

test('without documents there is no bound', () => {
  expect(differenceAtLeast([], [])).toBeNull();
});

test('two lists of different length are a fault', () => {
  expect(() => differenceAtLeast([judged(['A'], ['A'])], [])).toThrow('the same documents');
});

test('releases that answer alike differ by nothing, whatever they answer', () => {
  fc.assert(
    fc.property(fc.array(answers, { minLength: 1, maxLength: 12 }), (documents) => {
      expect(bound(documents.map((one) => ({ ...one, active: one.candidate })))).toBe(0);
    }),
    { numRuns: 30 },
  );
});

test('the same answers give the same bound, which is one of the possible differences', () => {
  fc.assert(
    fc.property(fc.array(answers, { minLength: 1, maxLength: 12 }), (documents) => {
      const found = bound(documents);
      expect(bound(documents)).toBe(found);
      expect(found).toBeGreaterThanOrEqual(-1);
      expect(found).toBeLessThanOrEqual(1);
    }),
    { numRuns: 30 },
  );
});

test('of one document the bound is the difference itself, as every draw is that document', () => {
  expect(bound([{ gold: ['A', 'B'], candidate: ['A'], active: ['A', 'B'] }])).toBeCloseTo(
    2 / 3 - 1,
    12,
  );
});

test('with nothing to find, saying nothing is right and saying something is not', () => {
  expect(bound([{ gold: [], candidate: ['A'], active: [] }])).toBe(-1);
  expect(bound([{ gold: [], candidate: [], active: ['A'] }])).toBe(1);
});

test('the bound lies under the difference of the whole, and comes nearer with more documents', () => {
  const some = (times: number) =>
    Array.from({ length: times }, () => [
      { gold: ['A'], candidate: ['A'], active: ['A'] },
      { gold: ['A'], candidate: ['A'], active: ['A'] },
      { gold: ['B'], candidate: [], active: ['B'] },
      { gold: ['C'], candidate: ['C'], active: [] },
      { gold: ['D'], candidate: ['D'], active: [] },
    ]).flat();
  const difference = (documents: ReturnType<typeof some>): number =>
    microF1(documents.map((one) => judged(one.gold, one.candidate))) -
    microF1(documents.map((one) => judged(one.gold, one.active)));
  const [few, many] = [some(2), some(40)];
  expect(difference(few)).toBeCloseTo(difference(many), 12);
  expect(bound(few)).toBeLessThan(0);
  expect(bound(many)).toBeGreaterThan(0);
  expect(bound(many)).toBeLessThan(difference(many));
});

test('a loss on one document in ten shows at its one-sided 95 % bound', () => {
  // Documents lost in a draw of 100 are binomial with mean 10 and deviation 3: 15 are exceeded in 4 of 100 draws.
  const documents = Array.from({ length: 100 }, (_, at) => ({
    gold: ['A'],
    candidate: at % 10 === 0 ? ['B'] : ['A'],
    active: ['A'],
  }));
  const found = bound(documents) ?? 0;
  expect(found).toBeGreaterThanOrEqual(-0.17);
  expect(found).toBeLessThanOrEqual(-0.13);
});
