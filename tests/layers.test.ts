import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

/** What stands in the wrong place, and the file that tries it. */
const breaches = [
  ['shared/domain/breach.ts', "import 'node:fs';"],
  ['shared/domain/breach.ts', "import '../text/canonical.ts';"],
  ['shared/gongwen/breach.ts', "import '../ports.ts';"],
  ['shared/catalogue/breach.ts', "import '@aws-sdk/client-s3';"],
  ['shared/classify/breach.ts', "import 'nodejieba';"],
  ['shared/screening/breach.ts', "import '../usecases/extract-document.ts';"],
  ['shared/text/breach.ts', "import '../adapters/local/folder-texts.ts';"],
  ['shared/usecases/breach.ts', "import '../adapters/local/folder-texts.ts';"],
  ['shared/usecases/breach.ts', "import 'hono';"],
  ['shared/http/breach.ts', "import '../adapters/aws/s3-texts.ts';"],
  ['shared/adapters/local/breach.ts', "import '@aws-sdk/client-s3';"],
  ['shared/adapters/aws/breach.ts', "import '../local/folder-texts.ts';"],
  ['functions/review-api/breach.ts', "import '../../shared/adapters/aws/s3-texts.ts';"],
  ['functions/local/breach.ts', "import 'aws-cdk-lib';"],
  ['infra/breach.ts', "import '../shared/usecases/extract-document.ts';"],
] as const;

test('the linter refuses what stands in the wrong layer', { timeout: 240_000 }, async () => {
  const mark = `planted-${process.pid}`;
  const planted = breaches.map(([file, line], at) => ({
    line,
    path: join(dirname(file), `${mark}-${at}.ts`),
  }));
  for (const { path } of planted) await mkdir(join(ROOT, dirname(path)), { recursive: true });
  await Promise.all(planted.map(({ path, line }) => writeFile(join(ROOT, path), `${line}\n`)));
  try {
    const args = [
      'lint',
      '--only=style/noRestrictedImports',
      '--max-diagnostics=none',
      ...planted.map(({ path }) => path),
    ];
    const told = await run(join(ROOT, 'node_modules/.bin/biome'), args, {
      cwd: ROOT,
      maxBuffer: 2 ** 24,
    }).then(
      ({ stdout, stderr }) => stdout + stderr,
      (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
    );
    for (const { path, line } of planted) expect(told, `${path}: ${line}`).toContain(`${path}:1:`);
  } finally {
    await Promise.all(planted.map(({ path }) => rm(join(ROOT, path))));
  }
});
