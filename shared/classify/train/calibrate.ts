/** Calibration on margins of fits that had not seen the document, with as much trust in the one learning started from as there are few of them. */
import type { Calibration } from '../artefact.ts';
import { fitCalibration } from './fit.ts';
import { fitIsotonic, type MarginSeen } from './fit-isotonic.ts';
import type { TrainSettings } from './settings.ts';

/** Two parameters need no more. */
const MOST_MARGINS = 40_000;

const thousandth = (value: number): number => Math.round(value * 1000) / 1000;

const evenly = (seen: readonly MarginSeen[]): readonly MarginSeen[] => {
  const every = Math.ceil(seen.length / MOST_MARGINS) || 1;
  return seen.filter((_, at) => at % every === 0);
};

export interface Calibrating {
  readonly start: Calibration;
  /** Reviewed documents that the margins come from. */
  readonly documents: number;
  readonly settings: Pick<TrainSettings, 'trust' | 'isotonicFrom'>;
}

/** Between the start's curve and the one fitted, in logits: with `trust` documents half way. */
export const calibrate = (
  seen: readonly MarginSeen[],
  { start, documents, settings }: Calibrating,
): Calibration => {
  if (seen.length === 0) return start;
  const fitted = fitCalibration(evenly(seen));
  const own = documents / (documents + settings.trust);
  const mix = (from: number, to: number): number => thousandth(from + own * (to - from));
  const platt = {
    slope: mix(start.slope, fitted.slope),
    offset: mix(start.offset, fitted.offset),
    outOfFold: true,
  };
  return documents < settings.isotonicFrom ? platt : fitIsotonic(seen, platt);
};
