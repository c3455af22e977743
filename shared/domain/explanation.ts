/** Why a document got its tags and why not others: the numbers of the decision itself, its rules, words and sentences, in words for people. */
import * as z from 'zod';
import { bandSchema } from './classification.ts';
import { quoteSchema } from './text.ts';

/** A fixed sentence by its code; holds no words of the document. */
export const sentenceSchema = z.object({ code: z.string(), zh: z.string(), en: z.string() });
export type Sentence = z.infer<typeof sentenceSchema>;

/** A rule that fired: where, on which words, and what it adds to the fact that it speaks for (null: to a form or category). */
export const weighedRuleSchema = z.object({
  id: z.string(),
  fact: sentenceSchema.nullable(),
  zone: sentenceSchema,
  adds: z.number(),
  quote: quoteSchema,
});
export type WeighedRule = z.infer<typeof weighedRuleSchema>;

/** A sentence that weighs: through rules (their ids, `weight` the sum of theirs) or through words shared with the label. */
export const weighedSentenceSchema = z.object({
  quote: quoteSchema,
  through: z.enum(['rules', 'words']),
  rules: z.array(z.string()),
  weight: z.number(),
});
export type WeighedSentence = z.infer<typeof weighedSentenceSchema>;

/** A word of the label that stands in the text; each character pair counts once, for the longest word. */
const matchedWordSchema = z.object({ word: z.string(), from: sentenceSchema, adds: z.number() });
export type MatchedWord = z.infer<typeof matchedWordSchema>;

/** `score` = the greater of 0 and words + moreWords + against + moreAgainst + characters (single characters and the like). */
export const matchSchema = z.object({
  words: z.array(matchedWordSchema),
  moreWords: z.number(),
  against: z.array(matchedWordSchema),
  moreAgainst: z.number(),
  characters: z.number(),
  score: z.number(),
});
export type MatchExplained = z.infer<typeof matchSchema>;

/** `adds` = signal × coefficient. */
export const partSchema = z.object({
  ...sentenceSchema.shape,
  signal: z.number(),
  coefficient: z.number(),
  adds: z.number(),
});
export type Part = z.infer<typeof partSchema>;

/** The parts add up to `margin`; score = 1 / (1 + e^-(slope × margin + offset)). */
export const scorePartsSchema = z.object({
  parts: z.array(partSchema),
  margin: z.number(),
  slope: z.number(),
  offset: z.number(),
  calibrated: z.boolean(),
  score: z.number(),
});
export type ScoreParts = z.infer<typeof scorePartsSchema>;

/** `score` 0–1 of a task, the sum of a category. */
const alternativeSchema = z.object({
  code: z.string(),
  title: z.string(),
  score: z.number(),
  proposed: z.boolean(),
});

const told = {
  code: z.string(),
  title: z.string(),
  proposed: z.boolean(),
  /** `none` where it is not proposed. */
  band: bandSchema,
  evidence: z.array(quoteSchema),
  for: z.array(sentenceSchema),
  against: z.array(sentenceSchema),
  /** The reason codes of the tag. */
  reasons: z.array(sentenceSchema),
  rules: z.array(weighedRuleSchema),
  match: matchSchema,
  sentences: z.array(weighedSentenceSchema),
  nearest: alternativeSchema.nullable(),
};

export const taskExplanationSchema = z.object({
  ...told,
  requirement: z.string(),
  /** Place by score, from 1. */
  rank: z.int().min(1),
  /** The step of the form table that led here; null if none did. */
  step: z.string().nullable(),
  score: scorePartsSchema,
});
export type TaskExplanation = z.infer<typeof taskExplanationSchema>;

/** The parts add up to `sum`. Only the first category is scored, by its lead: 1 / (1 + e^-(slope × lead + offset)). */
export const categoryExplanationSchema = z.object({
  ...told,
  basis: z.string(),
  parts: z.array(z.object({ ...sentenceSchema.shape, id: z.string(), adds: z.number() })),
  sum: z.number(),
  lead: z.number().nullable(),
  slope: z.number(),
  offset: z.number(),
  score: z.number().nullable(),
});
export type CategoryExplanation = z.infer<typeof categoryExplanationSchema>;

export const explanationSchema = z.object({
  summary: z.array(sentenceSchema),
  form: z.object({
    code: z.string(),
    name: z.string(),
    score: z.number().nullable(),
    doubtful: z.boolean(),
    why: z.array(sentenceSchema),
    rules: z.array(weighedRuleSchema),
  }),
  /** The size of the best set, and the score below which nothing is proposed. */
  set: z.object({ size: z.int(), floor: z.number() }),
  /** Proposed ones in their order, then those asked about; where neither is, the one that came nearest. */
  tasks: z.array(taskExplanationSchema),
  /** Proposed ones in their order, then the one that came nearest. */
  categories: z.array(categoryExplanationSchema),
  attribute: z.object({
    declared: z.string(),
    recommended: z.string(),
    name: z.string(),
    basis: z.string(),
    why: z.array(sentenceSchema),
    grounds: z.array(z.object({ code: z.string(), name: z.string(), basis: z.string() })),
    rules: z.array(weighedRuleSchema),
    evidence: z.array(quoteSchema),
  }),
  flags: z.array(sentenceSchema),
  versions: z.object({ catalogue: z.string(), model: z.string() }),
});
export type Explanation = z.infer<typeof explanationSchema>;
