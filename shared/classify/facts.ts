/** Facts of a document that the decision rests on (an admin regulation, a reply, a disclosure clause …), each with its hits. */
import * as z from 'zod';
import { once } from '../domain/once.ts';
import { closedListStrength } from './closed-list.ts';
import { disclosureClauses } from './disclosure-clause.ts';
import written from './fact-rules.json' with { type: 'json' };
import type { Reading } from './reading.ts';
import { compileRule, fire, type Hit, type Rule, ruleSchema } from './rules.ts';

const rules = once((): readonly (Rule & { readonly fact: string })[] =>
  z
    .array(ruleSchema.extend({ fact: z.string() }))
    .parse(written)
    .map((rule) => ({ ...compileRule(rule), fact: rule.fact })),
);

export interface Fact {
  /** A fact holds from 1 on. */
  readonly strength: number;
  readonly hits: readonly Hit[];
}

export type Facts = ReadonlyMap<string, Fact>;

const NOTHING: Fact = { strength: 0, hits: [] };

export const factOf = (facts: Facts, name: string): Fact => facts.get(name) ?? NOTHING;

export const holds = (facts: Facts, name: string): boolean => factOf(facts, name).strength >= 1;

export const factsOf = (reading: Reading): Facts => {
  const found = new Map<string, { strength: number; hits: Hit[] }>();
  const add = (fact: string, hit: Hit): void => {
    const known = found.get(fact) ?? { strength: 0, hits: [] };
    known.strength += hit.weight;
    known.hits.push(hit);
    found.set(fact, known);
  };
  for (const rule of rules()) {
    const hit = fire(rule, reading);
    if (hit !== null) add(rule.fact, hit);
  }
  for (const hit of disclosureClauses(reading)) add('disclosureClause', hit);
  const closed = found.get('closedList');
  if (closed !== undefined) found.set('closedList', closedListStrength(reading, closed.hits));
  return found;
};
