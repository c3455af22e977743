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

/** Drawn and labelled later, without an attribute. */
const laterSchema = labelledSchema
  .omit({ attr: true, attrOk: true })
  .extend({ sample: z.enum(['C', 'D']) });
type Labelled = z.infer<typeof labelledSchema>;

/**
 * Rules may be mended on half A and on sample C. Of half B nobody looks at more than the figures. On sample D no rule is
 * mended: it tells the fit how sure a tag may be.
 */
export type Half = 'A' | 'B' | 'C' | 'D';

export const halfOf = (sha256: string): 'A' | 'B' =>
  Number.parseInt(sha256.slice(0, 1), 16) % 2 === 0 ? 'A' : 'B';

const written = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'));

/** `attrOk` is empty where nobody labelled the attribute. */
const labels = (half: Half): readonly (Omit<Labelled, 'attr'> & { attr: string | null })[] =>
  half === 'A' || half === 'B'
    ? z
        .array(labelledSchema)
        .parse(written('corpus-labels.json'))
        .filter(({ sha256 }) => halfOf(sha256) === half)
    : z
        .array(laterSchema)
        .parse(written('corpus-labels-later.json'))
        .filter(({ sample }) => sample === half)
        .map((one) => ({ ...one, attr: null, attrOk: [] }));

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

const preparedOf = async (
  labelled: ReturnType<typeof labels>[number],
  entry: Entry,
  half: Half,
): Promise<Prepared> => {
  const text = labelled.set === 'documents' ? (entry.text ?? '') : entry.title;
  return {
    document: await documentOf(text),
    gold: {
      id: `${half} ${labelled.set} ${labelled.sha256.slice(0, 8)} ${entry.title}`,
      title: entry.title,
      text,
      tasks: labelled.tasks,
      tasks_optional: labelled.tasksOptional,
      categories_ok: [labelled.category, ...labelled.categoriesOk],
      attr_ok: labelled.attr === null ? [] : [labelled.attr, ...labelled.attrOk],
      form_ok: [labelled.form, ...labelled.formsOk],
    },
  };
};

/** The labelled documents or titles of one half or sample; null where the corpus is absent. A label whose text is gone is a fault. */
export const prepareCorpus = async (
  set: Labelled['set'],
  half: Half,
): Promise<readonly Prepared[] | null> => {
  const entries = entriesOf(set);
  if (entries === null) return null;
  const prepared: Prepared[] = [];
  for (const labelled of labels(half)) {
    if (labelled.set !== set) continue;
    const entry = entries.get(labelled.sha256);
    if (entry === undefined) throw new Error(`Nothing in the corpus for ${labelled.sha256}`);
    prepared.push(await preparedOf(labelled, entry, half));
  }
  return prepared;
};
