/** From gold to an artefact: gold as measured rows, folds, and what was learnt on the documents that are not held out, by the product's own training. */
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { type Artefact, handArtefact } from '../../shared/classify/artefact.ts';
import { fitCalibration } from '../../shared/classify/train/fit.ts';
import type { Ground } from '../../shared/classify/train/fit-model.ts';
import { foldsOf, titleGroup } from '../../shared/classify/train/folds.ts';
import { learn } from '../../shared/classify/train/learn.ts';
import { type MeasuredRow, measure } from '../../shared/classify/train/measure.ts';
import { SETTINGS, type TrainSettings } from '../../shared/classify/train/settings.ts';
import { type Half, prepareCorpus } from './corpus.ts';
import type { Prepared } from './gold.ts';

export const FOLDS = 5;
export const SEEDS = [1, 2, 3];

const full = (code: string): string => `${donghu2021.catalogueId}:${code}`;

/** Gold is learnt from as reviews are, but for its title as given, from which near-duplicates are told. */
export const measuredGold = (one: Prepared): MeasuredRow => {
  const row = {
    documentId: one.gold.id,
    at: '',
    document: one.document,
    tasks: one.gold.tasks.map(full),
    categories: one.gold.categories_ok,
    undecided: one.gold.tasks_optional.map(full),
  };
  const measuring = { catalogue: donghu2021, start: handArtefact, categories: true };
  return { ...measure(row, measuring), group: titleGroup(one.gold.title) };
};

/** From coefficients set by hand, which say little of how likely anything is: nothing of their calibration is kept. */
const fromHand = (residuals: boolean): TrainSettings => ({
  ...SETTINGS,
  pull: 2,
  pullUnbound: 2,
  trust: 0,
  isotonicFrom: Number.MAX_SAFE_INTEGER,
  floor: residuals ? SETTINGS.floor : Number.MAX_SAFE_INTEGER,
});

const groundOf = (rows: readonly MeasuredRow[], residuals: boolean): Ground => ({
  rows,
  catalogue: donghu2021,
  start: handArtefact,
  settings: fromHand(residuals),
});

const foldsOfSeed = (rows: readonly MeasuredRow[], seed: number): readonly number[] =>
  foldsOf(
    rows.map(({ group }) => group),
    FOLDS,
    seed,
  );

/** For each seed the fold of each document. */
export const foldsBySeed = (all: readonly Prepared[]): readonly (readonly number[])[] =>
  SEEDS.map((seed) =>
    foldsOf(
      all.map((one) => titleGroup(one.gold.title)),
      FOLDS,
      seed,
    ),
  );

/** For each seed the artefact that has not seen the document, by document. */
export const heldOut = (
  rows: readonly MeasuredRow[],
  residuals: boolean,
): readonly (readonly Artefact[])[] =>
  SEEDS.map((seed) => {
    const folds = foldsOfSeed(rows, seed);
    const byFold = Array.from({ length: FOLDS }, (_, fold) => {
      const trained = folds.flatMap((one, at) => (one === fold ? [] : [at]));
      return learn(trained, folds, groundOf(rows, residuals)).artefact;
    });
    return folds.map((fold) => {
      const artefact = byFold[fold];
      if (artefact === undefined) throw new Error(`No fold ${fold}`);
      return artefact;
    });
  });

/** Real texts beside the gold that are learnt from too: rules were mended on some of them, on `fresh` ones never. */
export interface Beside {
  readonly mended: readonly Prepared[];
  readonly fresh: readonly Prepared[];
}

/** The labelled samples of the corpus but half B, which nothing is ever learnt from; empty where the corpus is absent. */
export const samplesBeside = async (): Promise<Beside> => {
  const read = async (halves: readonly Half[]): Promise<readonly Prepared[]> => {
    const found: Prepared[] = [];
    for (const half of halves)
      for (const set of ['documents', 'titles'] as const)
        found.push(...((await prepareCorpus(set, half)) ?? []));
    return found;
  };
  return { mended: await read(['A', 'C']), fresh: await read(['D']) };
};

const leadsOf = (rows: readonly MeasuredRow[]) =>
  rows.map(({ lead, leadRight }) => ({ margin: lead ?? 0, right: leadRight }));

/** The artefact that ships: learnt from all, calibrated on margins of folds that held each document out. */
export const learnAll = (
  rows: readonly MeasuredRow[],
  fresh: readonly MeasuredRow[],
  residuals: boolean,
): Artefact => {
  const all = [...rows, ...fresh];
  const folds = foldsOfSeed(all, SEEDS[0] ?? 1);
  const { artefact } = learn([...all.keys()], folds, groundOf(all, residuals));
  // Category rules are fitted on nothing but were mended on gold: only texts that no rule was mended on tell what a lead is worth.
  const outOfFold = fresh.length > 0;
  const leads = leadsOf(outOfFold ? fresh : rows);
  return { ...artefact, categoryCalibration: { ...fitCalibration(leads), outOfFold } };
};
