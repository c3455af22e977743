/** Reads files in worker threads, so that a file that spins or swells stops its own thread and nothing else. */
import { Worker } from 'node:worker_threads';
import type { OpenedContainer } from '../../domain/container.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { refusal } from '../../domain/refusal.ts';
import type { Result } from '../../domain/result.ts';
import { accept, refuse } from '../../domain/result.ts';
import type { CanonicalText } from '../../domain/text.ts';
import type { ContainerOpener, TextReader } from '../../ports.ts';
import type { ReadingAnswer, ReadingRequest } from '../../text/answer-in-thread.ts';
import { isLean, watchMemory } from './thread-memory.ts';

export interface WorkerTextReaderOptions {
  /** The worker entry: shared/text/extract-worker.ts, or the file it was bundled to. */
  readonly entry: URL | string;
  /** For one file, with the loading of its reader. */
  readonly timeLimitMs: number;
  /** For an empty file; grows with the bytes up to `timeLimitMs`. Where not given every file has all the time. */
  readonly smallFileLimitMs?: number;
  /** For one thread, heap and buffers together: looked at every 50 ms. */
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

const STACK_MB = 4;
/** A document of this many bytes may take a second more than a smaller one. */
const BYTES_A_SECOND = 32 * 1024;
/**
 * V8 stops a thread at its own limit, but what it does afterwards in a full heap can end the whole process: the limit
 * that is looked at comes first. Not more room than this: V8 lets garbage lie until half way between what lives and its
 * own limit, so that a file whose objects fill 80 % of `memoryLimitMb` is never refused for its garbage.
 */
const HEAP_ROOM = 1.2;

const startWorker = ({ entry, memoryLimitMb }: WorkerTextReaderOptions): Worker => {
  const worker = new Worker(entry, {
    resourceLimits: {
      maxOldGenerationSizeMb: Math.ceil(memoryLimitMb * HEAP_ROOM),
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

const timeRefusal = (limitMs: number): Reading =>
  refuse(refusal('TIME_LIMIT', `${limitMs / 1000} s`));

const timeLimitOf = (options: WorkerTextReaderOptions, bytes: number): number => {
  const { timeLimitMs, smallFileLimitMs = timeLimitMs } = options;
  const own = smallFileLimitMs + Math.ceil(bytes / BYTES_A_SECOND) * 1000;
  return Math.min(timeLimitMs, own);
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
const firstOutcome = (
  worker: Worker,
  options: WorkerTextReaderOptions,
  limitMs: number,
): Promise<Outcome> =>
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
      () => finish({ kind: 'stopped', reading: timeRefusal(limitMs) }),
      limitMs,
    );
    const stopWatching = watchMemory(worker, options.memoryLimitMb, () =>
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
  const limitMs = timeLimitOf(options, job.request.bytes.length);
  const awaited = firstOutcome(worker, options, limitMs);
  // A copy, given away whole: the caller keeps its bytes and nothing is copied twice.
  const bytes = new Uint8Array(job.request.bytes);
  worker.postMessage({ ...job.request, bytes }, [bytes.buffer]);
  const outcome = await awaited;
  if (outcome.kind !== 'read') await worker.terminate();
  if (outcome.kind === 'fault')
    job.fail(new Error('The reading thread failed', { cause: outcome.cause }));
  else job.settle(outcome.reading);
  return outcome.kind === 'read' && isLean(worker, options.memoryLimitMb);
};

/**
 * A reader over `workers` threads. TIME_LIMIT and MEMORY_LIMIT stop the thread, and the next file gets a fresh one. Heap
 * and buffers can overshoot the limit by what is allocated within 50 ms; V8 bounds the heap a fifth above.
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
