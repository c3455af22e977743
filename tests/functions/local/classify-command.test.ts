/** `gongkai classify`, run as a process of its own in an empty folder. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { EXIT } from '../../../functions/local/exit-codes.ts';
import { donghu2021 } from '../../../shared/catalogue/donghu-2021.ts';
import { shortCode } from '../../../shared/domain/catalogue.ts';
import { stateSchema } from '../../../shared/domain/document.ts';
import { reasonSchema } from '../../../shared/domain/refusal.ts';
import { columnHitSchema, quoteSchema } from '../../../shared/domain/text.ts';
import { extract } from '../../../shared/text/extract.ts';
import { fixtureNumbers, numbersIn } from '../../making/fixture-numbers.ts';
import { aNotice } from '../../making/local-home.ts';
import { type Ended, gongkai, LAUNCHER, runProgram } from '../../making/run-process.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const FIXTURES = join(ROOT, 'fixtures', 'documents');
const SECRET = join(FIXTURES, '重要会议期间值守工作方案.docx');
const SCAN = join(FIXTURES, '2021年停水通知（扫描件）.pdf');
const TRUNCATED = join(FIXTURES, '关于做好2022年防汛备汛工作的通知.docx');
const PERSONAL = join(FIXTURES, '2022年第二季度高龄津贴发放明细 公示.docx');
const WHOLE = join(FIXTURES, '城乡居民养老保险一问一答.txt');

const taskCode = z.string().regex(/^T\d\d$/u);
const score = z.number().min(0).max(1).nullable();
/** The contract of the issue, written out; strict: one key more or less is an error. */
const lineSchema = z.strictObject({
  file: z.string(),
  state: stateSchema,
  reason: z.strictObject(reasonSchema.shape).nullable(),
  title: z.string().nullable(),
  documentNumber: z.string().nullable(),
  issuer: z.string().nullable(),
  genre: z.string().nullable(),
  date: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/u)
    .nullable(),
  form: z.string().nullable(),
  tasks: z
    .array(
      z.strictObject({
        code: taskCode,
        score,
        band: z.enum(['auto', 'likely', 'possible']),
        evidence: z.array(z.strictObject(quoteSchema.shape)).min(1),
        rules: z.array(z.string()),
      }),
    )
    .max(4),
  candidates: z.array(z.strictObject({ code: taskCode, score: z.number() })),
  categories: z.array(
    z.strictObject({
      code: z.string().regex(/^[CEP]\d\d$/u),
      score,
      evidence: z.array(z.strictObject(quoteSchema.shape)).min(1),
    }),
  ),
  attribute: z
    .strictObject({ declared: z.string(), recommended: z.string(), grounds: z.array(z.string()) })
    .nullable(),
  flags: z.array(z.string()),
  personal: z.array(
    z.strictObject({ start: z.int(), end: z.int(), code: z.string(), masked: z.string() }),
  ),
  columnHits: z.array(columnHitSchema),
  warnings: z.array(z.strictObject({ code: z.string(), detail: z.string() })),
  characters: z.int().nullable(),
  versions: z
    .strictObject({
      text: z.string(),
      catalogue: z.string(),
      model: z.string(),
      software: z.string(),
    })
    .nullable(),
});
type Line = z.infer<typeof lineSchema>;

const linesOf = ({ stdout }: Ended): Line[] => {
  expect(stdout.endsWith('\n')).toBe(true);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => lineSchema.parse(JSON.parse(line)));
};

/** RFC 4180 as far as our own rows need it. */
const parseCsv = (csv: string): string[][] => {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of csv.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gu,
  )) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
};

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'gongkai-cli-'));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

const names = async (): Promise<string[]> =>
  (await readdir(FIXTURES)).sort((a, b) => (a < b ? -1 : 1));

