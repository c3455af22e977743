/** From form and facts to tasks: the first primary step that holds, and what may be added to it. */
import * as z from 'zod';
import { once } from '../domain/once.ts';
import { type Facts, factOf, holds } from './facts.ts';
import written from './form-table.json' with { type: 'json' };
import type { Hit } from './rules.ts';

const stepSchema = z.object({
  id: z.string(),
  /** null: this kind of document carries no task. */
  pack: z.string().nullable(),
  needs: z.array(z.string()),
  lacks: z.array(z.string()),
});
type Step = z.infer<typeof stepSchema>;

const table = once(() =>
  z
    .record(z.string(), z.object({ primary: z.array(stepSchema), addable: z.array(stepSchema) }))
    .parse(written),
);

/** A step that held, with the hits of the facts it needed. */
export interface Taken {
  readonly step: string;
  readonly pack: string | null;
  readonly strength: number;
  readonly hits: readonly Hit[];
}

export interface Decision {
  readonly primary: Taken;
  readonly addable: readonly Taken[];
}

const ENOUGH = 3;

const take = (step: Step, facts: Facts): Taken => ({
  step: step.id,
  pack: step.pack,
  strength: step.needs.reduce(
    (sum, fact) => sum + Math.min(ENOUGH, factOf(facts, fact).strength),
    0,
  ),
  hits: step.needs.flatMap((fact) => factOf(facts, fact).hits).filter((hit) => hit.weight >= 0),
});

const stands = (step: Step, facts: Facts): boolean =>
  step.needs.every((fact) => holds(facts, fact)) && !step.lacks.some((fact) => holds(facts, fact));

export const decide = (form: string, facts: Facts): Decision => {
  const row = table()[form] ?? { primary: [], addable: [] };
  const first = row.primary.find((step) => stands(step, facts));
  const primary =
    first === undefined
      ? { step: `${form}.none`, pack: null, strength: 0, hits: [] }
      : take(first, facts);
  const addable = row.addable
    .filter((step) => step.pack !== primary.pack && stands(step, facts))
    .map((step) => take(step, facts));
  return { primary, addable: primary.pack === null ? [] : addable };
};

/** One step of the table on the way to a pack: whether it stands, and if not, for which facts. */
export interface Considered {
  readonly id: string;
  readonly kind: 'primary' | 'addable';
  readonly stands: boolean;
  /** Facts that it needs and that do not hold. */
  readonly missing: readonly string[];
  /** Facts that hold and that it must not meet. */
  readonly blocking: readonly string[];
}

/** Every step that would lead from this form to the pack, in the order of the table. */
export const stepsTowards = (form: string, pack: string, facts: Facts): readonly Considered[] => {
  const row = table()[form] ?? { primary: [], addable: [] };
  return (['primary', 'addable'] as const).flatMap((kind) =>
    row[kind]
      .filter((step) => step.pack === pack)
      .map((step) => ({
        id: step.id,
        kind,
        stands: stands(step, facts),
        missing: step.needs.filter((fact) => !holds(facts, fact)),
        blocking: step.lacks.filter((fact) => holds(facts, fact)),
      })),
  );
};

/** The facts that any step of any form needs on the way to the pack. */
export const factsTowards = (pack: string): ReadonlySet<string> =>
  new Set(
    Object.values(table())
      .flatMap(({ primary, addable }) => [...primary, ...addable])
      .filter((step) => step.pack === pack)
      .flatMap((step) => step.needs),
  );
