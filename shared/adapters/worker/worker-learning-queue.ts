/** Runs learning jobs one at a time in a worker thread each, so that training holds up nothing else in the process. */
import { Worker } from 'node:worker_threads';
import { faultNames } from '../../log.ts';
import type { LearningJob, LearningQueue, Log, LogCode } from '../../ports.ts';

export interface WorkerLearningOptions {
  /** The worker entry: takes a LearningRequest as its workerData and sends LearningLine messages. */
  readonly entry: URL | string;
  /** Folder of the installation: the thread opens the database in it for itself. */
  readonly home: string;
  readonly log: Log;
  /** Heap of the thread. */
  readonly memoryLimitMb: number;
}

export interface LearningRequest {
  readonly home: string;
  readonly job: LearningJob;
}

/** What the thread asks to be logged. */
export interface LearningLine {
  readonly code: LogCode;
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
}

export interface WorkerLearningQueue extends LearningQueue {
  /** Resolves once no job waits and none is under way. */
  idle(): Promise<void>;
  /** As `idle`; takes no further job. */
  close(): Promise<void>;
}

const isLine = (message: unknown): message is LearningLine =>
  typeof message === 'object' && message !== null && 'code' in message && 'fields' in message;

const nameOf = (fault: unknown): string =>
  fault instanceof Error && 'code' in fault && fault.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? 'out of memory'
    : faultNames(fault);

/** Resolves at the end of the thread, with what it failed of; null where it ended well. */
const ended = (worker: Worker, log: Log): Promise<string | null> =>
  new Promise((resolve) => {
    let fault: string | null = null;
    worker.on('message', (message: unknown) => {
      if (isLine(message)) log.write(message.code, message.fields);
    });
    worker.on('error', (error: unknown) => {
      fault = nameOf(error);
    });
    worker.on('exit', (code) => resolve(fault ?? (code === 0 ? null : `exit ${code}`)));
  });

const runJob = async (options: WorkerLearningOptions, job: LearningJob): Promise<void> => {
  const { entry, home, log, memoryLimitMb } = options;
  const workerData: LearningRequest = { home, job };
  // What a library prints may quote a document: it is not passed on.
  const quiet = { stdout: true, stderr: true };
  const resourceLimits = { maxOldGenerationSizeMb: memoryLimitMb };
  const worker = new Worker(entry, {
    workerData,
    env: {},
    execArgv: [],
    resourceLimits,
    ...quiet,
  });
  const fault = await ended(worker, log);
  if (fault !== null) log.write('RECORD_FAILED', { job: job.kind, error: fault });
};

/**
 * A job equal to one that waits is run once. A job whose thread crashed is logged and not tried again: learning is due
 * until it was done, so that the next review sends it anew.
 */
export const workerLearningQueue = (options: WorkerLearningOptions): WorkerLearningQueue => {
  const waiting = new Map<string, LearningJob>();
  let working: Promise<void> | null = null;
  let isClosed = false;

  const work = async (): Promise<void> => {
    try {
      for (const [name, job] of waiting) {
        waiting.delete(name);
        await runJob(options, job);
      }
    } finally {
      working = null;
    }
  };

  return {
    send: async (job) => {
      if (isClosed) throw new Error('The learning queue is closed');
      waiting.set(JSON.stringify(job), job);
      working ??= work();
    },
    idle: async () => {
      await working;
    },
    close: async () => {
      isClosed = true;
      await working;
    },
  };
};
