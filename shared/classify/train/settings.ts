/** What training is told beside its reviews; part of a model's id. */

export interface TrainSettings {
  /** How hard shared coefficients are pulled to those that learning started from: hard where rules stand behind them, less for tasks that have only their words. */
  readonly pull: number;
  readonly pullUnbound: number;
  /** How hard what is learnt for one label alone is pulled to nothing. */
  readonly ridge: number;
  /** Most weights kept for one label, and for all labels together. */
  readonly keep: number;
  readonly keepInAll: number;
  /** A label with fewer positives learns nothing for itself alone. */
  readonly floor: number;
  readonly folds: number;
  readonly seed: number;
  /** Documents' worth of trust in the calibration that learning started from. */
  readonly trust: number;
  /** From this many documents calibration may follow knots; under it stays a curve of two parameters. */
  readonly isotonicFrom: number;
}

export const SETTINGS = {
  pull: 100,
  pullUnbound: 5,
  ridge: 2,
  keep: 300,
  keepInAll: 120_000,
  floor: 3,
  folds: 5,
  seed: 1,
  trust: 100,
  isotonicFrom: 100,
} as const satisfies TrainSettings;
