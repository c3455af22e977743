import fc from 'fast-check';
import { expect, test } from 'vitest';
import { learningJobIn } from '../../../functions/train-model/event.ts';
import type { LearningJob } from '../../../shared/ports.ts';

const RELEASE = `yx2026.2.${'a'.repeat(64)}`;
const JOBS: readonly LearningJob[] = [
  { kind: 'train', catalogueId: 'yx2026', actor: 'lead-1' },
  { kind: 'judge', releaseId: RELEASE },
];

test.each(JOBS)('a $kind job is read as it was sent', (job) => {
  expect(learningJobIn(JSON.stringify(job))).toEqual(job);
});

test('what else a message says is not passed on', () => {
  const [job] = JOBS;
  expect(learningJobIn(JSON.stringify({ ...job, extra: 'x' }))).toEqual(job);
});

test.each([
  ['no JSON', 'train yx2026'],
  ['no object', '[]'],
  ['another kind', { kind: 'forget', catalogueId: 'yx2026', actor: 'lead-1' }],
  ['no actor', { kind: 'train', catalogueId: 'yx2026' }],
  ['an empty actor', { kind: 'train', catalogueId: 'yx2026', actor: '' }],
  ['a path for a catalogue', { kind: 'train', catalogueId: '../x', actor: 'lead-1' }],
  ['a path for a release', { kind: 'judge', releaseId: 'yx2026.1.../../x' }],
  ['no version', { kind: 'judge', releaseId: 'yx2026.m1' }],
])('a message with %s is a fault', (_, body) => {
  expect(() => learningJobIn(typeof body === 'string' ? body : JSON.stringify(body))).toThrow();
});

test('no message whatever hangs, and none that is not a job is taken for one', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
      expect(() => learningJobIn(body)).toThrow();
    }),
  );
});
