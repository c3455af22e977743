/** Trains an artefact from reviewed documents: pure, the same rows and settings give the same bytes. */
import type { Catalogue } from '../../domain/catalogue.ts';
import type { Artefact } from '../artefact.ts';
import type { Ground } from './fit-model.ts';
import { foldsOf } from './folds.ts';
import { learn, learnCategoryCalibration } from './learn.ts';
import type { MeasuredRow } from './measure.ts';
import type { ModelMetrics } from './model-metrics.ts';
import { metricsOf } from './report-model.ts';
import type { TrainSettings } from './settings.ts';

export interface Training {
  /** Sorted by documentId. */
  readonly rows: readonly MeasuredRow[];
  readonly catalogue: Catalogue;
  /** What learning starts from and is pulled back to. */
  readonly start: Artefact;
  readonly settings: TrainSettings;
  /** Id of the artefact that is made. */
  readonly modelId: string;
}

export interface Trained {
  readonly artefact: Artefact;
  readonly metrics: ModelMetrics;
}

/** From here on fewer folds tell as much, and each costs more. */
const MANY = 2000;
const FOLDS_OF_MANY = 2;

export const train = ({ rows, catalogue, start, settings, modelId }: Training): Trained => {
  const ground: Ground = { rows, catalogue, start, settings };
  const folds = foldsOf(
    rows.map(({ group }) => group),
    rows.length < MANY ? settings.folds : Math.min(FOLDS_OF_MANY, settings.folds),
    settings.seed,
  );
  const everyone = [...rows.keys()];
  const learnt = learn(everyone, folds, ground);
  const artefact: Artefact = {
    ...learnt.artefact,
    id: modelId,
    recipe: 'gongkai train',
    categoryCalibration: learnCategoryCalibration(everyone, ground),
  };
  return { artefact, metrics: metricsOf({ artefact, learnt, folds, ground }) };
};
