/** A queue inside the process: hands documents on, tries again with growing pauses, and keeps what failed for good. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ClassifyQueue } from '../../ports.ts';

export interface QueueSettings {
  /** How many documents are worked on at a time. */
  readonly concurrency: number;
  /** How often a failed one is tried again. */
  readonly retries: number;
  /** Pause before the first retry in milliseconds, doubled before each further one; 200 where not given. */
  readonly pauseMs?: number;
  /** Told once for each document that failed for good. */
  readonly onDead?: (documentId: string, fault: unknown) => void;
}

export interface InProcessQueue extends ClassifyQueue {
  /** Resolves once nothing waits and nothing is under way. */
  idle(): Promise<void>;
  /** Documents that failed for good, oldest first. */
  dead(): readonly string[];
  /** Sends all dead documents again; says how many. */
  redrive(): number;
}

const LONGEST_PAUSE_MS = 30_000;

type Handle = (documentId: string) => Promise<void>;

const attempt = async (handle: Handle, settings: QueueSettings, documentId: string) => {
  const { retries, pauseMs = 200 } = settings;
  for (let failed = 0; ; failed += 1) {
    try {
      await handle(documentId);
      return;
    } catch (fault) {
      if (failed >= retries) throw fault;
      await pause(Math.min(LONGEST_PAUSE_MS, pauseMs * 2 ** failed));
    }
  }
};

/**
 * What waits is lost when the process ends: on start, whoever wires this sends again what the store holds as unfinished.
 * A document sent while it waits already is handed on once.
 */
export const inProcessQueue = (handle: Handle, settings: QueueSettings): InProcessQueue => {
  const waiting = new Set<string>();
  const dead = new Set<string>();
  let listeners: (() => void)[] = [];
  let running = 0;

  const work = async (documentId: string): Promise<void> => {
    try {
      await attempt(handle, settings, documentId);
    } catch (fault) {
      dead.add(documentId);
      settings.onDead?.(documentId, fault);
    } finally {
      running -= 1;
      next();
    }
  };

  const next = (): void => {
    for (const documentId of waiting) {
      if (running >= settings.concurrency) return;
      waiting.delete(documentId);
      running += 1;
      void work(documentId);
    }
    if (running > 0) return;
    for (const listener of listeners) listener();
    listeners = [];
  };

  const send = (documentId: string): void => {
    waiting.add(documentId);
    setImmediate(next);
  };

  return {
    send: async (documentId) => send(documentId),
    idle: () =>
      new Promise((resolve) => {
        listeners.push(resolve);
        setImmediate(next);
      }),
    dead: () => [...dead],
    redrive: () => {
      const again = [...dead];
      dead.clear();
      for (const documentId of again) send(documentId);
      return again.length;
    },
  };
};
