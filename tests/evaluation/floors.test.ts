import { expect, test } from 'vitest';
import { answersOf, type Figures, figuresOf } from './answers.ts';
import { prepare, readGold, referenceFolder } from './gold.ts';
import { preparePapers } from './office-papers.ts';

/** Floors may only rise. The gold is in-sample for the rules and the shipped artefact: a floor guards against falling, it claims nothing. */
type Floors = Partial<Record<Exclude<keyof Figures, 'calibration' | 'tags' | 'quotes'>, number>>;

const hold = (figures: Figures, floors: Floors): void => {
  for (const [name, floor] of Object.entries(floors)) {
    const value = Object.entries(figures).find(([key]) => key === name)?.[1];
    expect(value, name).toBeGreaterThanOrEqual(floor);
  }
  expect(figures.tags).toBeGreaterThan(0);
  expect(figures.quotes).toBe(figures.tags);
};

test('on the papers of the invented office tags stay as right as they were, each with quotes that hold', async () => {
  hold(figuresOf(answersOf(await preparePapers())), {
    precisionAt1: 0.96,
    recallAt3: 0.95,
    microF1: 0.93,
    category: 0.9,
    form: 0.94,
    attribute: 0.96,
  });
});

const present = readGold('documents') !== null;
if (!present)
  process.stderr.write(`Left out: accuracy on gold (nothing at ${referenceFolder()})\n`);

test.skipIf(!present)('on the gold documents figures stay above their floors', async () => {
  hold(figuresOf(answersOf((await prepare('documents')) ?? [])), {
    precisionAt1: 0.96,
    recallAt3: 0.96,
    microF1: 0.935,
    category: 0.95,
    form: 0.94,
    attribute: 0.95,
    nonePrecision: 0.93,
    noneRecall: 0.93,
  });
});

test.skipIf(!present)('on the gold titles figures stay above their floors', async () => {
  hold(figuresOf(answersOf((await prepare('titles')) ?? [])), {
    precisionAt1: 0.97,
    recallAt3: 0.97,
    microF1: 0.96,
    category: 0.97,
    form: 0.97,
    attribute: 0.97,
  });
});
