import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { workerLearningQueue } from '../../../shared/adapters/worker/worker-learning-queue.ts';
import { learningJobSchema } from '../../../shared/domain/learning-job.ts';
import type { LearningJob } from '../../../shared/ports.ts';
import { learningQueueContract } from '../../contracts/learning-queue-contract.ts';

const entry = new URL('./learning-entry.ts', import.meta.url);

const train = (catalogueId: string, actor = 'system'): LearningJob => ({
  kind: 'train',
  catalogueId,
  actor,
});

const aQueue = (at: URL = entry) => {
  const lines: Record<string, unknown>[] = [];
  const queue = workerLearningQueue({
    entry: at,
    home: '/home/gongkai',
    memoryLimitMb: 48,
    log: { write: (code, fields) => void lines.push({ code, ...fields }) },
  });
  const phases = () =>
    lines.flatMap((line) => ('phase' in line ? [`${line['name']} ${line['phase']}`] : []));
  return { queue, lines, phases };
};

learningQueueContract('worker threads', async () => {
  const { queue, lines } = aQueue();
  const received = async (): Promise<readonly LearningJob[]> => {
    await queue.idle();
    return lines
      .filter(({ phase }) => phase === 'ends')
      .map(({ job }) => learningJobSchema.parse(JSON.parse(String(job))));
  };
  return { queue, received };
});

test('jobs run one at a time, in the order they came, over the home they are given', async () => {
  const { queue, lines, phases } = aQueue();
  for (const name of ['first', 'second']) await queue.send(train(name));
  await queue.send({ kind: 'judge', releaseId: 'third' });
  await queue.idle();
  expect(phases()).toEqual(
    ['first', 'second', 'third'].flatMap((name) => [`${name} begins`, `${name} ends`]),
  );
  for (const line of lines)
    expect(line).toMatchObject({ code: 'MODEL_TRAINED', home: '/home/gongkai' });
});

test('a job equal to one that waits runs once; one that came while it ran runs again', async () => {
  const { queue, phases } = aQueue();
  await queue.send(train('busy'));
  for (let n = 0; n < 3; n += 1) await queue.send(train('same'));
  await queue.send(train('same', 'lead-1'));
  await expect.poll(phases).toContain('same begins');
  await queue.send(train('same'));
  await queue.idle();
  expect(phases().filter((phase) => phase === 'same begins')).toHaveLength(3);
});

test.each([
  ['throws', 'RangeError'],
  ['exits', 'exit 3'],
  ['swells', 'out of memory'],
])(
  'a thread that %s is logged without any word of its fault, and the next job runs',
  async (name, error) => {
    const { queue, lines, phases } = aQueue();
    await queue.send(train(name));
    await queue.send(train('next'));
    await queue.idle();
    expect(phases()).toEqual([`${name} begins`, 'next begins', 'next ends']);
    expect(lines).toContainEqual({ code: 'RECORD_FAILED', job: 'train', error });
    expect(JSON.stringify(lines)).not.toContain('某人');
  },
);

test('a thread that cannot start is logged, and the queue goes on', async () => {
  const { queue, lines } = aQueue(new URL('./no-such-entry.ts', import.meta.url));
  await queue.send(train('any'));
  await queue.idle();
  expect(lines).toEqual([{ code: 'RECORD_FAILED', job: 'train', error: 'Error' }]);
  await queue.send(train('any'));
  await queue.idle();
  expect(lines).toHaveLength(2);
});

test('what a thread sends beside lines to log is passed over', async () => {
  const { queue, phases } = aQueue();
  await queue.send(train('odd'));
  await queue.idle();
  expect(phases()).toEqual(['odd begins', 'odd ends']);
});

test('the process goes on with its own work while a thread computes', async () => {
  const { queue, phases } = aQueue();
  await queue.send(train('spins'));
  await expect.poll(phases).toContain('spins begins');
  let turns = 0;
  while (!phases().includes('spins ends')) {
    await pause(10);
    turns += 1;
  }
  expect(turns).toBeGreaterThan(3);
});

test('closing waits for what is under way and waits, and takes nothing more', async () => {
  const { queue, phases } = aQueue();
  await queue.send(train('first'));
  await queue.send(train('second'));
  const closed = queue.close();
  await expect(queue.send(train('late'))).rejects.toThrow(/closed/u);
  await closed;
  expect(phases()).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  await queue.idle();
});
