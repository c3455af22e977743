import { expect, test } from 'vitest';
import { disclosureScheme } from '../../../shared/catalogue/disclosure-scheme.ts';
import { donghu2021 } from '../../../shared/catalogue/donghu-2021.ts';
import { defaultArtefact } from '../../../shared/classify/artefact.ts';
import { classify } from '../../../shared/classify/classify.ts';
import { mustNotCases, outcomeOf } from '../../../shared/classify/gate/must-not.ts';
import { packs } from '../../../shared/classify/packs.ts';
import type { Classification, Tag } from '../../../shared/domain/classification.ts';
import { documentOf } from '../../evaluation/gold.ts';

const cases = mustNotCases();

test('there are at least twenty, each once, and each rules out something that exists', () => {
  expect(cases.length).toBeGreaterThanOrEqual(20);
  expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  const known = new Set([
    'any-task',
    ...packs().flatMap(({ pack }) => [pack, `first:${pack}`]),
    ...disclosureScheme.codes.map(({ code }) => code),
  ]);
  for (const { id, mustNot } of cases)
    for (const name of mustNot) expect(known, id).toContain(name);
});

test.each(cases)('what ships does not tag wrongly: $id', async (one) => {
  const said = classify(await documentOf(one.text), donghu2021, defaultArtefact);
  expect({
    ...outcomeOf(one, said, donghu2021),
    tasks: said.tasks.map(({ code }) => code),
    category: said.categories[0]?.code,
  }).toMatchObject({ id: one.id, passed: true });
});

const tag = (code: string): Tag => ({
  code,
  score: 0.9,
  calibrated: true,
  band: 'likely',
  evidence: [],
  rules: [],
  reasons: [],
});

const saying = (tasks: readonly string[], categories: readonly string[]): Classification => ({
  form: { code: 'F03', score: null, rules: [] },
  tasks: tasks.map(tag),
  candidates: [],
  categories: categories.map(tag),
  attribute: { declared: 'A0', recommended: 'A1', grounds: [], evidence: [] },
  flags: [],
  versions: { catalogue: '', model: '' },
});

test.each([
  { mustNot: ['subsidy'], tasks: ['dh2021:T13', 'dh2021:T08'], passed: false },
  { mustNot: ['subsidy'], tasks: ['dh2021:T13'], passed: true },
  { mustNot: ['first:subsidy'], tasks: ['dh2021:T13', 'dh2021:T08'], passed: true },
  { mustNot: ['first:subsidy'], tasks: ['dh2021:T08', 'dh2021:T13'], passed: false },
  { mustNot: ['any-task'], tasks: ['dh2021:T13'], passed: false },
  { mustNot: ['any-task'], tasks: [], passed: true },
  { mustNot: ['C11'], tasks: [], passed: false },
  { mustNot: ['C01'], tasks: [], passed: true },
])('$mustNot against $tasks with C11 before C01: $passed', ({ mustNot, tasks, passed }) => {
  const one = { id: 'x', text: 'x', mustNot, because: { zh: '甲', en: 'a' } };
  expect(outcomeOf(one, saying(tasks, ['C11', 'C01']), donghu2021).passed).toBe(passed);
});
