/** The frozen examples that ship with the product: invented papers with their right tasks, named so that any year's table can be judged. */
import * as z from 'zod';
import { once } from '../../domain/once.ts';
import written from './golden-set.json' with { type: 'json' };

const exampleSchema = z.object({
  id: z.string(),
  text: z.string().min(1),
  /** Names of rule packs: right tasks, and tasks that careful readers could differ on. */
  tasks: z.array(z.string()),
  optional: z.array(z.string()),
  /** Any of these is right as first category, the preferred one first. */
  categories: z.array(z.string()).min(1),
});
export type GoldenExample = z.infer<typeof exampleSchema>;

/** Written by `node fixtures/make-golden-set.ts`. */
export const goldenSet = once((): readonly GoldenExample[] =>
  z.array(exampleSchema).parse(written),
);
