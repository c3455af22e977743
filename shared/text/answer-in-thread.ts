/** What every worker thread that reads files does: takes one after another, answers each, and prints nothing. */
import { parentPort } from 'node:worker_threads';
import type { OpenedContainer } from '../domain/container.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Result } from '../domain/result.ts';
import type { CanonicalText } from '../domain/text.ts';

/** What the thread is asked: to read one file, or with a `depth` to open it as a container. */
export interface ReadingRequest {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly depth?: number;
}

type Reading = Result<CanonicalText | OpenedContainer, Refusal>;

/** What it answers: the result, or the name of a fault of ours (never the message: it may quote the document). */
export type ReadingAnswer =
  | { readonly kind: 'read'; readonly result: Reading }
  | { readonly kind: 'fault'; readonly name: string };

/** A library may quote the document in a warning: nothing is printed, and nothing piles up unread. */
const drop = (): boolean => true;

/** Throws outside of a worker thread. */
export const answerInThread = (read: (request: ReadingRequest) => Promise<Reading>): void => {
  if (parentPort === null) throw new Error('Files are read in a worker thread only');
  const port = parentPort;
  process.stdout.write = drop;
  process.stderr.write = drop;
  /**
   * pdf.js forgets promises for objects that it asked for ahead: when they are broken, Node would end the thread, and with
   * it the reading of whatever file comes next. What we wait for ourselves is caught below.
   */
  process.on('unhandledRejection', () => undefined);
  const answer = async (request: ReadingRequest): Promise<ReadingAnswer> => {
    try {
      return { kind: 'read', result: await read(request) };
    } catch (error) {
      return { kind: 'fault', name: error instanceof Error ? error.name : 'Error' };
    }
  };
  port.on('message', (request: ReadingRequest) => {
    void answer(request)
      .then((reading) => port.postMessage(reading))
      .catch(() => port.postMessage({ kind: 'fault', name: 'Error' } satisfies ReadingAnswer));
  });
};
