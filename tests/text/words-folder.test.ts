import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('loading the words leaves nothing behind in the folder for temporary files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'words-test-'));
  const source = new URL('../../shared/text/words.ts', import.meta.url).href;
  const program = `
    import { wordSegmenter } from ${JSON.stringify(source)};
    console.log((await wordSegmenter().words('预决算公开')).join(' '));`;
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: folder },
  });
  expect(run.stdout).toBe('预决算 公开\n');
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});
