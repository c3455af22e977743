/** The papers of the invented office with their labels, prepared as the gold is: for machines without the handed material. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { recognise } from '../../shared/gongwen/recognise.ts';
import { screen } from '../../shared/screening/screen.ts';
import { extract } from '../../shared/text/extract.ts';
import type { Prepared } from './gold.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');

const expectedSchema = z.object({
  file: z.string(),
  state: z.string(),
  form: z.string().default(''),
  formsOk: z.array(z.string()).default([]),
  tasks: z.array(z.string()).default([]),
  tasksOptional: z.array(z.string()).default([]),
  category: z.string().default(''),
  categoriesOk: z.array(z.string()).default([]),
  attribute: z
    .object({ recommended: z.string(), recommendedOk: z.array(z.string()).default([]) })
    .default({ recommended: '', recommendedOk: [] }),
});

/** Those of the papers that are to be proposed; each is read from its file, in its format. */
export const preparePapers = async (): Promise<readonly Prepared[]> => {
  const prepared: Prepared[] = [];
  for (const name of readdirSync(join(FIXTURES, 'expected')).sort()) {
    const due = expectedSchema.parse(
      JSON.parse(readFileSync(join(FIXTURES, 'expected', name), 'utf8')),
    );
    if (due.state !== 'proposed') continue;
    const read = await extract(readFileSync(join(FIXTURES, 'documents', due.file)), due.file);
    if (!read.ok) throw new Error(`${due.file} was refused: ${read.error.kind}`);
    const text = read.value;
    const elements = recognise(text, due.file);
    const { personal } = screen(text, elements);
    prepared.push({
      document: { text, elements, personal },
      gold: {
        id: due.file,
        title: due.file,
        text: text.text,
        tasks: due.tasks,
        tasks_optional: due.tasksOptional,
        categories_ok: [due.category, ...due.categoriesOk],
        attr_ok: [due.attribute.recommended, ...due.attribute.recommendedOk],
        form_ok: [due.form, ...due.formsOk],
      },
    });
  }
  return prepared;
};
