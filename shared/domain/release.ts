/** A release is what documents are tagged with: one version of a catalogue and one learnt artefact. It is judged before it is put in force. */
import * as z from 'zod';

export const releaseSchema = z.object({
  catalogueId: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/u),
  version: z.int().min(1),
  /** Id of the artefact: the one that ships, or the sha256 of a trained one. */
  model: z.string().regex(/^[A-Za-z0-9-]{1,80}$/u),
});
export type Release = z.infer<typeof releaseSchema>;

/** `dh2021.2.donghu-6ad612f138da`: names a release in paths and logs. */
export const releaseIdOf = ({ catalogueId, version, model }: Release): string =>
  `${catalogueId}.${version}.${model}`;

/** candidate: judged or waiting to be · shadow: scores new uploads beside the active one, shown to nobody · active: in force · retired: was active once. */
export const RELEASE_STATES = ['candidate', 'shadow', 'active', 'retired'] as const;

/** Shares 0–1; null where nothing could be counted. */
const figuresSchema = z.object({
  documents: z.int(),
  microF1: z.number().nullable(),
  /** Expected calibration error over pairs with p ≥ .05. */
  ece: z.number().nullable(),
  /** Share right of the tags with p ≥ .9. */
  surePrecision: z.number().nullable(),
  sureTags: z.int(),
});
export type ReleaseFigures = z.infer<typeof figuresSchema>;

const checkSchema = z.object({
  id: z.enum(['ENOUGH', 'MICRO_F1', 'CALIBRATION', 'SURE_PRECISION', 'PER_CODE', 'MUST_NOT']),
  passed: z.boolean(),
  /** What was found, in words with its figures. */
  zh: z.string(),
  en: z.string(),
});

export const gateReportSchema = z.object({
  verdict: z.enum(['promote', 'keep']),
  candidate: z.string(),
  /** Release that it was held against, by id. */
  active: z.string(),
  checks: z.array(checkSchema),
  sets: z.array(
    z.object({
      name: z.enum(['golden', 'newest']),
      candidate: figuresSchema,
      active: figuresSchema,
      /** Lower bound (one-sided 95 %) of the paired bootstrap of the difference in micro-F1; null without documents. */
      differenceAtLeast: z.number().nullable(),
    }),
  ),
  /** Codes with at least 10 positives in the sets together. */
  perCode: z.array(
    z.object({
      code: z.string(),
      positives: z.int(),
      candidateF1: z.number(),
      activeF1: z.number(),
    }),
  ),
  mustNot: z.object({ cases: z.int(), failed: z.array(z.string()) }),
  /** Why it may be put in force, or why the present one is kept. */
  zh: z.string(),
  en: z.string(),
});
export type GateReport = z.infer<typeof gateReportSchema>;

export const candidateSchema = z.object({
  releaseId: z.string(),
  release: releaseSchema,
  origin: z.enum(['trained', 'edited', 'shipped']),
  state: z.enum(RELEASE_STATES),
  madeAt: z.string(),
  madeBy: z.string(),
  /** null while it waits to be judged. */
  report: gateReportSchema.nullable(),
});
export type ReleaseCandidate = z.infer<typeof candidateSchema>;

/** The one pointer that says what is in force; `revision` counts its moves from 1. */
export const standingReleaseSchema = z.object({
  revision: z.int().min(1),
  active: releaseSchema,
  shadow: releaseSchema.nullable(),
  at: z.string(),
  actor: z.string(),
  /** promote, roll back, activate, shadow, stop shadow, with the words of who did it. */
  move: z.enum(['activate', 'shadow', 'end-shadow', 'promote', 'roll-back']),
  why: z.string().max(2000),
});
export type StandingRelease = z.infer<typeof standingReleaseSchema>;

/** What both releases said of one upload while the second ran in shadow: task codes, primary first. */
export const shadowNoteSchema = z.object({
  documentId: z.string(),
  at: z.string(),
  active: z.array(z.string()),
  shadow: z.array(z.string()),
});
export type ShadowNote = z.infer<typeof shadowNoteSchema>;
