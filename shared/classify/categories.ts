/** Disclosure categories C/E/P by the same signals: form first, then subject, then the words of the scheme; one primary, at most two secondary. */
import * as z from 'zod';
import { categoryLabels } from '../catalogue/category-labels.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Tag } from '../domain/classification.ts';
import { once } from '../domain/once.ts';
import type { SchemeCode } from '../domain/scheme.ts';
import type { Artefact } from './artefact.ts';
import written from './category-rules.json' with { type: 'json' };
import { openingQuote, quotesOfHits, quotesOfLabel } from './evidence.ts';
import { factOf, holds } from './facts.ts';
import { probabilityOf } from './fuse.ts';
import {
  documentVector,
  indexLabels,
  type LabelIndex,
  matchLabels,
  weightsOf,
} from './label-match.ts';
import { compileRule, fire, type Hit, ruleSchema } from './rules.ts';
import type { TaskView } from './tasks.ts';

const rules = once(() =>
  z
    .object({
      forms: z.array(
        z.object({
          id: z.string(),
          form: z.string(),
          code: z.string(),
          w: z.number(),
          needs: z.array(z.string()),
          lacks: z.array(z.string()),
        }),
      ),
      topics: z.array(ruleSchema.extend({ code: z.string() })),
    })
    .parse(written),
);

const topics = once(() =>
  rules().topics.map((rule) => ({ ...compileRule(rule), code: rule.code })),
);

const indexes = new WeakMap<Catalogue, LabelIndex>();

const shippedIndex = once(() => indexOf(categoryLabels()));

const indexOf = (codes: readonly SchemeCode[]): LabelIndex =>
  indexLabels(
    codes.map((code) => ({
      code: code.code,
      title: code.title,
      rest: [code.scope, ...code.typicalEvidence],
      not: code.notThis,
    })),
  );

/** Worked out once per catalogue. */
export const categoryIndex = (catalogue: Catalogue): LabelIndex => {
  if (catalogue.categories === undefined) return shippedIndex();
  const known = indexes.get(catalogue) ?? indexOf(categoryLabels(catalogue.categories));
  indexes.set(catalogue, known);
  return known;
};

/** `sum` = `match` + the weights of the topic rules + those of the form rules, in this order. */
export interface ScoredCategory {
  readonly code: string;
  readonly sum: number;
  readonly match: number;
  readonly topics: readonly Hit[];
  readonly forms: readonly { readonly id: string; readonly adds: number }[];
  readonly hits: readonly Hit[];
  readonly rules: readonly string[];
}

interface Growing {
  readonly code: string;
  sum: number;
  match: number;
  readonly topics: Hit[];
  readonly forms: { id: string; adds: number }[];
  readonly hits: Hit[];
  readonly rules: string[];
}

const begin = (code: string): Growing => ({
  code,
  sum: 0,
  match: 0,
  topics: [],
  forms: [],
  hits: [],
  rules: [],
});

const MATCH_WEIGHT = 1.4;

/** Every category that anything speaks for, best first. */
export const scoreCategories = (
  view: TaskView,
  catalogue: Catalogue,
): readonly ScoredCategory[] => {
  const scored = new Map<string, Growing>();
  const at = (code: string): Growing => {
    const known = scored.get(code) ?? begin(code);
    scored.set(code, known);
    return known;
  };
  const matches = matchLabels(documentVector(view.reading), categoryIndex(catalogue));
  const most = matches.reduce((top, one) => Math.max(top, one.score), 0);
  for (const one of matches) {
    const category = at(one.code);
    category.match = most > 0 ? (MATCH_WEIGHT * one.score) / most : 0;
    category.sum += category.match;
  }
  for (const rule of topics()) {
    const hit = fire(rule, view.reading);
    if (hit === null) continue;
    const category = at(rule.code);
    category.sum += hit.weight;
    category.topics.push(hit);
    category.hits.push(hit);
  }
  for (const rule of rules().forms) {
    const stands =
      rule.form === view.form.code &&
      rule.needs.every((fact) => holds(view.facts, fact)) &&
      !rule.lacks.some((fact) => holds(view.facts, fact));
    if (!stands) continue;
    const category = at(rule.code);
    category.sum += rule.w;
    category.rules.push(rule.id);
    category.forms.push({ id: rule.id, adds: rule.w });
    category.hits.push(...rule.needs.flatMap((fact) => factOf(view.facts, fact).hits));
  }
  return [...scored.values()].sort((a, b) => b.sum - a.sum || (a.code < b.code ? -1 : 1));
};

/** A secondary category has a rule of its own and is not far behind. */
export const SECONDARY = 3.4;
const LIKELY = 0.5;

const evidenceOf = (one: ScoredCategory, view: TaskView, catalogue: Catalogue): Tag['evidence'] => {
  const { text } = view.reading;
  const firm = one.hits.filter((hit) => hit.weight > 0);
  const own = quotesOfHits(text, firm, 2);
  if (own.length > 0) return [...own];
  const alike = quotesOfLabel(view.reading, weightsOf(categoryIndex(catalogue), one.code), 1);
  if (alike.length > 0) return [...alike];
  const form = quotesOfHits(text, view.form.hits, 1);
  return form.length > 0 ? [...form] : [...openingQuote(view.reading)];
};

/** Only the primary category has a score: how far it is ahead of the next. A secondary one was never measured. */
const scoreOf = (lead: number | null, artefact: Artefact): number | null => {
  if (lead === null) return null;
  return probabilityOf(artefact.categoryCalibration, lead);
};

interface Context {
  readonly catalogue: Catalogue;
  readonly artefact: Artefact;
}

const tagOf = (
  one: ScoredCategory,
  view: TaskView,
  rest: Context & { readonly lead: number | null },
): Tag => {
  const score = scoreOf(rest.lead, rest.artefact);
  const sure = score !== null && score >= LIKELY;
  return {
    code: one.code,
    score,
    calibrated: score !== null && rest.artefact.categoryCalibration.outOfFold,
    band: sure ? 'likely' : 'possible',
    evidence: evidenceOf(one, view, rest.catalogue),
    rules: [
      ...one.rules.map((id) => ({ id, quote: null })),
      ...one.hits.slice(0, 6).map((hit) => ({ id: hit.rule, quote: hit.quote })),
    ],
    reasons: sure ? [] : [score === null ? 'SECONDARY' : 'LOW_P'],
  };
};

/** How far the primary is ahead, for calibration: the first two sums. */
export const categoryLead = (
  view: TaskView,
  catalogue: Catalogue,
): { readonly code: string; readonly lead: number } => {
  const [first, second] = scoreCategories(view, catalogue);
  return { code: first?.code ?? 'P99', lead: (first?.sum ?? 0) - (second?.sum ?? 0) };
};

export const proposeCategories = (
  view: TaskView,
  scored: readonly ScoredCategory[],
  context: Context,
): Tag[] => {
  const [first] = scored;
  if (first === undefined) return [];
  const others = scored
    .slice(1)
    .filter((one) => one.sum >= SECONDARY && (one.hits.length > 0 || one.rules.length > 0))
    .slice(0, 2);
  const next = scored[1]?.sum ?? 0;
  return [first, ...others]
    .map((one) => tagOf(one, view, { ...context, lead: one === first ? first.sum - next : null }))
    .filter((tag) => tag.evidence.length > 0);
};
