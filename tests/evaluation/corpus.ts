/** A labelled sample of the corpus: real texts and titles that stand in no gold, labelled from the guideline before any classifier saw them. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { documentOf, type Prepared, referenceFolder } from './gold.ts';

const labelledSchema = z.object({
  set: z.enum(['documents', 'titles']),
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  form: z.string(),
  formsOk: z.array(z.string()),
  tasks: z.array(z.string()),
  tasksOptional: z.array(z.string()),
  category: z.string(),
  categoriesOk: z.array(z.string()),
  attr: z.string(),
  attrOk: z.array(z.string()),
});
type Labelled = z.infer<typeof labelledSchema>;

/** Rules may be mended on half A. Of half B nobody looks at more than the figures. */
export type Half = 'A' | 'B';

export const halfOf = (sha256: string): Half =>
  Number.parseInt(sha256.slice(0, 1), 16) % 2 === 0 ? 'A' : 'B';

const labels = (): readonly Labelled[] =>
  z
    .array(labelledSchema)
    .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'corpus-labels.json'), 'utf8')));

const entrySchema = z.object({ title: z.string(), text: z.string().optional() });
type Entry = z.infer<typeof entrySchema>;

/** Texts of documents, titles of titles, by the sha256 of their UTF-8; null where the material is absent. */
const entriesOf = (set: Labelled['set']): ReadonlyMap<string, Entry> | null => {
  const path = join(referenceFolder(), 'corpus', `${set}.jsonl.gz`);
  if (!existsSync(path)) return null;
  const entries = gunzipSync(readFileSync(path))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => entrySchema.parse(JSON.parse(line)));
  return new Map(
    entries.map((entry) => {
      const known = set === 'documents' ? (entry.text ?? '') : entry.title;
      return [createHash('sha256').update(known).digest('hex'), entry];
    }),
  );
};

const preparedOf = async (labelled: Labelled, entry: Entry): Promise<Prepared> => {
  const text = labelled.set === 'documents' ? (entry.text ?? '') : entry.title;
  return {
    document: await documentOf(text),
    gold: {
      id: `${labelled.set} ${labelled.sha256.slice(0, 8)} ${entry.title}`,
      title: entry.title,
      text,
      tasks: labelled.tasks,
      tasks_optional: labelled.tasksOptional,
      categories_ok: [labelled.category, ...labelled.categoriesOk],
      attr_ok: [labelled.attr, ...labelled.attrOk],
      form_ok: [labelled.form, ...labelled.formsOk],
    },
  };
};

/** The labelled documents or titles of one half; null where the corpus is absent. A label whose text is gone is a fault. */
export const prepareCorpus = async (
  set: Labelled['set'],
  half: Half,
): Promise<readonly Prepared[] | null> => {
  const entries = entriesOf(set);
  if (entries === null) return null;
  const prepared: Prepared[] = [];
  for (const labelled of labels()) {
    if (labelled.set !== set || halfOf(labelled.sha256) !== half) continue;
    const entry = entries.get(labelled.sha256);
    if (entry === undefined) throw new Error(`Nothing in the corpus for ${labelled.sha256}`);
    prepared.push(await preparedOf(labelled, entry));
  }
  return prepared;
};
