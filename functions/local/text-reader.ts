/** The readers of files on one machine: workers with limits of time and memory, so that one bad file stops nothing else. */
import { workerTextReader } from '../../shared/adapters/worker/worker-text-reader.ts';
import { NO_USABLE_TEXT, type Refusal } from '../../shared/domain/refusal.ts';
import type { Result } from '../../shared/domain/result.ts';
import { type CanonicalText, waitsForScan } from '../../shared/domain/text.ts';

type LocalReader = ReturnType<typeof workerTextReader>;

const TIME_LIMIT_MS = 60_000;
const SMALL_FILE_LIMIT_MS = 25_000;
/** 200 pages of a scan, at some seconds each. */
const SCAN_TIME_LIMIT_MS = 840_000;
const MEMORY_LIMIT_MB = 1024;

export const localTextReader = (workers: number): LocalReader =>
  workerTextReader({
    entry: new URL('../../shared/text/extract-worker.ts', import.meta.url),
    timeLimitMs: TIME_LIMIT_MS,
    smallFileLimitMs: SMALL_FILE_LIMIT_MS,
    memoryLimitMb: MEMORY_LIMIT_MB,
    workers: Math.max(1, workers),
  });

/** Each worker recognises on one core: more of them than cores only take memory. */
export const localScanReader = (workers: number): LocalReader =>
  workerTextReader({
    entry: new URL('../../shared/adapters/scan/scan-worker.ts', import.meta.url),
    timeLimitMs: SCAN_TIME_LIMIT_MS,
    memoryLimitMb: MEMORY_LIMIT_MB,
    workers: Math.max(1, workers),
  });

const hasMore = (reading: Result<CanonicalText, Refusal>): boolean =>
  reading.ok ? waitsForScan(reading.value) : NO_USABLE_TEXT.has(reading.error.kind);

/** Reads text where there is some, and pictures where there is none; for a command that waits for its answer. */
export const readerOfAll = (workers: number): LocalReader => {
  const [text, scan] = [localTextReader(workers), localScanReader(workers)];
  return {
    extract: async (bytes, fileName) => {
      const reading = await text.extract(bytes, fileName);
      return hasMore(reading) ? scan.extract(bytes, fileName) : reading;
    },
    open: (bytes, depth) => text.open(bytes, depth),
    close: async () => {
      await Promise.all([text.close(), scan.close()]);
    },
  };
};
