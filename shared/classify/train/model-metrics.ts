/** What is kept beside a trained model: what it was learnt from, how well it does on what it had not seen, and answers for the gate. */
import * as z from 'zod';

const share = z.number().min(0).max(1);

const scoredCodeSchema = z.object({ code: z.string(), score: share });

/**
 * What a fit that had seen only the older four fifths of the reviews says of one of the newest fifth. Task codes are full.
 * `tags` as the product proposes them (before the check that each has words to quote), best first; `scores` all with p ≥ .05.
 */
const newestSchema = z.object({
  documentId: z.string(),
  gold: z.array(z.string()),
  tags: z.array(scoredCodeSchema),
  scores: z.array(scoredCodeSchema),
});
export type NewestAnswer = z.infer<typeof newestSchema>;

/** Measured out of fold; null where nothing could be counted. */
const figuresSchema = z.object({
  microF1: share.nullable(),
  precisionAt1: share.nullable(),
  /** Expected calibration error over pairs with p ≥ .05. */
  ece: share.nullable(),
});
export type FoldFigures = z.infer<typeof figuresSchema>;

export const modelMetricsSchema = z.object({
  /** Reviewed documents that were learnt from. */
  documents: z.int().min(0),
  withoutTask: z.int().min(0),
  folds: z.int().min(0),
  /** How much of what labels learnt for themselves alone was borne out by documents held out. */
  residualShare: share,
  /** On the same reviews: the artefact that learning started from, and the trained one out of fold. */
  start: figuresSchema,
  trained: figuresSchema,
  /** By full task code, in order of code. */
  perCode: z.array(
    z.object({
      code: z.string(),
      positives: z.int().min(0),
      /** Kept weights of what was learnt for this task alone; 0 = nothing was. */
      weights: z.int().min(0),
      truePositive: z.int().min(0),
      falsePositive: z.int().min(0),
      falseNegative: z.int().min(0),
    }),
  ),
  calibration: z.object({
    kind: z.enum(['start', 'platt', 'isotonic']),
    /** Pairs of document and task it was fitted on. */
    pairs: z.int().min(0),
  }),
  categoryCalibration: z.object({
    kind: z.enum(['start', 'platt', 'isotonic']),
    pairs: z.int().min(0),
  }),
  /** In order of document id. */
  newest: z.array(newestSchema),
});
export type ModelMetrics = z.infer<typeof modelMetricsSchema>;
