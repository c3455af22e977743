/** Short texts that must not be given a certain task or category whatever was learnt or edited: what the guideline rules out. */
import * as z from 'zod';
import type { Catalogue } from '../../domain/catalogue.ts';
import type { Classification } from '../../domain/classification.ts';
import { once } from '../../domain/once.ts';
import { packsOf } from '../tasks.ts';
import type { MustNotOutcome } from './judged.ts';
import written from './must-not.json' with { type: 'json' };

const caseSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/u),
  text: z.string().min(1),
  /** Names of rule packs, `first:` and a name where the task may only stand second, codes of categories (as first category), or `any-task`. */
  mustNot: z.array(z.string()).min(1),
  because: z.object({ zh: z.string().min(1), en: z.string().min(1) }),
});
export type MustNotCase = z.infer<typeof caseSchema>;

/** Written by hand. */
export const mustNotCases = once((): readonly MustNotCase[] => z.array(caseSchema).parse(written));

/** A pack that no task of the catalogue is bound to cannot be said wrongly. */
export const outcomeOf = (
  { id, mustNot, because }: MustNotCase,
  said: Classification,
  catalogue: Catalogue,
): MustNotOutcome => {
  const packs = packsOf(catalogue);
  const tasks = said.tasks.map(({ code }) => packs.get(code)?.pack ?? code);
  const names = new Set([...tasks, ...tasks.slice(0, 1).map((first) => `first:${first}`)]);
  if (tasks.length > 0) names.add('any-task');
  const category = said.categories[0]?.code;
  if (category !== undefined) names.add(category);
  return { id, because, passed: !mustNot.some((name) => names.has(name)) };
};
