/** What classification says of a document: proposals that a person confirms, each with the words it rests on. */
import * as z from 'zod';
import { quoteSchema } from './text.ts';

/** auto is off until the gates of promotion hold; none stands for a code that is not proposed. */
export const BANDS = ['auto', 'likely', 'possible', 'none'] as const;
export const bandSchema = z.enum(BANDS);

/** `score` 0–1, higher is surer; null = not computed. */
const scoreSchema = z.number().min(0).max(1).nullable();

/** A rule that fired, by the id it has in the rule files, with the words that made it fire. */
export const firedRuleSchema = z.object({ id: z.string(), quote: quoteSchema.nullable() });

export const tagSchema = z.object({
  /** Full code: dh2021:T06, C07, P01. */
  code: z.string(),
  score: scoreSchema,
  /** False where the score is no probability yet: then it only ranks. */
  calibrated: z.boolean(),
  band: bandSchema,
  /** At least one for every proposed tag, verified against the text. */
  evidence: z.array(quoteSchema),
  rules: z.array(firedRuleSchema),
  /** Closed codes for why a tag is unsure or held back: LOW_P, TIE, FORM_CONFLICT, OOD, NO_EVIDENCE, CROSS_CHECK … */
  reasons: z.array(z.string()),
});
export type Tag = z.infer<typeof tagSchema>;

export const candidateSchema = z.object({ code: z.string(), score: scoreSchema });
export type Candidate = z.infer<typeof candidateSchema>;

/** A1 主动公开 · A2 依申请公开 · A3 不予公开 · A1R 区分处理后公开 · A0 未标注; grounds are N codes. */
export const attributeSchema = z.object({
  declared: z.enum(['A0', 'A1', 'A1R', 'A2', 'A3']),
  recommended: z.enum(['A1', 'A1R', 'A2', 'A3']),
  grounds: z.array(z.string()),
  evidence: z.array(quoteSchema),
});
export type Attribute = z.infer<typeof attributeSchema>;

/** Same bytes + same catalogue version + same artefact = same answer; all are stamped here. */
export const versionsSchema = z.object({
  text: z.string(),
  catalogue: z.string(),
  model: z.string(),
  software: z.string(),
});
export type Versions = z.infer<typeof versionsSchema>;

export const classificationSchema = z.object({
  /** F01–F14 or F99. */
  form: z.object({ code: z.string(), score: scoreSchema, rules: z.array(firedRuleSchema) }),
  /** At most 4, primary first; none is a normal answer. */
  tasks: z.array(tagSchema).max(4),
  /** Every task of the catalogue, best first. */
  candidates: z.array(candidateSchema),
  /** Primary first, then at most 2 secondary. */
  categories: z.array(tagSchema).max(3),
  attribute: attributeSchema,
  /** W_ATTR, W_NOREASON, W_FORWARD, W_MISMATCH, X_P02_T03 …: things for the reviewer. */
  flags: z.array(z.string()),
  versions: versionsSchema.omit({ text: true, software: true }),
});
export type Classification = z.infer<typeof classificationSchema>;
