/** Reads files in worker threads, so that a file that spins or swells stops its own thread and nothing else. */
import { Worker } from 'node:worker_threads';
import type { OpenedContainer } from '../../domain/container.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { refusal } from '../../domain/refusal.ts';
import type { Result } from '../../domain/result.ts';
import { accept, refuse } from '../../domain/result.ts';
import type { CanonicalText } from '../../domain/text.ts';
import type { ContainerOpener, TextReader } from '../../ports.ts';
import type { ReadingAnswer, ReadingRequest } from '../../text/extract-worker.ts';

export interface WorkerTextReaderOptions {
  /** The worker entry: shared/text/extract-worker.ts, or the file it was bundled to. */
  readonly entry: URL | string;
  /** For one file, with the loading of its reader. */
  readonly timeLimitMs: number;
  /** For one thread: its heap is held to it at once; buffers outside the heap are looked at every 100 ms. */
  readonly memoryLimitMb: number;
  /** Files read at the same time; 1 if not given. */
  readonly workers?: number;
}

type Reading = Result<CanonicalText | OpenedContainer, Refusal>;

interface Job {
  readonly request: ReadingRequest;
  readonly settle: (reading: Reading) => void;
  readonly fail: (fault: Error) => void;
}

const MEGABYTE = 1024 * 1024;
const LOOK_EVERY_MS = 100;
const STACK_MB = 4;

const startWorker = ({ entry, memoryLimitMb }: WorkerTextReaderOptions): Worker => {
  const worker = new Worker(entry, {
    resourceLimits: {
      maxOldGenerationSizeMb: memoryLimitMb,
      maxYoungGenerationSizeMb: Math.max(8, Math.min(64, memoryLimitMb / 4)),
      stackSizeMb: STACK_MB,
    },
    env: {},
    execArgv: [],
    // What a library prints may quote the document: it is not passed on.
    stdout: true,
    stderr: true,
  });
  // A thread that is being stopped, or has no file, may report an error nobody waits for.
  worker.on('error', () => undefined);
  return worker;
};

const isAnswer = (message: unknown): message is ReadingAnswer =>
  typeof message === 'object' && message !== null && 'kind' in message;

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';

const memoryRefusal = ({ memoryLimitMb }: WorkerTextReaderOptions): Reading =>
  refuse(refusal('MEMORY_LIMIT', `${memoryLimitMb} MB`));

const timeRefusal = ({ timeLimitMs }: WorkerTextReaderOptions): Reading =>
  refuse(refusal('TIME_LIMIT', `${timeLimitMs / 1000} s`));

/** Heap and buffers of the thread, also while it computes; 0 where this Node cannot tell. */
const memoryOf = async (worker: Worker): Promise<number> => {
  if (typeof worker.getHeapStatistics !== 'function') return 0;
  const { used_heap_size: heap, external_memory: external } = await worker.getHeapStatistics();
  return heap + external;
};

