/** Binds rule packs to the tasks of whatever table is in force, by the wording of the task and never by its number. */

import * as z from 'zod';
import type { Catalogue } from '../domain/catalogue.ts';
import { once } from '../domain/once.ts';
import { sparseCounts } from './grams.ts';
import { likeness } from './label-match.ts';
import written from './packs.json' with { type: 'json' };

const packSchema = z.object({
  pack: z.string(),
  /** The words by which a task of any year's table is known to be this one. */
  label: z.string(),
  group: z.enum(['topic', 'act', 'policy', 'attribute', 'fallback']),
  /** Turns on form and clause rather than on topic: never trusted without a person. */
  umbrella: z.boolean(),
});
export type Pack = z.infer<typeof packSchema>;

export const packs = once((): readonly Pack[] => z.array(packSchema).parse(written));

/** Below this the wording is too far off to lend a task the rules of a pack. */
const BINDING = 0.3;

/** Pack of each task by full code; tasks without one live on their own words alone. Best pairs are tied first, one to one. */
export const bindPacks = (catalogue: Catalogue): ReadonlyMap<string, Pack> => {
  const labels = packs().map((pack) => sparseCounts([{ text: pack.label, weight: 1 }], 0));
  const pairs = catalogue.tasks.flatMap((task) => {
    const words = sparseCounts(
      [
        { text: task.title, weight: 2 },
        { text: task.requirement.slice(0, 240), weight: 0.5 },
      ],
      0,
    );
    return packs().map((pack, at) => ({
      code: task.code,
      pack,
      like: likeness(labels[at] ?? words, words),
    }));
  });
  const bound = new Map<string, Pack>();
  const taken = new Set<string>();
  for (const pair of pairs.sort((a, b) => b.like - a.like)) {
    if (pair.like < BINDING) break;
    if (bound.has(pair.code) || taken.has(pair.pack.pack)) continue;
    bound.set(pair.code, pair.pack);
    taken.add(pair.pack.pack);
  }
  return bound;
};
