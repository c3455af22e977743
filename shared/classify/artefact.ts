/** What was learnt, as data: shared fusion coefficients, calibration, and small per-label residuals anchored to them. */
import * as z from 'zod';
import learnt from './default-artefact.json' with { type: 'json' };
import byHand from './hand-artefact.json' with { type: 'json' };
import type { WordVectors } from './vectors/vectors.ts';

/** Signals of one document and one label, in the order that the coefficients have. */
export const SIGNALS = [
  'primary',
  'addable',
  'vetoed',
  'noTaskForm',
  'rules',
  'against',
  'match',
  'share',
  'best',
  'umbrella',
  'beside',
  'looseForm',
  'byDefault',
  'titleOnly',
  'cosine',
] as const;

/** Those that a task without a rule pack can have: what its own words and the form of the document say. */
const OF_TEXT: readonly string[] = ['vetoed', 'noTaskForm', 'match', 'share', 'best', 'cosine'];

/** The signals of a task as if no rule pack were bound to it. */
export const textOnly = (signals: readonly number[]): readonly number[] =>
  signals.map((signal, at) => (OF_TEXT.includes(SIGNALS[at] ?? '') ? signal : 0));

const coefficientsSchema = z.object({
  bias: z.number(),
  /** One fewer where `cosine` was never learnt: it then counts for nothing. */
  weights: z
    .array(z.number())
    .min(SIGNALS.length - 1)
    .max(SIGNALS.length),
});
export type Coefficients = z.infer<typeof coefficientsSchema>;

/** `buckets` and `weights` are parallel: hashed character pairs and what each adds, in hundredths of a logit. */
const residualSchema = z.object({
  bias: z.number(),
  buckets: z.array(z.int()),
  weights: z.array(z.int()),
});
export type Residual = z.infer<typeof residualSchema>;

/** p = 1 / (1 + e^-(slope·margin + offset)). `outOfFold` says that it was fitted on margins of models that had not seen the document. */
const plattSchema = z.object({
  slope: z.number(),
  offset: z.number(),
  outOfFold: z.boolean(),
});

/**
 * Isotonic: logits of p at rising margins, never falling, straight in between; below the first the curve goes on with
 * `slope`, above the last it stays where it is. `slope` and `offset` are the Platt curve that it was pulled to.
 */
const isotonicSchema = plattSchema.extend({
  knots: z.array(z.object({ margin: z.number(), logit: z.number() })).min(1),
});

const calibrationSchema = z.union([isotonicSchema, plattSchema]);
export type Calibration = z.infer<typeof calibrationSchema>;
export type Isotonic = z.infer<typeof isotonicSchema>;

/** `id` changes with every change of content; `recipe` names the command that writes the same bytes again. */
export const artefactSchema = z.object({
  id: z.string(),
  recipe: z.string(),
  /** For labels that a rule pack is bound to, and for labels that only have their text. */
  bound: coefficientsSchema,
  unbound: coefficientsSchema,
  calibration: calibrationSchema,
  /** By full code. */
  residuals: z.record(z.string(), residualSchema),
  categoryCalibration: calibrationSchema,
});
export type Artefact = z.infer<typeof artefactSchema>;

/** An artefact with the word vectors, if any, that an office trained: they stand beside it and are no part of its JSON. */
export interface Equipped extends Artefact {
  readonly vectors?: WordVectors;
}

/** Coefficients set by hand before any label was seen: what learning starts from and is pulled back to. */
export const handArtefact: Artefact = byHand;

export const defaultArtefact: Artefact = learnt;
