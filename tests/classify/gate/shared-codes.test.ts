import { expect, test } from 'vitest';
import { donghu2021 } from '../../../shared/catalogue/donghu-2021.ts';
import type { Answered } from '../../../shared/classify/gate/judged.ts';
import { sharedCodes } from '../../../shared/classify/gate/shared-codes.ts';
import type { Catalogue } from '../../../shared/domain/catalogue.ts';

/** The same table of a later year: tasks numbered from 1 anew, some left out. */
const later = (leftOut: readonly string[] = []): Catalogue => ({
  ...donghu2021,
  catalogueId: 'dh2022',
  tasks: donghu2021.tasks
    .filter(({ code }) => !leftOut.includes(code))
    .map((task, at) => ({
      ...task,
      number: at + 1,
      code: `dh2022:T${String(at + 1).padStart(2, '0')}`,
    })),
});

const answer = (...codes: readonly string[]): Answered => ({
  tags: codes.map((code) => ({ code, score: 0.9 })),
  scores: codes.map((code) => ({ code, score: 0.9 })),
  category: 'C07',
});

test('two versions of one catalogue share the codes that both have', () => {
  const fewer = {
    ...donghu2021,
    version: 2,
    tasks: donghu2021.tasks.filter(({ code }) => code !== 'dh2021:T07'),
  };
  const codes = sharedCodes(fewer, donghu2021);
  expect(codes.shared.has('dh2021:T06')).toBe(true);
  expect(codes.apart).toEqual(['dh2021:T07']);
  expect(codes.ofPack.get('budget')).toBe('dh2021:T06');
  expect(codes.ofPack.has('debt')).toBe(false);
  expect(codes.fromActive(answer('dh2021:T07'))).toEqual(answer('dh2021:T07'));
  expect(sharedCodes(donghu2021, fewer).apart).toEqual(['dh2021:T07']);
});

test('a task that an edit takes its rules from is still the right answer, so that the loss shows', () => {
  const worn = {
    ...donghu2021,
    version: 2,
    tasks: donghu2021.tasks.map((task) =>
      task.code === 'dh2021:T06'
        ? { ...task, title: '某项工作', requirement: '按要求办理。' }
        : task,
    ),
  };
  const codes = sharedCodes(worn, donghu2021);
  expect(codes.ofPack.get('budget')).toBe('dh2021:T06');
  expect(codes.unknown).not.toContain('dh2021:T06');
});

test('a task that no rules know in either version is not held against anybody on what ships', () => {
  const [first] = donghu2021.tasks;
  if (first === undefined) throw new Error('no tasks');
  const own = {
    ...first,
    code: 'dh2021:T90',
    number: 90,
    title: '路灯亮化',
    requirement: '巡查路灯。',
  };
  const more = (version: number): Catalogue => ({
    ...donghu2021,
    version,
    tasks: [...donghu2021.tasks, own],
  });
  expect(sharedCodes(more(2), more(3)).unknown).toEqual(['dh2021:T90']);
  expect(sharedCodes(more(2), donghu2021)).toMatchObject({ apart: ['dh2021:T90'], unknown: [] });
});

test('of different tables the answers in force are said in the codes of the candidate', () => {
  const codes = sharedCodes(later(['dh2021:T07']), donghu2021);
  const budget = codes.ofPack.get('budget') ?? '';
  expect(budget).toMatch(/^dh2022:/u);
  expect(codes.fromActive(answer('dh2021:T06', 'dh2021:T07'))).toEqual(answer(budget));
  expect(codes.shared.size).toBe(19);
});

test('a task that only the table in force has counts for nobody', () => {
  const codes = sharedCodes(donghu2021, later(['dh2021:T07']));
  expect(codes.apart).toEqual(['dh2021:T07']);
  expect(codes.ofPack.has('debt')).toBe(false);
});
