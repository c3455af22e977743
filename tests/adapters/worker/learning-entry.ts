/** A learning thread that does what the name of its catalogue says. */
import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type {
  LearningLine,
  LearningRequest,
} from '../../../shared/adapters/worker/worker-learning-queue.ts';

const { home, job } = workerData as LearningRequest;
const name = job.kind === 'train' ? job.catalogueId : job.releaseId;

const say = (phase: string): void => {
  const line: LearningLine = {
    code: 'MODEL_TRAINED',
    fields: { name, phase, home, job: JSON.stringify(job) },
  };
  parentPort?.postMessage(line);
};

say('begins');
// biome-ignore lint/suspicious/noConsole: what libraries do is what is tested here
console.log('printed of 某人');
if (name.startsWith('spins')) for (const end = Date.now() + 300; Date.now() < end; );
await pause(20);
if (name.startsWith('throws')) throw new RangeError('of 某人');
if (name.startsWith('exits')) process.exit(3);
if (name.startsWith('odd')) parentPort?.postMessage('no line');
if (name.startsWith('swells')) {
  const held: number[][] = [];
  for (;;) held.push(Array.from({ length: 1_000_000 }, () => Math.random()));
}
say('ends');