describe('a whole folder', () => {
  let json: Ended;
  let csv: Ended;
  let table: Ended;
  let before: string[];
  beforeAll(async () => {
    before = await names();
    json = await gongkai(['classify', FIXTURES, '--json'], cwd);
    csv = await gongkai(['classify', FIXTURES, '--csv'], cwd);
    table = await gongkai(['classify', FIXTURES], cwd);
  });

  test('every line of --json is the object of the contract, in the order of the files', async () => {
    expect(linesOf(json).map(({ file }) => file)).toEqual(
      (await names()).map((name) => join(FIXTURES, name)),
    );
  });

  test('the state and reason of each file are the expected ones', async () => {
    for (const { file, state, reason } of linesOf(json)) {
      const path = file.replace(FIXTURES, join(ROOT, 'fixtures', 'expected'));
      const expected: unknown = JSON.parse(await readFile(`${path}.json`, 'utf8'));
      const labelled = z
        .object({ state: z.string(), reason: z.string().nullable() })
        .parse(expected);
      // The label says how the file comes in; this command waits until a scan was read.
      const awaited =
        labelled.state === 'scanning' ? { state: 'proposed', reason: null } : labelled;
      expect({ file, state, reason: reason?.code ?? null }).toMatchObject({ file, ...awaited });
    }
  });

  test('candidates are every task of the catalogue, best first, under short codes', () => {
    const codes = donghu2021.tasks.map((task) => shortCode(task.code)).sort();
    const proposed = linesOf(json).filter(({ state }) => state === 'proposed');
    expect(proposed.length).toBeGreaterThanOrEqual(60);
    for (const { candidates } of proposed) {
      expect(candidates.map(({ code }) => code).sort()).toEqual(codes);
      const scores = candidates.map((candidate) => candidate.score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
    }
  });

  test('each quote is the text between its offsets, stars standing for what is masked', async () => {
    let compared = 0;
    // Quotes of scans: tests/text/scan.
    const withText = linesOf(json).filter(({ file }) => file !== SCAN);
    for (const { file, tasks, categories } of withText) {
      const evidence = [...tasks, ...categories].flatMap((tag) => tag.evidence);
      if (evidence.length === 0) continue;
      const read = await extract(await readFile(file), file);
      if (!read.ok) throw new Error(read.error.kind);
      for (const { start, end, quote } of evidence) {
        const there = read.value.text.slice(start, end);
        const shown = [...there].map((letter, at) => ([...quote][at] === '*' ? '*' : letter));
        expect(shown.join('')).toBe(quote);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(120);
  });

  test('the table names every file, breaks no code and cuts nothing', async () => {
    const squeezed = table.stdout.replace(/[│\s]/gu, '');
    expect(table.stdout).toContain(`${FIXTURES}/\n`);
    expect(table.stdout).toMatch(/│ 较有把握 │/u);
    expect(table.stdout).not.toMatch(/…\s*│/u);
    expect(squeezed).toContain('SECRET_MARK');
    expect(table.stdout.split('\n').filter((line) => line.startsWith('├'))).toHaveLength(
      (await names()).length,
    );
  });

  test('--csv has one byte order mark, one header and one row a file in the same order', async () => {
    expect(csv.stdout.startsWith('\ufefffile,state,reason,')).toBe(true);
    expect(csv.stdout.split('\ufeff')).toHaveLength(2);
    const rows = parseCsv(csv.stdout.slice(1));
    const width = rows[0]?.length;
    expect(rows.every((row) => row.length === width)).toBe(true);
    expect(rows.map(([file]) => file)).toEqual([
      'file',
      ...(await names()).map((name) => join(FIXTURES, name)),
    ]);
  });

  test('no identity number, mobile number or bank card appears in any output', () => {
    const numbers = fixtureNumbers();
    expect(numbers.identity.length).toBeGreaterThanOrEqual(6);
    expect(numbers.mobile.length).toBeGreaterThanOrEqual(6);
    expect(numbers.card.length).toBeGreaterThanOrEqual(6);
    for (const { stdout, stderr } of [json, csv, table])
      expect(numbersIn(stdout + stderr)).toEqual([]);
    expect(json.stdout).toContain('154****0311');
  });

  test('a 密级 mark among the files decides the exit code', () => {
    expect([json.code, csv.code, table.code]).toEqual([
      EXIT.quarantined,
      EXIT.quarantined,
      EXIT.quarantined,
    ]);
  });

  test('nothing is stored, neither where it was called nor beside the files', async () => {
    expect(await readdir(cwd)).toEqual([]);
    expect(await names()).toEqual(before);
  });
});

test('files come out in the order in which they were named, several at a time', async () => {
  const order = [WHOLE, SCAN, PERSONAL, WHOLE];
  const run = await gongkai(['classify', ...order, '--json', '--jobs', '4'], cwd);
  expect(linesOf(run).map(({ file }) => file)).toEqual(order);
});

test.each([
  ['a file that is read', [WHOLE], EXIT.fine],
  ['a scan that is read', [WHOLE, SCAN], EXIT.fine],
  ['a refused file', [TRUNCATED, SCAN], EXIT.refused],
  ['a 密级 mark', [TRUNCATED, SCAN, SECRET], EXIT.quarantined],
])('%s ends with an exit code of its own', async (_name, files, code) => {
  const run = await gongkai(['classify', ...files, '--json'], cwd);
  expect(run.code).toBe(code);
  expect(linesOf(run)).toHaveLength(files.length);
});

test('a file that is not there is refused with OBJECT_GONE and the next one goes on', async () => {
  const run = await gongkai(['classify', 'no-such.docx', WHOLE, '--json'], cwd);
  const [gone, next] = linesOf(run);
  expect(gone).toMatchObject({ file: 'no-such.docx', state: 'refused', title: null, tasks: [] });
  expect(gone?.reason).toMatchObject({ code: 'OBJECT_GONE' });
  expect(gone?.reason?.zh).toMatch(/\p{Script=Han}/u);
  expect(gone?.reason?.en).toMatch(/upload it again/iu);
  expect(next?.state).toBe('proposed');
  expect(run.code).toBe(EXIT.refused);
});

test('a fault on one file costs the others nothing and ends with 1', async (context) => {
  if (!existsSync('/proc/self/mem')) context.skip('no file that cannot be read: needs /proc');
  const run = await gongkai(['classify', '/proc/self/mem', WHOLE, '--json'], cwd);
  const [broken, next] = linesOf(run);
  expect(broken).toMatchObject({ state: 'received', reason: { code: 'FAULT' } });
  expect(next?.state).toBe('proposed');
  expect(run.code).toBe(EXIT.fault);
});

test.each([
  [['classify', WHOLE, '--yaml']],
  [['classify']],
  [['classify', WHOLE, '--json', '--csv']],
  [['classify', WHOLE, '--jobs', '0']],
  [['classify', WHOLE, '--jobs', 'many']],
  [['classify', WHOLE, '--catalogue', WHOLE]],
  [['classify', WHOLE, '--catalogue', 'no-such.json']],
  [['publish', WHOLE]],
  [[]],
])('%j is answered with the usage on stderr and 2', async (args) => {
  const run = await gongkai(args, cwd);
  expect(run.code).toBe(EXIT.usage);
  expect(run.stdout).toBe('');
  expect(run.stderr).toContain('gongkai classify FILE|FOLDER…');
  expect(run.stderr).not.toMatch(/\n\s+at /u);
});

test('--help gives the usage on stdout and 0', async () => {
  const run = await gongkai(['classify', '--help'], cwd);
  expect(run).toMatchObject({ code: EXIT.fine, stderr: '' });
  expect(run.stdout).toContain('退出码');
});

test('a cell that a spreadsheet would take for a formula is defused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gongkai-csv-'));
  const formula = '=HYPERLINK("evil")';
  await writeFile(join(folder, `${formula}.txt`), aNotice({ title: '+1公开“预算”,的通知' }));
  const run = await gongkai(['classify', `${formula}.txt`, '--csv'], folder);
  await rm(folder, { recursive: true });
  const [, row = []] = parseCsv(run.stdout.slice(1));
  expect(row[0]).toBe(`'${formula}.txt`);
  expect(row.filter((cell) => /^[=+\-@\t\r]/u.test(cell))).toEqual([]);
});

