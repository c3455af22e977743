/** `gongkai vectors train` and `--vectors`, run as processes of their own. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { EXIT } from '../../../functions/local/exit-codes.ts';
import { defaultArtefact } from '../../../shared/classify/artefact.ts';
import { inventedCorpus } from '../../classify/vectors/invented-corpus.ts';
import { gongkai } from '../../making/run-process.ts';

const saidSchema = z.object({
  out: z.string(),
  files: z.number(),
  aside: z.number(),
  beyond: z.number(),
  tokens: z.number(),
  words: z.number(),
  characters: z.number(),
  seconds: z.number(),
  bytes: z.number(),
});

let home: string;
let files: string;
let notice: string;
let out: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gongkai-vectors-'));
  files = join(home, 'files');
  notice = join(home, 'notice.txt');
  out = join(home, 'office.vectors');
  await mkdir(files);
  await writeFile(join(files, '一.txt'), inventedCorpus(400, 1));
  await writeFile(join(files, '二.txt'), inventedCorpus(400, 2));
  const secret = `机密★5年\n${'潜艇鱼雷。'.repeat(400)}`;
  await writeFile(join(files, '三.txt'), secret);
  await writeFile(notice, '关于发放高龄津贴的公示\n现将本月高龄津贴发放名单予以公示。');
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe('training on a folder', () => {
  test('prints what was read and learnt, and sets a file with a secrecy mark aside, its words too', async () => {
    const { code, stdout, stderr, peakMb } = await gongkai(
      ['vectors', 'train', files, '--out', out, '--json'],
      home,
    );
    expect(stderr).toContain('三.txt: SECRET_MARK');
    expect(code).toBe(EXIT.quarantined);
    const said = saidSchema.parse(JSON.parse(stdout));
    expect(said).toMatchObject({ out, files: 2, aside: 1, beyond: 0 });
    const written = await readFile(out);
    expect(written.length).toBe(said.bytes);
    expect(written.includes('津贴')).toBe(true);
    expect(written.includes('潜艇')).toBe(false);
    if (peakMb !== null) expect(peakMb).toBeLessThan(600);
  });

  test('gives the same bytes again, leaves nothing unfinished, and tells a person in words', async () => {
    const again = join(home, 'again.vectors');
    const { stdout } = await gongkai(['vectors', 'train', files, '--out', again], home);
    expect(await readFile(again)).toEqual(await readFile(out));
    expect(stdout).toMatch(/词表 words \d+/u);
    expect(stdout).toContain('请与文书同样保管');
    expect((await readdir(home)).filter((name) => name.endsWith('.unfinished'))).toEqual([]);
  });

  test('too little text is refused in words, and no file is written', async () => {
    const none = join(home, 'none.vectors');
    const { code, stderr } = await gongkai(['vectors', 'train', notice, '--out', none], home);
    expect(code).toBe(EXIT.refused);
    expect(stderr).toContain('文字太少');
    expect(stderr).toContain('Too little text');
    expect(await readdir(home)).not.toContain('none.vectors');
  });
});

describe('classifying with vectors', () => {
  const model = async (...more: readonly string[]): Promise<string> => {
    const { code, stdout } = await gongkai(['explain', notice, '--json', ...more], home);
    expect(code).toBe(EXIT.fine);
    return z.object({ versions: z.object({ model: z.string() }) }).parse(JSON.parse(stdout))
      .versions.model;
  };

  test('the answer names them beside the artefact', async () => {
    expect(await model()).toBe(defaultArtefact.id);
    expect(await model('--vectors', out)).toMatch(
      new RegExp(`^${defaultArtefact.id}\\+[0-9a-f]{12}$`, 'u'),
    );
  });

  test('a damaged file of vectors, or another kind of file, is named for what it is and nothing is classified', async () => {
    const damaged = join(home, 'damaged.vectors');
    const bytes = await readFile(out);
    await writeFile(damaged, bytes.subarray(0, bytes.length - 5));
    for (const [path, fault] of [
      [damaged, 'VECTORS_LENGTH'],
      [notice, 'VECTORS_NONE'],
    ] as const) {
      const { code, stdout, stderr } = await gongkai(
        ['classify', notice, '--json', '--vectors', path],
        home,
      );
      expect(code).toBe(EXIT.usage);
      expect(stdout).toBe('');
      expect(stderr).toContain(fault);
    }
  });
});
