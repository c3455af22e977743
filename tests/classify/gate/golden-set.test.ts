import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { disclosureScheme } from '../../../shared/catalogue/disclosure-scheme.ts';
import { donghu2021 } from '../../../shared/catalogue/donghu-2021.ts';
import { goldenSet } from '../../../shared/classify/gate/golden-set.ts';
import { packs } from '../../../shared/classify/packs.ts';
import { packsOf } from '../../../shared/classify/tasks.ts';
import { shortCode } from '../../../shared/domain/catalogue.ts';

const dueSchema = z.object({
  title: z.string().nullable(),
  state: z.string(),
  tasks: z.array(z.string()),
  category: z.string(),
  categoriesOk: z.array(z.string()),
});

const dueOf = (id: string): z.infer<typeof dueSchema> => {
  const path = join(import.meta.dirname, '../../../fixtures/expected', `${id}.json`);
  return dueSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
};

const bare = (text: string): string => text.replace(/[\s\p{P}]/gu, '');

test('holds enough papers of the invented office for a gate, each once', () => {
  const ids = goldenSet().map(({ id }) => id);
  expect(ids.length).toBeGreaterThanOrEqual(60);
  expect(new Set(ids).size).toBe(ids.length);
});

test('says of each paper what its labels say, in names that hold for any table', () => {
  const codeOf = new Map([...packsOf(donghu2021)].map(([code, { pack }]) => [pack, code]));
  for (const { id, tasks, categories } of goldenSet()) {
    const due = dueOf(id);
    expect(due.state, id).toBe('proposed');
    expect(
      tasks.map((pack) => shortCode(codeOf.get(pack) ?? pack)),
      id,
    ).toEqual(due.tasks);
    expect(categories[0], id).toBe(due.category);
    expect([...categories].sort(), id).toEqual(
      [...new Set([due.category, ...due.categoriesOk])].sort(),
    );
  }
});

test('holds the words of each paper, its title among them', () => {
  for (const { id, text } of goldenSet()) {
    const { title } = dueOf(id);
    if (title !== null) expect(bare(text), id).toContain(bare(title));
    expect(text.length, id).toBeGreaterThan(60);
  }
});

test('every rule pack is the right answer somewhere, and every name is known', () => {
  const named = new Set(goldenSet().flatMap(({ tasks }) => tasks));
  expect([...named].sort()).toEqual(
    packs()
      .map(({ pack }) => pack)
      .sort(),
  );
  const known = new Set(disclosureScheme.codes.map(({ code }) => code));
  for (const { categories } of goldenSet())
    for (const code of categories) expect(known).toContain(code);
});
