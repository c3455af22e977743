/** Finds the document form F01–F14 by what the document does: the verb of its title first, then head and structure. */
import * as z from 'zod';
import { once } from '../domain/once.ts';
import written from './form-rules.json' with { type: 'json' };
import type { Reading } from './reading.ts';
import { compileRule, fire, type Hit, type Rule, ruleSchema } from './rules.ts';

const rules = once((): readonly (Rule & { readonly form: string })[] =>
  z
    .array(ruleSchema.extend({ form: z.string() }))
    .parse(written)
    .map((rule) => ({ ...compileRule(rule), form: rule.form })),
);

export interface FormFound {
  readonly code: string;
  /** Share of the winning form among all that fired; null where nothing fired. */
  readonly score: number | null;
  readonly hits: readonly Hit[];
  /** The other forms that rules spoke for, best first, with the sum of their weights. */
  readonly rivals: readonly { readonly code: string; readonly sum: number }[];
  /** By how much its rules outweigh those of the next form; 0 where nothing fired. */
  readonly ahead: number;
  /** The runner-up came close: the reviewer should look. */
  readonly doubtful: boolean;
}

/** Nothing fired: a long text in sections is most often a policy, anything else is another document. */
const fallback = (reading: Reading): FormFound => {
  const sections = reading.zones.headings.chars.split('\n').length;
  const code = reading.length > 800 && sections > 3 ? 'F01' : 'F99';
  return { code, score: null, hits: [], rivals: [], ahead: 0, doubtful: true };
};

export const formOf = (reading: Reading): FormFound => {
  const found = new Map<string, { sum: number; hits: Hit[] }>();
  for (const rule of rules()) {
    const hit = fire(rule, reading);
    if (hit === null) continue;
    const known = found.get(rule.form) ?? { sum: 0, hits: [] };
    known.sum += hit.weight;
    known.hits.push(hit);
    found.set(rule.form, known);
  }
  const ranked = [...found].sort(([, a], [, b]) => b.sum - a.sum);
  const [best, next] = ranked;
  if (best === undefined || best[1].sum <= 0) return fallback(reading);
  const total = ranked.reduce((sum, [, one]) => sum + Math.max(0, one.sum), 0);
  return {
    code: best[0],
    score: best[1].sum / total,
    hits: best[1].hits,
    rivals: ranked.slice(1).map(([code, { sum }]) => ({ code, sum })),
    ahead: best[1].sum - Math.max(0, next?.[1].sum ?? 0),
    doubtful: next !== undefined && next[1].sum > best[1].sum * 0.75,
  };
};
