/** The entry of a worker thread that reads scans one after another; it is bundled as a file of its own. */
import { answerInThread } from '../../text/answer-in-thread.ts';
import { extractScan } from '../../text/extract-scan.ts';
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

answerInThread(async ({ bytes, fileName }) => extractScan(bytes, fileName, await recogniser()));
