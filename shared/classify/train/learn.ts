/** From measured documents to what an artefact holds: fit, share of the residuals to believe, calibration, all borne out by documents that were held out. */
import type { Artefact, Calibration, Residual } from '../artefact.ts';
import { packsOf } from '../tasks.ts';
import { calibrate } from './calibrate.ts';
import { type FittedModel, fitModel, type Ground, unboundFromTexts } from './fit-model.ts';
import { type HeldMargins, heldMargins, marginsSeen, scaleOf } from './out-of-fold.ts';

export interface Learnt {
  readonly artefact: Artefact;
  /** What the fits on the other folds said of each document, and how much of the residuals is believed. */
  readonly held: HeldMargins;
  readonly scale: number;
}

const hundredth = (value: number): number => Math.round(value * 100) / 100;

const scaled = ({ bias, buckets, weights }: Residual, scale: number): Residual => {
  const smaller = weights.map((weight) => Math.round(weight * scale));
  const some = [...smaller.keys()].filter((at) => smaller[at] !== 0);
  return {
    bias: hundredth(bias * scale),
    buckets: some.map((at) => buckets[at] ?? 0),
    weights: some.map((at) => smaller[at] ?? 0),
  };
};

const residualsOf = (
  { residuals }: FittedModel,
  { catalogue }: Ground,
  scale: number,
): Artefact['residuals'] =>
  scale === 0
    ? {}
    : Object.fromEntries(
        [...residuals].map(([place, residual]) => [
          catalogue.tasks[place]?.code ?? '',
          scaled(residual, scale),
        ]),
      );

/** `trained` are places in `rows`, `folds` the fold of every row: no calibration sees its own document. */
export const learn = (
  trained: readonly number[],
  folds: readonly number[],
  ground: Ground,
): Learnt => {
  const { start, settings, catalogue } = ground;
  const model = fitModel(trained, ground);
  const held = heldMargins(trained, folds, ground);
  const scale = scaleOf(held, ground);
  const calibration = calibrate(marginsSeen(held, ground, scale), {
    start: start.calibration,
    documents: held.size,
    settings,
  });
  const residuals = residualsOf(model, ground, scale);
  const everyTaskBound = packsOf(catalogue).size === catalogue.tasks.length;
  const unbound = everyTaskBound ? unboundFromTexts(trained, ground) : model.unbound;
  const artefact = { ...start, bound: model.bound, unbound, residuals, calibration };
  return { artefact, held, scale };
};

/** No fit has seen a review when it ranks categories, so every lead is out of fold; titles of one group count each. */
export const learnCategoryCalibration = (
  trained: readonly number[],
  { rows, start, settings }: Ground,
): Calibration => {
  const seen = trained.flatMap((at) => {
    const row = rows[at];
    return row === undefined || row.lead === null
      ? []
      : [{ margin: row.lead, right: row.leadRight }];
  });
  return calibrate(seen, { start: start.categoryCalibration, documents: seen.length, settings });
};