test('an empty folder is said to be empty', async () => {
  const folder = join(cwd, 'empty');
  await mkdir(folder);
  const run = await gongkai(['classify', folder, '--json'], cwd);
  await rm(folder, { recursive: true });
  expect(run).toMatchObject({ code: EXIT.fine, stdout: '' });
  expect(run.stderr).toContain('no files');
});

test('npx gongkai does the same', async () => {
  const run = await runProgram(
    'npx',
    ['--no-install', 'gongkai', 'classify', SCAN, '--json'],
    ROOT,
  );
  expect(run.code).toBe(EXIT.fine);
  expect(linesOf(run)).toMatchObject([{ state: 'proposed', date: '2021-07-15' }]);
});

test('the launcher works when an older Node starts it', async (context) => {
  const node = '/usr/bin/node';
  if (!existsSync(node)) context.skip('no second Node on this machine');
  const version = await runProgram(node, ['--version'], cwd);
  if (!/^v2[01]\./u.test(version.stdout)) context.skip(`${node} is ${version.stdout.trim()}`);
  const run = await runProgram(node, [LAUNCHER, 'classify', TRUNCATED, '--json'], cwd);
  expect(run.code).toBe(EXIT.refused);
  expect(linesOf(run)[0]?.reason?.code).toBe('DAMAGED');
});
