/** The entry of a worker thread that reads one file after another; it is bundled as a file of its own. */
import { parentPort } from 'node:worker_threads';
import type { OpenedContainer } from '../domain/container.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Result } from '../domain/result.ts';
import type { CanonicalText } from '../domain/text.ts';
import { screenRows } from '../screening/screen-rows.ts';
import { openContainer } from './container/open-container.ts';
import { extract } from './extract.ts';

/** What the thread is asked: to read one file, or with a `depth` to open it as a container. */
export interface ReadingRequest {
  readonly bytes: Uint8Array;
  readonly fileName: string;
  readonly depth?: number;
}

/** What it answers: the result, or the name of a fault of ours (never the message: it may quote the document). */
export type ReadingAnswer =
  | { readonly kind: 'read'; readonly result: Result<CanonicalText | OpenedContainer, Refusal> }
  | { readonly kind: 'fault'; readonly name: string };

const answer = async ({ bytes, fileName, depth }: ReadingRequest): Promise<ReadingAnswer> => {
  try {
    const result = await (depth === undefined
      ? extract(bytes, fileName, screenRows)
      : openContainer(bytes, depth));
    return { kind: 'read', result };
  } catch (error) {
    return { kind: 'fault', name: error instanceof Error ? error.name : 'Error' };
  }
};

/** A library may quote the document in a warning: nothing is printed, and nothing piles up unread. */
const drop = (): boolean => true;
process.stdout.write = drop;
process.stderr.write = drop;

/**
 * pdf.js forgets promises for objects that it asked for ahead: when they are broken, Node would end the thread, and with
 * it the reading of whatever file comes next. What we wait for ourselves is caught in `answer`.
 */
process.on('unhandledRejection', () => undefined);

if (parentPort === null) throw new Error('extract-worker runs in a worker thread only');
const port = parentPort;
port.on('message', (request: ReadingRequest) => {
  void answer(request)
    .then((reading) => port.postMessage(reading))
    .catch(() => port.postMessage({ kind: 'fault', name: 'Error' } satisfies ReadingAnswer));
});
