import { spawnSync } from 'node:child_process';
import { globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { machineOf } from '../../infra/native-words.ts';
import {
  type Checkout,
  canCutNetwork,
  freshCheckout,
  shippedFolder,
  synthesise,
} from '../making/synthesis.ts';

const SLOW = { timeout: 300_000 };
const BINDING = 'node_modules/nodejieba/build/Release/nodejieba.node';
const WORDS_FUNCTIONS = ['ExtractText', 'ReadScan', 'ReviewReviewApi'];

const filesIn = (cwd: string): readonly string[] =>
  readdirSync(cwd, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(cwd, join(entry.parentPath, entry.name)));

/** What Lambda unpacks at most, and what the reader of scans may take of it. */
const LAMBDA_MEGABYTES = 250;
const SCAN_MEGABYTES = 110;

const megabytesOf = (folder: string): number =>
  filesIn(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0) / 2 ** 20;

/** Runtime of one machine only, model, characters and pdfium: without one of them no scan is read. */
const expectScanParts = (made: Checkout, machine: 'arm64' | 'x86_64'): void => {
  const shipped = shippedFolder(made, 'ReadScan');
  const bindings = globSync('node_modules/onnxruntime-node/bin/**/*.node', { cwd: shipped });
  expect(bindings.map((file) => machineOf(join(shipped, file)))).toEqual([machine]);
  for (const part of [
    'ch_PP-OCRv4_rec_infer.onnx',
    'ppocr_keys_v1.txt',
    'pdfium.wasm',
    'scan-worker.mjs',
  ])
    expect(readdirSync(shipped)).toContain(part);
  const size = megabytesOf(shipped);
  process.stderr.write(`read-scan for ${machine}: ${size.toFixed(0)} MB unzipped\n`);
  expect(size).toBeLessThan(SCAN_MEGABYTES);
  expect(SCAN_MEGABYTES).toBeLessThan(LAMBDA_MEGABYTES);
};

const checkouts: Checkout[] = [];
const checkout = (): Checkout => {
  const made = freshCheckout();
  checkouts.push(made);
  return made;
};
afterAll(() => {
  for (const made of checkouts) made.remove();
});

if (!canCutNetwork())
  process.stderr.write('synth is tested behind dead proxies only: no network namespaces here\n');

/** The CDK CLI keeps fingerprints of assets in the home, whatever it is told. */
const OWN_CACHE = '.cdk/cache/fingerprints/';
const filesOf = ({ folder }: Checkout): readonly string[] =>
  globSync('**/*', { cwd: folder, exclude: ['node_modules', 'cdk.out', 'dist'] }).sort();

/** The files that are loaded before the first event: what is imported plainly, from file to file. */
const loadedAtStart = (folder: string): ReadonlySet<string> => {
  const loaded = new Set<string>();
  const load = (file: string): void => {
    if (loaded.has(file)) return;
    loaded.add(file);
    const source = readFileSync(join(folder, file), 'utf8');
    const imports = source.matchAll(/(?:from|import)\s*"\.\/([^"]+\.mjs)"/gu);
    for (const [, name = ''] of imports) load(name);
  };
  load('handler.mjs');
  return loaded;
};

/** Names that stand in the readers of PDF and of docx, and in no other code. */
const READERS = ['pdfjsWorker', 'word/document.xml'];

const hasCrossCompiler =
  spawnSync('aarch64-linux-gnu-g++', ['--version'], { stdio: 'ignore' }).status === 0;
const canShipArm = hasCrossCompiler || process.arch === 'arm64';
if (!canShipArm)
  process.stderr.write('Left out: the arm64 segmenter (apt install g++-aarch64-linux-gnu)\n');

test(
  'synth for the China partition needs no network and leaves only cdk.out and dist behind',
  SLOW,
  async () => {
    const made = checkout();
    const before = filesOf(made);
    const context = { region: 'cn-north-1', architecture: 'x86_64' };
    const { code, output } = await synthesise(made, context);
    expect({ code, warnings: output.match(/warn|error|flags/giu) }, output).toEqual({
      code: 0,
      warnings: null,
    });
    expect(filesOf(made)).toEqual(before);
    expect(filesIn(made.home).filter((path) => !path.startsWith(OWN_CACHE))).toEqual([]);
    expectScanParts(made, 'x86_64');
    for (const name of WORDS_FUNCTIONS) {
      const shipped = shippedFolder(made, name);
      expect(machineOf(join(shipped, BINDING))).toBe('x86_64');
      expect(readdirSync(join(shipped, 'cmaps')).length).toBeGreaterThan(100);
      const early = loadedAtStart(shipped);
      expect(early.size).toBeGreaterThan(3);
      for (const reader of READERS) {
        const holding = globSync('*.mjs', { cwd: shipped }).filter((file) =>
          readFileSync(join(shipped, file), 'utf8').includes(reader),
        );
        expect(holding, reader).not.toEqual([]);
        expect(
          holding.filter((file) => early.has(file)),
          'loaded at start',
        ).toEqual([]);
      }
    }
  },
);

test.skipIf(!canShipArm)(
  'synth as it is ships a segmenter for arm64, whatever machine it runs on',
  SLOW,
  async () => {
    const made = checkout();
    const { code, output } = await synthesise(made, {});
    expect(code, output).toBe(0);
    expectScanParts(made, 'arm64');
    for (const name of WORDS_FUNCTIONS)
      expect(machineOf(join(shippedFolder(made, name), BINDING))).toBe('arm64');
  },
);

test('a setting that cannot be stops synth with its name', SLOW, async () => {
  const { code, output } = await synthesise(checkout(), { architecture: 'mips' });
  expect(code).not.toBe(0);
  expect(output).toContain('Deployment settings');
  expect(output).toContain('architecture');
});
