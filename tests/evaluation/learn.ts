/** From gold to an artefact: signals of every document, folds, and what was learnt on the documents that are not held out. */
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { type Artefact, type Coefficients, handArtefact } from '../../shared/classify/artefact.ts';
import { categoryLead } from '../../shared/classify/categories.ts';
import { viewOf } from '../../shared/classify/classify.ts';
import { marginOf } from '../../shared/classify/fuse.ts';
import { documentVector } from '../../shared/classify/label-match.ts';
import { scoreTasks } from '../../shared/classify/tasks.ts';
import { fitCalibration, fitCoefficients, type Pair } from '../../shared/classify/train/fit.ts';
import { fitResidual, type LearntDocument } from '../../shared/classify/train/fit-residual.ts';
import { foldsOf } from '../../shared/classify/train/folds.ts';
import { shortCode } from '../../shared/domain/catalogue.ts';
import type { Prepared } from './gold.ts';

export const FOLDS = 5;
export const SEEDS = [1, 2, 3];

export interface Learnable {
  readonly all: readonly Prepared[];
  readonly pairs: readonly Pair[];
  readonly documents: readonly LearntDocument[];
  readonly categories: readonly { readonly margin: number; readonly right: boolean }[];
}

/** Titles that differ in numbers, years and places only stand in one group. */
const groupOf = (one: Prepared): string =>
  one.gold.title.replace(/[^一-龥]|第|号|年|月|季度/gu, '').slice(-12);

export const learnableOf = (all: readonly Prepared[]): Learnable => {
  const pairs: Pair[] = [];
  const documents: LearntDocument[] = [];
  const categories: { margin: number; right: boolean }[] = [];
  all.forEach((one, document) => {
    const view = viewOf(one.document);
    for (const task of scoreTasks(view, donghu2021, handArtefact)) {
      const code = shortCode(task.code);
      if (one.gold.tasks_optional.includes(code)) continue;
      const right = one.gold.tasks.includes(code);
      pairs.push({ document, code: task.code, signals: task.signals, right });
    }
    const vector = documentVector(view.reading);
    const buckets = Int32Array.from([...vector.keys()].filter((at) => (vector[at] ?? 0) > 0));
    const shares = Float32Array.from(buckets, (at) => {
      const count = vector[at] ?? 0;
      return count / (count + 1);
    });
    documents.push({ buckets, shares });
    const { code, lead } = categoryLead(view, donghu2021);
    categories.push({ margin: lead, right: one.gold.categories_ok.includes(code) });
  });
  return { all, pairs, documents, categories };
};

/** Signals of the label text alone: what a task without a rule pack lives on. */
const textOnly = (signals: readonly number[]): readonly number[] =>
  signals.map((signal, at) => (at === 0 || at === 1 || at === 4 || at === 5 ? 0 : signal));

const PULL = 2;
export const RESIDUAL = { ridge: 4, keep: 400 };

export interface LearnOptions {
  readonly trained: ReadonlySet<number>;
  readonly residuals: boolean;
}

export const learn = (from: Learnable, options: LearnOptions): Artefact => {
  const pairs = from.pairs.filter((pair) => options.trained.has(pair.document));
  const bound = fitCoefficients(pairs, handArtefact.bound, PULL);
  const unbound = fitCoefficients(
    pairs.map((pair) => ({ ...pair, signals: textOnly(pair.signals) })),
    handArtefact.unbound,
    PULL,
  );
  const codes = [...new Set(pairs.filter((pair) => pair.right).map((pair) => pair.code))].sort();
  const residuals = options.residuals
    ? Object.fromEntries(codes.map((code) => [code, residualOfCode(from, pairs, { code, bound })]))
    : {};
  return { ...handArtefact, id: 'fold', recipe: 'fold', bound, unbound, residuals };
};

const residualOfCode = (
  from: Learnable,
  pairs: readonly Pair[],
  of: { readonly code: string; readonly bound: Coefficients },
): Artefact['residuals'][string] =>
  fitResidual(
    from.documents,
    pairs
      .filter((pair) => pair.code === of.code)
      .map((pair) => ({
        document: pair.document,
        margin: marginOf(pair.signals, of.bound),
        right: pair.right,
      })),
    RESIDUAL,
  );

/** For each seed the fold of each document. */
export const foldsBySeed = (all: readonly Prepared[]): readonly (readonly number[])[] =>
  SEEDS.map((seed) => foldsOf(all.map(groupOf), FOLDS, seed));

/** For each seed the artefact that has not seen the document, by document. */
export const heldOut = (from: Learnable, residuals: boolean): readonly (readonly Artefact[])[] =>
  foldsBySeed(from.all).map((folds) => {
    const byFold = Array.from({ length: FOLDS }, (_, fold) => {
      const trained = new Set(folds.flatMap((one, at) => (one === fold ? [] : [at])));
      return calibrated(from, learn(from, { trained, residuals }), { trained, folds });
    });
    return folds.map((fold) => {
      const artefact = byFold[fold];
      if (artefact === undefined) throw new Error(`No fold ${fold}`);
      return artefact;
    });
  });

/** Calibration within the training part: margins of inner folds that held the document out. */
const calibrated = (
  from: Learnable,
  artefact: Artefact,
  of: { readonly trained: ReadonlySet<number>; readonly folds: readonly number[] },
): Artefact => {
  const margins: { margin: number; right: boolean }[] = [];
  for (let inner = 0; inner < FOLDS; inner += 1) {
    const rest = new Set([...of.trained].filter((at) => of.folds[at] !== inner));
    if (rest.size === of.trained.size) continue;
    const bound = fitCoefficients(
      from.pairs.filter((pair) => rest.has(pair.document)),
      handArtefact.bound,
      PULL,
    );
    for (const pair of from.pairs)
      if (of.trained.has(pair.document) && of.folds[pair.document] === inner)
        margins.push({ margin: marginOf(pair.signals, bound), right: pair.right });
  }
  return { ...artefact, calibration: fitCalibration(margins) };
};

/** The artefact that ships: learnt from all, calibrated on margins of folds that held each document out. */
export const learnAll = (from: Learnable, residuals: boolean): Artefact => {
  const everyone = new Set(from.all.keys());
  const folds = foldsOf(from.all.map(groupOf), FOLDS, SEEDS[0] ?? 1);
  const artefact = calibrated(from, learn(from, { trained: everyone, residuals }), {
    trained: everyone,
    folds,
  });
  // The category rules were mended on the very documents their leads come from: nothing here was held out.
  const categoryCalibration = { ...fitCalibration(from.categories), outOfFold: false };
  return { ...artefact, categoryCalibration };
};