/** Calls `exceeded` once the thread holds more than its limit, until stopped. */
const watchMemory = (
  worker: Worker,
  { memoryLimitMb }: WorkerTextReaderOptions,
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

type Outcome =
  | { readonly kind: 'read'; readonly reading: Reading }
  | { readonly kind: 'stopped'; readonly reading: Reading }
  | { readonly kind: 'fault'; readonly cause: unknown };

const outcomeOfMessage = (message: unknown): Outcome => {
  if (!isAnswer(message)) return { kind: 'fault', cause: message };
  return message.kind === 'read'
    ? { kind: 'read', reading: message.result }
    : { kind: 'fault', cause: message.name };
};

/** The first thing that happens after a file was given to the thread: its answer, a limit, or its end. */
const firstOutcome = (worker: Worker, options: WorkerTextReaderOptions): Promise<Outcome> =>
  new Promise((resolve) => {
    const finish = (outcome: Outcome): void => {
      clearTimeout(timer);
      stopWatching();
      // One by one: the thread itself listens too, and goes deaf when all listeners are removed.
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      resolve(outcome);
    };
    const onMessage = (message: unknown): void => finish(outcomeOfMessage(message));
    const onExit = (code: number): void => finish({ kind: 'fault', cause: `exit ${code}` });
    const onError = (error: unknown): void =>
      finish(
        isOutOfMemory(error)
          ? { kind: 'stopped', reading: memoryRefusal(options) }
          : { kind: 'fault', cause: error },
      );
    const timer = setTimeout(
      () => finish({ kind: 'stopped', reading: timeRefusal(options) }),
      options.timeLimitMs,
    );
    const stopWatching = watchMemory(worker, options, () =>
      finish({ kind: 'stopped', reading: memoryRefusal(options) }),
    );
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });

/** Runs one job on a thread; `true` if the thread can take the next one. */
const runJob = async (
  worker: Worker,
  job: Job,
  options: WorkerTextReaderOptions,
): Promise<boolean> => {
  const awaited = firstOutcome(worker, options);
  // A copy, given away whole: the caller keeps its bytes and nothing is copied twice.
  const bytes = new Uint8Array(job.request.bytes);
  worker.postMessage({ ...job.request, bytes }, [bytes.buffer]);
  const outcome = await awaited;
  if (outcome.kind !== 'read') await worker.terminate();
  if (outcome.kind === 'fault')
    job.fail(new Error('The reading thread failed', { cause: outcome.cause }));
  else job.settle(outcome.reading);
  return outcome.kind === 'read';
};

/**
 * A reader over `workers` threads. TIME_LIMIT and MEMORY_LIMIT stop the thread, and the next file gets a fresh one. The
 * heap of a thread is bounded by V8; buffers outside it can overshoot the limit by what is allocated within 100 ms.
 * Throws where the thread cannot start or ends by itself.
 */
export const workerTextReader = (
  options: WorkerTextReaderOptions,
): TextReader & ContainerOpener & { close(): Promise<void> } => {
  const waiting: Job[] = [];
  const idle: Worker[] = [];
  const busy = new Set<Worker>();
  const most = Math.max(1, options.workers ?? 1);
  let isClosed = false;

  const freshWorker = (): Worker => {
    const worker = startWorker(options);
    worker.once('exit', () => {
      const at = idle.indexOf(worker);
      if (at >= 0) idle.splice(at, 1);
    });
    return worker;
  };
  const run = async (job: Job): Promise<void> => {
    const worker = idle.pop() ?? freshWorker();
    busy.add(worker);
    worker.ref();
    const isUsable = await runJob(worker, job, options);
    busy.delete(worker);
    if (isUsable && !isClosed) {
      // A thread without work keeps no process alive.
      worker.unref();
      idle.push(worker);
    }
    next();
  };
  const next = (): void => {
    while (busy.size < most && !isClosed) {
      const job = waiting.shift();
      if (job === undefined) return;
      run(job).catch((error: unknown) =>
        job.fail(error instanceof Error ? error : new Error('The reading thread failed')),
      );
    }
  };

  const ask = (request: ReadingRequest): Promise<Reading> =>
    new Promise((settle, fail) => {
      if (isClosed) {
        fail(new Error('The reader is closed'));
        return;
      }
      waiting.push({ request, settle, fail });
      next();
    });

  return {
    extract: async (bytes, fileName) => {
      const reading = await ask({ bytes, fileName });
      if (!reading.ok) return reading;
      if ('members' in reading.value) throw new Error('The reading thread opened a container');
      return accept(reading.value);
    },
    open: async (bytes, depth) => {
      const reading = await ask({ bytes, fileName: '', depth });
      if (!reading.ok) return reading;
      if (!('members' in reading.value)) throw new Error('The reading thread read a text');
      return accept(reading.value);
    },
    close: async () => {
      isClosed = true;
      for (const job of waiting.splice(0)) job.fail(new Error('The reader is closed'));
      await Promise.all([...idle.splice(0), ...busy].map((worker) => worker.terminate()));
    },
  };
};
