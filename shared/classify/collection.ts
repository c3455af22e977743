/** Brings the answers of the parts of a collection together: the union of their tags by strength, each with the words of its part. */
import type { Candidate, Tag } from '../domain/classification.ts';
import type { Assessment } from './classify.ts';
import type { ScoredTask } from './tasks.ts';

const MOST_TASKS = 4;
const MOST_CATEGORIES = 3;

/** What most of them have; of equals the one that comes first. */
const mostCommon = (codes: readonly string[]): string | undefined => {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
};

const scoreOf = ({ score }: { readonly score: number | null }): number => score ?? 0;

/** Of each code the strongest, strongest first. */
const strongest = <T extends { readonly code: string; readonly score: number | null }>(
  all: readonly T[],
): readonly T[] => {
  const best = new Map<string, T>();
  for (const one of all) {
    const known = best.get(one.code);
    if (known === undefined || scoreOf(one) > scoreOf(known)) best.set(one.code, one);
  }
  return [...best.values()].sort((a, b) => scoreOf(b) - scoreOf(a) || (a.code < b.code ? -1 : 1));
};

/** The category that leads most parts, then those that lead others. */
const categoriesOf = (parts: readonly Assessment[]): readonly Tag[] => {
  const leading = parts.flatMap(({ classification }) => classification.categories.slice(0, 1));
  const first = mostCommon(leading.map(({ code }) => code));
  const best = strongest(leading);
  return [
    ...best.filter(({ code }) => code === first),
    ...best.filter(({ code }) => code !== first),
  ].slice(0, MOST_CATEGORIES);
};

/** `whole` is the file read as one document: its attribute and its declared marks stand for all. */
export const collect = (whole: Assessment, parts: readonly Assessment[]): Assessment => {
  const form = mostCommon(parts.map(({ view }) => view.form.code));
  const lead = parts.find(({ view }) => view.form.code === form) ?? whole;
  const answers = parts.map(({ classification }) => classification);
  const candidates: readonly Candidate[] = strongest(answers.flatMap((one) => one.candidates));
  const scored: readonly ScoredTask[] = strongest(parts.flatMap(({ weighed }) => weighed.scored));
  const flags = answers.flatMap((one) => one.flags);
  return {
    ...lead,
    recommended: whole.recommended,
    weighed: { ...lead.weighed, scored },
    classification: {
      ...whole.classification,
      form: lead.classification.form,
      tasks: [...strongest(answers.flatMap((one) => one.tasks))].slice(0, MOST_TASKS),
      candidates: [...candidates],
      categories: [...categoriesOf(parts)],
      flags: [`COLLECTION:${parts.length}`, ...new Set([...whole.classification.flags, ...flags])],
    },
    parts,
  };
};
