/** Makes the next version of a catalogue out of one version and what an office changes of its words. */
import { type Catalogue, shortCode, type Task } from '../domain/catalogue.ts';
import type { CatalogueEdits, LabelEdit } from '../domain/catalogue-edits.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { SchemeCode } from '../domain/scheme.ts';
import { categoryLabels } from './category-labels.ts';

const EDITABLE = ['scope', 'typicalEvidence', 'notThis'] as const;
type Words = Pick<Task, (typeof EDITABLE)[number]>;

const wordsOf = ({ scope, typicalEvidence, notThis }: Words): Words => ({
  scope,
  typicalEvidence,
  notThis,
});

/** Keys stand in the order of the schema on both sides. */
const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** By what a caller may write; null where one is named twice. */
const byCode = (
  edits: readonly LabelEdit[],
  fullCode: (code: string) => string | undefined,
): Result<ReadonlyMap<string, LabelEdit>, Refusal> => {
  const found = new Map<string, LabelEdit>();
  for (const edit of edits) {
    const code = fullCode(edit.code);
    if (code === undefined) return refuse(refusal('NO_SUCH_CODE', edit.code.slice(0, 40)));
    if (found.has(code)) return refuse(refusal('BAD_REQUEST', `${code}: named twice`));
    found.set(code, edit);
  }
  return accept(found);
};

const edited = <T extends Words>(label: T, edit: LabelEdit | undefined): T =>
  edit === undefined
    ? label
    : {
        ...label,
        scope: edit.scope ?? label.scope,
        typicalEvidence: edit.typicalEvidence ?? label.typicalEvidence,
        notThis: edit.notThis ?? label.notThis,
      };

/** Only what differs from the scheme is kept in the catalogue. */
const ownWords = (after: readonly SchemeCode[]): Catalogue['categories'] => {
  const shipped = new Map(categoryLabels().map((label) => [label.code, wordsOf(label)]));
  const own = after
    .map((label) => ({ code: label.code, ...wordsOf(label) }))
    .filter(({ code, ...words }) => !same(words, shipped.get(code)));
  return own.length === 0 ? undefined : own;
};

/** Refuses with NO_SUCH_CODE, or BAD_REQUEST where a code is named twice or nothing changes. */
export const applyEdits = (
  catalogue: Catalogue,
  edits: CatalogueEdits,
  version: number,
): Result<Catalogue, Refusal> => {
  const taskOf = (code: string) =>
    catalogue.tasks.find((task) => task.code === code || shortCode(task.code) === code)?.code;
  const tasks = byCode(edits.tasks, taskOf);
  if (!tasks.ok) return tasks;
  const known = categoryLabels(catalogue.categories);
  const categories = byCode(
    edits.categories,
    (code) => known.find((label) => label.code === code)?.code,
  );
  if (!categories.ok) return categories;
  const { categories: before, ...rest } = catalogue;
  const own = ownWords(known.map((label) => edited(label, categories.value.get(label.code))));
  const next: Catalogue = {
    ...rest,
    version,
    editOf: catalogue.version,
    tasks: catalogue.tasks.map((task) => edited(task, tasks.value.get(task.code))),
    ...(own === undefined ? {} : { categories: own }),
  };
  const unchanged = same(next.tasks, catalogue.tasks) && same(own, before);
  return unchanged
    ? refuse(refusal('BAD_REQUEST', '没有任何改动 / nothing changes'))
    : accept(next);
};
