/** `npm start` as a process of its own: killed in the middle, started again, fed, and stopped. */
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { STATES } from '../../../shared/domain/document.ts';
import { documentSummarySchema } from '../../../shared/domain/document-summary.ts';
import { numbersIn } from '../../making/fixture-numbers.ts';
import { freePort, type LocalRun, startLocalRun } from '../../making/run-process.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const FIXTURES = join(ROOT, 'fixtures', 'documents');
const PERSONAL = '2022年第二季度高龄津贴发放明细 公示.docx';

type Summary = z.infer<typeof documentSummarySchema>;
const pageSchema = z.object({ rows: z.array(documentSummarySchema), next: z.string().nullable() });

const expectedSchema = z.object({ state: z.string(), reason: z.string().nullable() });

/** What is expected of the reader of texts; a scan has been read by the reader of scans before the table is printed. */
const endOf = ({ state, reason }: z.infer<typeof expectedSchema>): (string | null)[] =>
  state === 'scanning' ? ['proposed', null] : [state, reason];

let home: string;
let port: number;
let run: LocalRun;
const runs: LocalRun[] = [];

const start = (): LocalRun => {
  const started = startLocalRun(home, port);
  runs.push(started);
  return started;
};

const logLines = async (): Promise<string[]> =>
  (await readFile(join(home, 'log.jsonl'), 'utf8').catch(() => ''))
    .split('\n')
    .filter((line) => line !== '');

const countLog = async (code: string): Promise<number> =>
  (await logLines()).filter((line) => line.includes(`"code":"${code}"`)).length;

const waitFor = async (
  isSo: () => Promise<boolean>,
  { within, every }: { within: number; every: number },
): Promise<number> => {
  const began = performance.now();
  while (!(await isSo())) {
    if (performance.now() - began > within) throw new Error(`not within ${within} ms`);
    await pause(every);
  }
  return performance.now() - began;
};

const signIn = async (role: string): Promise<string> => {
  const response = await fetch(`${run.origin}/local/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: '审核员', role }),
  });
  expect(response.status).toBe(200);
  return z.object({ token: z.string() }).parse(await response.json()).token;
};

const get = async (path: string, token: string): Promise<unknown> => {
  const response = await fetch(`${run.origin}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(response.status).toBe(200);
  return response.json();
};

const listed = async (state: string, token: string): Promise<Summary[]> => {
  const rows: Summary[] = [];
  let after = '';
  do {
    const page = pageSchema.parse(
      await get(`/v1/documents?state=${state}&limit=100${after}`, token),
    );
    rows.push(...page.rows);
    after = page.next === null ? '' : `&after=${encodeURIComponent(page.next)}`;
  } while (after !== '');
  return rows;
};

const everything = async (token: string): Promise<Summary[]> =>
  (await Promise.all(STATES.map((state) => listed(state, token))))
    .flat()
    .sort((a, b) => (a.documentId < b.documentId ? -1 : 1));

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'gongkai-run-'));
  port = await freePort();
});
afterAll(async () => {
  for (const each of runs) await each.stop('SIGKILL');
  await rm(home, { recursive: true, force: true });
});

test('killed in the middle of its first intake, it ends with one record a file in its right state', async () => {
  run = start();
  await waitFor(async () => (await countLog('DOCUMENT_RECEIVED')) >= 8, {
    within: 60_000,
    every: 5,
  });
  await run.stop('SIGKILL');
  expect(run.heard.stdout).not.toContain('审核接口');
  const names = await readdir(FIXTURES);
  expect(await countLog('DOCUMENT_RECEIVED')).toBeLessThan(names.length);

  run = start();
  await run.ready();
  const documents = await everything(await signIn('reviewer'));
  expect(documents.map(({ fileName }) => fileName).sort()).toEqual([...names].sort());
  for (const { fileName, state, reason } of documents) {
    const path = join(ROOT, 'fixtures', 'expected', `${fileName}.json`);
    const expected = expectedSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    expect([fileName, state, reason?.code ?? null]).toEqual([fileName, ...endOf(expected)]);
  }
});

test('its table shows every fixture, and its last lines where the API and the inbox are', () => {
  const { stdout } = run.heard;
  expect(stdout).toContain(`${run.origin}/docs`);
  expect(stdout).toContain(join(home, 'inbox'));
  expect(stdout).not.toMatch(/…\s*│/u);
  expect(stdout.split('\n').filter((line) => line.startsWith('├')).length).toBeGreaterThanOrEqual(
    66,
  );
});

