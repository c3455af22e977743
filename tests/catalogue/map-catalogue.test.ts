import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalogueRows } from '../../shared/catalogue/catalogue-table.ts';
import { suggestMapping } from '../../shared/catalogue/map-catalogue.ts';
import type { Catalogue } from '../../shared/domain/catalogue.ts';

const catalogueOf = (id: string, tasks: readonly (readonly [string, string])[]): Catalogue => ({
  catalogueId: id,
  version: 1,
  title: '任务分解表',
  issuer: '',
  documentNumber: null,
  year: 2030,
  tasks: tasks.map(([title, requirement], at) => ({
    code: `${id}:T0${at + 1}`,
    number: at + 1,
    title,
    requirement,
    sectionPath: ['一、抓公开', '（一）抓栏目'],
    leadUnits: [],
    responsibleUnits: ['党政办', '信访办'],
    deadline: null,
    scope: '',
    typicalEvidence: [],
    notThis: [],
  })),
});

test('a task goes on as the task with the most alike words; an unlike one is left unticked', () => {
  const old = catalogueOf('a30', [
    ['更新公开栏', '每月在公开栏更新一次'],
    ['答复群众来信', '三日内答复并登记'],
    ['组织消防演练', '每季一次'],
  ]);
  const next = catalogueOf('a31', [
    ['答复群众来信来访', '两日内答复并登记'],
    ['更新公开栏内容', '每周在公开栏更新一次'],
  ]);
  const pairs = suggestMapping(old, next);
  expect(pairs.map(({ from, to, ticked }) => [from, to, ticked])).toEqual([
    ['a30:T01', 'a31:T02', true],
    ['a30:T02', 'a31:T01', true],
    ['a30:T03', pairs[2]?.to, false],
  ]);
  expect(pairs[2]?.score).toBeLessThan(0.3);
});

test('the score is the cosine of the bigram counts', () => {
  const old = catalogueOf('a30', [['公开栏', '']]);
  const next = catalogueOf('a31', [['公开信', '']]);
  expect(suggestMapping(old, next)[0]?.score).toBeCloseTo(0.5, 10);
});

test('two old tasks may point to one new task, and only the better of them is ticked', () => {
  const old = catalogueOf('a30', [
    ['更新公开栏', '每月一次'],
    ['更新公开栏内容', '每月一次'],
  ]);
  const next = catalogueOf('a31', [['更新公开栏', '每月一次']]);
  expect(suggestMapping(old, next).map(({ to, ticked }) => [to, ticked])).toEqual([
    ['a31:T01', true],
    ['a31:T01', false],
  ]);
});

test('scores lie between 0 and 1 whatever the words', () => {
  const words = fc.tuple(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(fc.array(words, { minLength: 1, maxLength: 4 }), (tasks) => {
      const catalogue = catalogueOf('a30', tasks);
      for (const { score, to, ticked } of suggestMapping(catalogue, catalogue)) {
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(to === null ? ticked : false).toBe(false);
      }
    }),
  );
});

test('a catalogue as rows: one a task, lists as one line', () => {
  expect(catalogueRows(catalogueOf('a30', [['更新公开栏', '每月一次']]))).toEqual([
    {
      number: '1',
      code: 'T01',
      section: '一、抓公开＞（一）抓栏目',
      title: '更新公开栏',
      leadUnits: '',
      responsibleUnits: '党政办、信访办',
      requirement: '每月一次',
      deadline: '',
    },
  ]);
});
