/** `gongkai catalogue words|edit` and `gongkai release`, run as processes of their own over one home. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXIT } from '../../../functions/local/exit-codes.ts';
import { candidateSchema, standingReleaseSchema } from '../../../shared/domain/release.ts';
import { type Ended, gongkai } from '../../making/run-process.ts';

const SLOW = 120_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongkai-release-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...args: string[]): Promise<Ended> => gongkai([...args, '--home', 'home'], folder);

const edited = async (sheet: string): Promise<Ended> => {
  await writeFile(join(folder, 'words.csv'), sheet);
  return run('catalogue', 'edit', 'words.csv', '--json');
};

test(
  'the words go out as a sheet, come back edited, are judged, put in force, and rolled back',
  async () => {
    const words = await run('catalogue', 'words');
    expect(words.code).toBe(EXIT.fine);
    expect(words.stdout.split('\r\n')[0]).toBe('\ufeff代码,名称,范围,典型材料,不属于');
    const rows = words.stdout.split('\r\n');
    const at = rows.findIndex((row) => row.startsWith('T08,'));
    rows[at] = 'T08,补贴,"补贴发放到户的公示、明细与标准",发放公示；补贴明细,采购公告';
    const edit = await edited(rows.join('\r\n'));
    expect(edit.code, edit.stderr).toBe(EXIT.fine);
    const candidate = candidateSchema.parse(JSON.parse(edit.stdout));
    expect(candidate).toMatchObject({ origin: 'edited', release: { version: 2 } });
    expect(candidate.report).not.toBeNull();

    const early = await run('release', 'promote', candidate.releaseId, '--why', '核对过');
    expect(early.code).toBe(EXIT.refused);
    expect(early.stderr).toMatch(/GATE_CLOSED|SHADOW_TOO_SHORT/u);
    const shown = await run('release', 'show', candidate.releaseId);
    expect(shown.stdout).toContain(candidate.report?.zh ?? '');
    expect(candidate.report?.verdict).toBe('promote');

    const promote = ['release', 'promote', candidate.releaseId, '--why', '核对过'];
    const promoted = await run(...promote, '--waive-shadow', '--json');
    expect(promoted.code, promoted.stderr).toBe(EXIT.fine);
    expect(standingReleaseSchema.parse(JSON.parse(promoted.stdout)).active.version).toBe(2);
    const list = await run('release', 'list');
    expect(list.stdout).toContain(`${candidate.releaseId}　现行`);
    const again = await run('catalogue', 'words');
    expect(again.stdout).toContain('补贴发放到户的公示、明细与标准');

    const back = await run('release', 'roll-back', '--why', '看错了');
    expect(back.code, back.stderr).toBe(EXIT.fine);
    expect(back.stdout).toContain('dh2021.1.');
  },
  SLOW,
);

test.each([
  ['without a reason nothing is moved', ['release', 'roll-back'], EXIT.usage],
  ['a release that is not there is refused', ['release', 'show', 'dh2021.9.none'], EXIT.refused],
  ['a verb that is not there is a wrong call', ['release', 'destroy'], EXIT.usage],
])('%s', async (_name, args, code) => {
  const ended = await run(...args);
  expect(ended.code).toBe(code);
  expect(ended.stderr).toMatch(/[\u4e00-\u9fff]/u);
});

test(
  'a sheet that changes nothing, names a strange code, or is no sheet is refused in words',
  async () => {
    for (const [sheet, kind] of [
      ['代码,范围\r\nT99,某\r\n', 'NO_SUCH_CODE'],
      ['代码,范围\r\nT08\r\n甲,乙\r\n', 'NO_SUCH_CODE'],
      ['名称,范围\r\n补贴,某\r\n', 'TABLE_NO_HEADER'],
      ['', 'EMPTY_FILE'],
    ] as const) {
      const ended = await edited(sheet);
      expect(ended.code).not.toBe(EXIT.fine);
      expect(ended.stderr).toContain(kind);
    }
  },
  SLOW,
);
