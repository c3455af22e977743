/** A worker entry that does what its file is named after, and reads all other files as the real one does. */
import { parentPort } from 'node:worker_threads';
import type { ReadingRequest } from '../../../shared/text/answer-in-thread.ts';

const held: unknown[] = [];

const misdeeds: Record<string, () => void> = {
  'spin.txt': () => {
    for (;;) held.length = 0;
  },
  'heap.txt': () => {
    for (;;) held.push(new Array(10_000).fill({}));
  },
  'buffers.txt': () => {
    for (;;) held.push(Buffer.alloc(1024 * 1024, 1));
  },
  'exit.txt': () => process.exit(3),
  'forget.txt': () => {
    void Promise.reject(new Error('an object asked for ahead is broken'));
  },
  // 80 MB that stay; a thread that is kept would hold twice as much at the next file.
  'garbage.txt': () => {
    held.push(Buffer.alloc(80 * 1024 * 1024, 1));
  },
  'print.txt': () => {
    // biome-ignore lint/suspicious/noConsole: what libraries do is what is tested here
    console.warn('a line of the document');
    process.stdout.write('a line of the document\n');
  },
};

// Registered before the real entry: a misdeed happens first.
parentPort?.on('message', (request: ReadingRequest) => misdeeds[request.fileName]?.());
await import('../../../shared/text/extract-worker.ts');
