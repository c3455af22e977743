/** What every queue towards learning has to keep. */
import { describe, expect, test } from 'vitest';
import type { LearningJob, LearningQueue } from '../../shared/ports.ts';

export interface Learning {
  readonly queue: LearningQueue;
  /** The jobs that came out until now, in any order; waits until all that was sent is out. */
  readonly received: () => Promise<readonly LearningJob[]>;
}

const JOBS: readonly LearningJob[] = [
  { kind: 'train', catalogueId: 'yx2026', actor: '"主任" 一号\\' },
  { kind: 'train', catalogueId: 'yx2027', actor: 'system' },
  { kind: 'judge', releaseId: `yx2026.2.${'a'.repeat(64)}` },
];

const named = (jobs: readonly LearningJob[]): string[] =>
  [...new Set(jobs.map((job) => JSON.stringify(job)))].sort();

export const learningQueueContract = (name: string, make: () => Promise<Learning>): void => {
  describe(`learning queue over ${name}`, () => {
    test('every job that is sent comes out as it was', async () => {
      const { queue, received } = await make();
      await Promise.all(JOBS.map((job) => queue.send(job)));
      expect(named(await received())).toEqual(named(JOBS));
    });

    test('a job sent twice comes out at least once', async () => {
      const { queue, received } = await make();
      const [job] = JOBS.slice(2);
      if (job === undefined) throw new Error('no job');
      await queue.send(job);
      await queue.send(job);
      expect(named(await received())).toEqual(named([job]));
    });
  });
};
