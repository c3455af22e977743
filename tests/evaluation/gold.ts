/** Reads gold from the handed material and turns each text into what classification is given, the way the product does. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { DocumentToClassify } from '../../shared/classify/classify.ts';
import { recognise } from '../../shared/gongwen/recognise.ts';
import { extract } from '../../shared/text/extract.ts';

const goldSchema = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  tasks: z.array(z.string()),
  tasks_optional: z.array(z.string()),
  categories_ok: z.array(z.string()),
  attr_ok: z.array(z.string()),
  form_ok: z.array(z.string()),
});
export type Gold = z.infer<typeof goldSchema>;

export interface Prepared {
  readonly gold: Gold;
  readonly document: DocumentToClassify;
}

export const referenceFolder = (): string =>
  process.env['GONGKAI_REFERENCE'] ?? join(import.meta.dirname, '../../../shared');

export const readGold = (name: 'documents' | 'titles'): readonly Gold[] | null => {
  const path = join(referenceFolder(), 'gold', `${name}.jsonl`);
  if (!existsSync(path)) return null;
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => goldSchema.parse(JSON.parse(line)));
};

/** The text alone goes in, as the bytes of a txt file: no title, no number, no labels. */
export const documentOf = async (text: string): Promise<DocumentToClassify> => {
  const read = await extract(new TextEncoder().encode(text), 'document.txt');
  if (!read.ok) throw new Error(`A gold text was refused: ${read.error.kind}`);
  return { text: read.value, elements: recognise(read.value) };
};

export const prepare = async (
  name: 'documents' | 'titles',
): Promise<readonly Prepared[] | null> => {
  const gold = readGold(name);
  if (gold === null) return null;
  const prepared: Prepared[] = [];
  for (const one of gold) prepared.push({ gold: one, document: await documentOf(one.text) });
  return prepared;
};
