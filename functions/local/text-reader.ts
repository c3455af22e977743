/** The reader of files on one machine: workers with limits of time and memory, so that one bad file stops nothing else. */
import { workerTextReader } from '../../shared/adapters/worker/worker-text-reader.ts';

const TIME_LIMIT_MS = 60_000;
const MEMORY_LIMIT_MB = 1024;

export const localTextReader = (workers: number): ReturnType<typeof workerTextReader> =>
  workerTextReader({
    entry: new URL('../../shared/text/extract-worker.ts', import.meta.url),
    timeLimitMs: TIME_LIMIT_MS,
    memoryLimitMb: MEMORY_LIMIT_MB,
    workers: Math.max(1, workers),
  });
