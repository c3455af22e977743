import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inProcessQueue } from '../../../shared/adapters/local/in-process-queue.ts';
import { queueContract } from '../../contracts/queue-contract.ts';

queueContract('the process', async () => {
  const seen: string[] = [];
  const handle = async (id: string): Promise<void> => {
    seen.push(id);
  };
  const queue = inProcessQueue(handle, { concurrency: 3, retries: 0 });
  return {
    queue,
    received: async () => {
      await queue.idle();
      return seen;
    },
  };
});

test('no more are worked on at a time than allowed, and as many as allowed are', async () => {
  let running = 0;
  let most = 0;
  const handle = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await pause(5);
    running -= 1;
  };
  const queue = inProcessQueue(handle, { concurrency: 3, retries: 0 });
  for (let n = 0; n < 20; n += 1) await queue.send(`doc-${n}`);
  await queue.idle();
  expect(most).toBe(3);
});

test('a document that fails twice and then succeeds is done, after growing pauses', async () => {
  const tries: number[] = [];
  const handle = async (): Promise<void> => {
    tries.push(performance.now());
    if (tries.length < 3) throw new Error('not yet');
  };
  const queue = inProcessQueue(handle, { concurrency: 1, retries: 2, pauseMs: 40 });
  await queue.send('doc-1');
  await queue.idle();
  expect(tries).toHaveLength(3);
  const [first = 0, second = 0, third = 0] = tries;
  expect(second - first).toBeGreaterThanOrEqual(38);
  expect(third - second).toBeGreaterThanOrEqual(78);
  expect(queue.dead()).toEqual([]);
});

test('a document that fails for good is kept by name, holds up no other, and can be sent again', async () => {
  let broken = true;
  const done: string[] = [];
  const told: unknown[] = [];
  const handle = async (id: string): Promise<void> => {
    if (id === 'bad' && broken) throw new Error('for good');
    done.push(id);
  };
  const queue = inProcessQueue(handle, {
    concurrency: 1,
    retries: 1,
    pauseMs: 1,
    onDead: (id, fault) => told.push([id, fault]),
  });
  await queue.send('bad');
  await queue.send('good');
  await queue.idle();
  expect(done).toEqual(['good']);
  expect(queue.dead()).toEqual(['bad']);
  expect(told).toEqual([['bad', new Error('for good')]]);
  broken = false;
  expect(queue.redrive()).toBe(1);
  await queue.idle();
  expect(done).toEqual(['good', 'bad']);
  expect(queue.dead()).toEqual([]);
});