test('nobody reads without a token, and a person signs in by role', async () => {
  expect((await fetch(`${run.origin}/v1/documents`)).status).toBe(401);
  const token = await signIn('reviewer');
  expect((await listed('quarantined', token)).map(({ title }) => title)).toEqual([null]);
});

test('a file copied into the inbox is there within a second', async () => {
  const token = await signIn('reviewer');
  await copyFile(join(FIXTURES, PERSONAL), join(home, 'inbox', '新收到的公示.docx'));
  const ms = await waitFor(
    async () =>
      (await listed('proposed', token)).some(({ fileName }) => fileName === '新收到的公示.docx'),
    { within: 10_000, every: 20 },
  );
  process.stderr.write(`inbox: in the list ${Math.round(ms)} ms after the copy\n`);
  expect(ms).toBeLessThan(5_000);
});

test('a bad file in the inbox is visible as refused and the next one goes on', async () => {
  const token = await signIn('reviewer');
  await writeFile(join(home, 'inbox', '空.docx'), '');
  await writeFile(join(home, 'inbox', '倒\\斜.txt'), '关于公开的通知');
  await copyFile(join(FIXTURES, '城乡居民养老保险一问一答.txt'), join(home, 'inbox', '下一份.txt'));
  await waitFor(
    async () => {
      const [proposed, refused] = [await listed('proposed', token), await listed('refused', token)];
      const codes = refused.map(({ reason }) => reason?.code);
      return (
        proposed.some(({ fileName }) => fileName === '下一份.txt') &&
        codes.includes('EMPTY_FILE') &&
        codes.includes('BAD_KEY')
      );
    },
    { within: 10_000, every: 50 },
  );
});

test('a second one on the same port says so, ends with 1 and changes nothing', async () => {
  const before = await everything(await signIn('reviewer'));
  const second = start();
  expect(await second.exit).toBe(1);
  expect(second.heard.stderr).toContain(`端口 ${port} 已被占用`);
  expect(second.heard.stderr).toContain(`Port ${port} is taken; set GONGKAI_PORT`);
  expect(second.heard.stderr).not.toMatch(/\n\s+at /u);
  expect(second.heard.stdout).toBe('');
  expect(await everything(await signIn('reviewer'))).toEqual(before);
});

test('it stops on SIGTERM with 0, and the next start is quick and adds nothing', async () => {
  const before = await everything(await signIn('reviewer'));
  expect(await run.stop('SIGTERM')).toBe(0);
  const received = await countLog('DOCUMENT_RECEIVED');
  const extracted = await countLog('TEXT_EXTRACTED');
  const began = performance.now();
  run = start();
  await run.ready();
  process.stderr.write(`second start: ready in ${Math.round(performance.now() - began)} ms\n`);
  await pause(2_500);
  expect(await everything(await signIn('reviewer'))).toEqual(before);
  expect(await countLog('DOCUMENT_RECEIVED')).toBe(received);
  expect(await countLog('TEXT_EXTRACTED')).toBe(extracted);
  expect(run.heard.stdout).not.toContain('收到新文件');
  expect(await run.stop('SIGTERM')).toBe(0);
});

test('a port that is no port is refused with what to set', async () => {
  const odd = startLocalRun(home, Number.NaN);
  runs.push(odd);
  expect(await odd.exit).toBe(1);
  expect(odd.heard.stderr).toContain('GONGKAI_PORT');
});

test('nothing it printed or logged in all these runs holds a number of a person', async () => {
  const log = await logLines();
  const printed = runs.map(({ heard }) => heard.stdout + heard.stderr).join('\n');
  expect(printed).toContain('新收到的公示.docx');
  expect(log.length).toBeGreaterThan(150);
  expect(numbersIn(printed)).toEqual([]);
  expect(numbersIn(log.join('\n'))).toEqual([]);
});

test('the log is lines of codes and ids, without a title or a name of a file', async () => {
  for (const line of await logLines()) {
    expect(JSON.parse(line)).toMatchObject({ at: expect.any(String), code: expect.any(String) });
    expect(line).not.toMatch(/\p{Script=Han}/u);
  }
});
