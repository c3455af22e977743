/** What the gate is told: of each document what is right and what both releases said, and how the must-not cases went. */
import type { Judged } from '../train/metrics.ts';

export interface Scored {
  readonly code: string;
  /** 0–1. */
  readonly score: number;
}

/** What one release said of one document; both releases' codes in the names of the candidate's catalogue. */
export interface Answered {
  /** Proposed tasks, primary first. */
  readonly tags: readonly Scored[];
  /** Every task that was scored. */
  readonly scores: readonly Scored[];
  /** The first category; null where none was proposed or the document is not judged by category. */
  readonly category: string | null;
}

export interface JudgedDocument {
  /** Right tasks. */
  readonly gold: readonly string[];
  /** Tasks that are neither rewarded nor punished. */
  readonly optional: readonly string[];
  /** Any of these is right as first category, the preferred one first; empty = not judged by category. */
  readonly categories: readonly string[];
  /** Reviewed in this office, unlike what ships with the product. */
  readonly own: boolean;
  readonly candidate: Answered;
  readonly active: Answered;
}

export interface MustNotOutcome {
  readonly id: string;
  readonly passed: boolean;
  readonly because: { readonly zh: string; readonly en: string };
}

export interface GateInput {
  /** Release ids. */
  readonly candidate: string;
  readonly active: string;
  /** Learnt from reviews: then some of the office's own documents have to be among those judged. */
  readonly learnt: boolean;
  readonly golden: readonly JudgedDocument[];
  readonly newest: readonly JudgedDocument[];
  readonly mustNot: readonly MustNotOutcome[];
}

export type Side = 'candidate' | 'active';

/** Tasks of one side as the measures take them. */
export const judgedTasks = (documents: readonly JudgedDocument[], side: Side): readonly Judged[] =>
  documents.map((one) => ({
    gold: one.gold,
    optional: one.optional,
    proposed: one[side].tags.map(({ code }) => code),
    ranked: [],
  }));

/** The first category of one side; an answer that is as right as the preferred one counts as it. */
export const judgedCategories = (
  documents: readonly JudgedDocument[],
  side: Side,
): readonly Judged[] =>
  documents.flatMap((one) => {
    const [preferred] = one.categories;
    const said = one[side].category;
    if (preferred === undefined) return [];
    const counted = said !== null && one.categories.includes(said) ? preferred : said;
    const proposed = counted === null ? [] : [counted];
    return [{ gold: [preferred], optional: [], proposed, ranked: [] }];
  });
