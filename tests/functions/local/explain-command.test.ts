/** `gongkai explain`, run as a process of its own in an empty folder. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { EXIT } from '../../../functions/local/exit-codes.ts';
import { explanationText } from '../../../functions/local/print-explanation.ts';
import { explanationSchema } from '../../../shared/domain/explanation.ts';
import { reasonSchema } from '../../../shared/domain/refusal.ts';
import { numbersIn } from '../../making/fixture-numbers.ts';
import { anAbstract, aPolicy } from '../../making/interpretation.ts';
import { aNotice } from '../../making/local-home.ts';
import { gongkai } from '../../making/run-process.ts';

const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'documents');
const SUBSIDY = join(FIXTURES, '2022年第二季度高龄津贴发放明细 公示.docx');

const reportSchema = z.strictObject({
  file: z.string(),
  state: z.string(),
  reason: z.strictObject(reasonSchema.shape).nullable(),
  versions: z
    .strictObject({
      text: z.string(),
      catalogue: z.string(),
      model: z.string(),
      software: z.string(),
    })
    .nullable(),
  explanation: explanationSchema.nullable(),
});

let cwd: string;
let notice: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'gongkai-explain-'));
  notice = join(await mkdtemp(join(tmpdir(), 'gongkai-notice-')), 'notice.txt');
});
afterAll(async () => {
  await rm(cwd, { recursive: true, force: true });
  await rm(join(notice, '..'), { recursive: true, force: true });
});

const jsonOf = (stdout: string) => reportSchema.parse(JSON.parse(stdout));

test('the reader sees in Chinese why a task was proposed and why the named one was not, and nothing is stored', async () => {
  const { code, stdout, stderr } = await gongkai(['explain', SUBSIDY, '--task', 'T06'], cwd);
  expect(code).toBe(EXIT.fine);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/■ T08 .*较有把握/u);
  expect(stdout).toMatch(/■ T06 .*未提出/u);
  for (const head of [
    '为什么',
    '什么不利',
    '命中的规则',
    '分量最重的语句',
    '得分怎样算出',
    '最接近的其他选择',
  ])
    expect(stdout).toContain(head);
  expect(stdout).toContain('《政府信息公开条例》');
  expect(stdout).not.toContain('What counts against it');
  expect(await readdir(cwd)).toEqual([]);
});

test('with --english each sentence stands in English behind the Chinese', async () => {
  const { stdout } = await gongkai(['explain', SUBSIDY, '--english'], cwd);
  expect(stdout).toContain('为什么 / Why');
  expect(stdout).toMatch(/这份文件的形态是F08.+\n\s+Its form is F08/u);
});

test('--json prints one object of the contract, the same twice', async () => {
  const args = ['explain', SUBSIDY, '--task', 'dh2021:T06', '--json'];
  const first = await gongkai(args, cwd);
  const report = jsonOf(first.stdout);
  expect(first.stdout.trimEnd()).not.toContain('\n');
  expect(report.state).toBe('proposed');
  expect(report.explanation?.tasks.map(({ code, proposed }) => [code, proposed])).toEqual([
    ['dh2021:T08', true],
    ['dh2021:T06', false],
  ]);
  expect((await gongkai(args, cwd)).stdout).toBe(first.stdout);
});

test('numbers of people are shown masked, in words and in JSON', async () => {
  for (const extra of [[], ['--json'], ['--task', 'T01', '--english']]) {
    const { stdout } = await gongkai(['explain', SUBSIDY, ...extra], cwd);
    expect(numbersIn(stdout)).toEqual([]);
  }
  /** Invented: region 99 does not exist. In the title and in the sentence that weighs most. */
  const identity = '990101195001011232';
  const title = `云溪街道办事处关于${identity}高龄津贴发放明细的公示`;
  await writeFile(notice, aNotice({ title, body: `高龄津贴补贴发放名单：${identity}。` }));
  const words = await gongkai(['explain', notice], cwd);
  const json = await gongkai(['explain', notice, '--json'], cwd);
  for (const { code, stdout } of [words, json]) {
    expect(code).toBe(EXIT.fine);
    expect(stdout).not.toContain(identity);
    expect(stdout).toMatch(/99\*+232/u);
  }
});

test('what a document holds cannot steer the terminal', async () => {
  await writeFile(notice, aNotice({ body: '高龄津贴补贴\u202e发放名单公示标准每人每月。' }));
  const { code, stdout } = await gongkai(['explain', notice, '--json'], cwd);
  expect(code).toBe(EXIT.fine);
  const { explanation } = jsonOf(stdout);
  if (explanation === null) throw new Error('not explained');
  const [rule] = explanation.form.rules;
  if (rule === undefined) throw new Error('no rule fired');
  const hostile = { ...rule, quote: { ...rule.quote, quote: '公示\u001b[31m\u202e\n■ T99' } };
  const form = { ...explanation.form, rules: [hostile] };
  const text = explanationText({ ...explanation, form }, true);
  expect([...text].filter((char) => /[\p{Cc}\p{Cf}]/u.test(char) && char !== '\n')).toEqual([]);
  expect(text).toContain('“公示 [31m ■ T99”');
});

test('a scan is explained by what was recognised on it', async () => {
  const scan = await gongkai(
    ['explain', join(FIXTURES, '2021年停水通知（扫描件）.pdf'), '--json'],
    cwd,
  );
  expect(scan.code).toBe(EXIT.fine);
  expect(jsonOf(scan.stdout)).toMatchObject({ state: 'proposed' });
});

test('a file that is set aside says why, with the exit code of its kind', async () => {
  const secret = await gongkai(['explain', join(FIXTURES, '重要会议期间值守工作方案.docx')], cwd);
  expect(secret.code).toBe(EXIT.quarantined);
  expect(secret.stdout).toContain('SECRET_MARK');
  expect(secret.stdout).not.toContain('得分');
  expect((await gongkai(['explain', '没有这份.txt'], cwd)).code).toBe(EXIT.refused);
});

test('a task that the catalogue lacks, no file, or two files are wrong usage', async () => {
  for (const args of [
    ['explain'],
    ['explain', SUBSIDY, SUBSIDY],
    ['explain', SUBSIDY, '--task', 'T04'],
    ['explain', SUBSIDY, '--task', 'other:T06'],
    ['explain', SUBSIDY, '--tasks', 'T06'],
  ]) {
    const { code, stdout, stderr } = await gongkai(args, cwd);
    expect(code, args.join(' ')).toBe(EXIT.usage);
    expect(stdout).toBe('');
    expect(stderr).toContain('gongkai explain FILE');
  }
});

test('--policy names the policy that an interpretation is held against; one that cannot be read is a wrong call', async () => {
  const folder = join(notice, '..');
  await writeFile(join(folder, '办法.txt'), aPolicy());
  await writeFile(join(folder, '解读.txt'), anAbstract());
  await writeFile(join(folder, '空.txt'), '');
  const explain = (...args: string[]) =>
    gongkai(['explain', join(folder, '解读.txt'), '--task', 'T17', '--json', ...args], cwd);
  const alone = jsonOf((await explain()).stdout);
  const held = jsonOf((await explain('--policy', join(folder, '办法.txt'))).stdout);
  const t17 = (report: typeof alone) =>
    report.explanation?.tasks.find(({ code }) => code === 'dh2021:T17');
  expect(t17(alone)?.proposed).toBe(true);
  expect(t17(held)?.proposed).toBe(false);
  const wrong = await explain('--policy', join(folder, '空.txt'));
  expect(wrong.code).toBe(EXIT.usage);
  expect(wrong.stderr).toContain('空.txt');
});
