/** The entry of a worker thread that reads scans one after another; it is bundled as a file of its own. */
import { parentPort } from 'node:worker_threads';
import { extractScan } from '../../text/extract-scan.ts';
import type { ReadingAnswer, ReadingRequest } from '../../text/extract-worker.ts';
import type { LineRecogniser } from '../../text/scan/recognise-lines.ts';
import { modelFolder, onnxRecogniser } from './onnx-recogniser.ts';

let loaded: Promise<LineRecogniser> | null = null;

/** The model is loaded for the first scan; a load that failed is tried again. */
const recogniser = (): Promise<LineRecogniser> => {
  loaded ??= onnxRecogniser(modelFolder()).catch((error: unknown) => {
    loaded = null;
    throw error;
  });
  return loaded;
};

const answer = async ({ bytes, fileName }: ReadingRequest): Promise<ReadingAnswer> => {
  try {
    return { kind: 'read', result: await extractScan(bytes, fileName, await recogniser()) };
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

if (parentPort === null) throw new Error('scan-worker runs in a worker thread only');
const port = parentPort;
port.on('message', (request: ReadingRequest) => {
  void answer(request)
    .then((reading) => port.postMessage(reading))
    .catch(() => port.postMessage({ kind: 'fault', name: 'Error' } satisfies ReadingAnswer));
});
