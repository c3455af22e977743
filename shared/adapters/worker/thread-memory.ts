/** Looks at what a thread holds, while it computes too. */
import type { Worker } from 'node:worker_threads';

const MEGABYTE = 1024 * 1024;
const LOOK_EVERY_MS = 50;

/** Heap and buffers of the thread, also while it computes; 0 where this Node cannot tell. */
const memoryOf = async (worker: Worker): Promise<number> => {
  if (typeof worker.getHeapStatistics !== 'function') return 0;
  const { used_heap_size: heap, external_memory: external } = await worker.getHeapStatistics();
  return heap + external;
};

/** Ends a thread in which a large file left much behind: it would count against the next one. */
export const isLean = async (worker: Worker, memoryLimitMb: number): Promise<boolean> => {
  // A thread that has ended meanwhile tells nothing.
  const bytes = await memoryOf(worker).catch(() => Number.POSITIVE_INFINITY);
  if (bytes < (memoryLimitMb * MEGABYTE) / 2) return true;
  await worker.terminate();
  return false;
};

/** Calls `exceeded` once the thread holds more than its limit, until stopped. */
export const watchMemory = (
  worker: Worker,
  memoryLimitMb: number,
  exceeded: () => void,
): (() => void) => {
  let isStopped = false;
  const timer = setInterval(() => {
    memoryOf(worker).then(
      (bytes) => {
        if (!isStopped && bytes > memoryLimitMb * MEGABYTE) exceeded();
      },
      // The thread has ended meanwhile: its exit is answered elsewhere.
      () => undefined,
    );
  }, LOOK_EVERY_MS);
  return () => {
    isStopped = true;
    clearInterval(timer);
  };
};
