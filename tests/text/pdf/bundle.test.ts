import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, expect, test } from 'vitest';
import { makePdf } from '../../../fixtures/make-pdf.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'pdf-bundle-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('one bundled file with the character maps beside it reads Chinese text, without a canvas', async () => {
  const entry = [
    `import { readFileSync } from 'node:fs';`,
    `import { readPdf } from ${JSON.stringify(join(root, 'shared/text/read-pdf.ts'))};`,
    'const result = await readPdf(new Uint8Array(readFileSync(process.argv[2])));',
    'process.stdout.write(result.ok ? result.value.text : result.error.kind);',
  ].join('\n');
  await build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    minify: true,
    outfile: join(folder, 'index.mjs'),
    logLevel: 'error',
    banner: {
      js: "import{createRequire as makeRequire}from'node:module';const require=makeRequire(import.meta.url);",
    },
  });
  for (const name of ['cmaps', 'standard_fonts'])
    cpSync(join(root, 'node_modules/pdfjs-dist', name), join(folder, name), { recursive: true });
  const pdf = makePdf([{ marks: [{ kind: 'text', x: 80, y: 120, size: 16, text: '政务公开' }] }]);
  writeFileSync(join(folder, 'notice.pdf'), pdf);
  const output = execFileSync(process.execPath, ['index.mjs', 'notice.pdf'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(output.split('\n').at(-1)).toBe('政务公开');
});
