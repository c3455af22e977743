/** Bundles each function with esbuild into a folder that is shipped as it is. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, buildSync } from 'esbuild';
import { type Machine, nativeWords } from './native-words.ts';
import { withRecogniser } from './scan-parts.ts';

export interface Bundle {
  readonly bundle: string;
  readonly architecture: Architecture;
}

export interface Bundles {
  readonly extractText: Bundle;
  readonly readScan: Bundle;
  readonly classifyDocument: Bundle;
  readonly trainModel: Bundle;
  readonly reviewApi: Bundle;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const packageFolder = (name: string): string => dirname(require.resolve(`${name}/package.json`));

/** CommonJS packages inside an ES module bundle still ask for `require`. */
const BANNER =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** How every function is bundled; a benchmark bundles the SDK alone in the same way. */
export const BUNDLING: BuildOptions = {
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  banner: { js: BANNER },
  external: ['nodejieba', '@napi-rs/canvas', 'onnxruntime-node'],
  logLevel: 'warning',
};

interface BundleParts {
  readonly name: string;
  readonly entries: Readonly<Record<string, string>>;
  readonly machine: Machine;
}

const bundleCode = ({ name, entries, machine }: BundleParts): string => {
  const folder = join(ROOT, 'dist', machine, name);
  rmSync(folder, { recursive: true, force: true });
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: { ...entries },
    outdir: folder,
    ...BUNDLING,
  });
  return folder;
};

const withWords = (folder: string, words: string): void => {
  const target = join(folder, 'node_modules', 'nodejieba');
  mkdirSync(target, { recursive: true });
  cpSync(words, target, { recursive: true });
};

/** Character maps of pdf.js: without them fonts that are not embedded give no text and no error. */
const withCharacterMaps = (folder: string): void => {
  const pdfjs = packageFolder('pdfjs-dist');
  for (const part of ['cmaps', 'standard_fonts'])
    cpSync(join(pdfjs, part), join(folder, part), { recursive: true });
};

/** The unrar program lies where its package would. */
const withUnrar = (folder: string): void => {
  const from = packageFolder('node-unrar-js');
  for (const part of ['package.json', 'dist/js/unrar.wasm'])
    cpSync(join(from, part), join(folder, 'node_modules', 'node-unrar-js', part), {
      recursive: true,
    });
};

const architectures = { arm64: Architecture.ARM_64, x86_64: Architecture.X86_64 } as const;

/** Functions that cut words run where a native module for them exists; the others run as asked. */
export const bundleFunctions = (wanted: Machine): Bundles => {
  const words = nativeWords(wanted);
  const bundle = (
    name: string,
    machine: Machine,
    more: Readonly<Record<string, string>> = {},
  ): Bundle => ({
    bundle: bundleCode({
      name,
      machine,
      entries: { handler: `functions/${name}/handler.ts`, ...more },
    }),
    architecture: architectures[machine],
  });
  const extractText = bundle('extract-text', words.machine, {
    'extract-worker': 'shared/text/extract-worker.ts',
  });
  const reviewApi = bundle('review-api', words.machine, {
    'extract-worker': 'shared/text/extract-worker.ts',
  });
  const readScan = bundle('read-scan', words.machine, {
    'scan-worker': 'shared/adapters/scan/scan-worker.ts',
  });
  withRecogniser(readScan.bundle, words.machine);
  for (const { bundle: folder } of [extractText, readScan, reviewApi]) {
    withWords(folder, words.folder);
    withCharacterMaps(folder);
    withUnrar(folder);
  }
  return {
    extractText,
    readScan,
    reviewApi,
    classifyDocument: bundle('classify-document', wanted),
    trainModel: bundle('train-model', wanted),
  };
};
