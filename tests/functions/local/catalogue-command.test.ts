/** `gongkai catalogue import FILE`, run as a process of its own. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EXIT } from '../../../functions/local/exit-codes.ts';
import { catalogueSchema } from '../../../shared/domain/catalogue.ts';
import { aNotice } from '../../making/local-home.ts';
import { p, rawDocx, tbl, tc, tr } from '../../making/raw-docx.ts';
import { type Ended, gongkai } from '../../making/run-process.ts';

const TITLE = '云溪街道2021年政务公开工作任务分解表';
const tableDocx = (rows: readonly (readonly string[])[], title = TITLE): Uint8Array =>
  rawDocx({ body: p(title) + tbl(rows.map((cells) => tr(cells.map((cell) => tc(cell))))) });

const HEADER = ['序号', '工作任务', '工作要求', '责任单位'];
const TASKS = [
  HEADER,
  ['1', '更新公开栏', '每月更新一次，并存档备查。', '党政办'],
  ['2', '答复群众来信', '自收到之日起三日内答复。', '信访办、社区办'],
  ['4', '解读重要政策', '与文件同步组织、同步审签、同步部署。', '司法所'],
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongkai-table-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const importing = async (
  name: string,
  content: Uint8Array | string,
  ...options: string[]
): Promise<Ended> => {
  await writeFile(join(folder, name), content);
  const run = await gongkai(['catalogue', 'import', name, ...options], folder);
  await rm(join(folder, name));
  return run;
};

test('a task table is shown for a person to confirm, whole', async () => {
  const run = await importing('table.docx', tableDocx(TASKS));
  expect(run.code).toBe(EXIT.fine);
  const squeezed = run.stdout.replace(/[│\s]/gu, '');
  for (const cell of TASKS.slice(1).flat()) expect(squeezed).toContain(cell);
  expect(run.stdout).toContain('共 3 项任务');
  expect(run.stdout).not.toContain('…');
});

test('--json prints the catalogue object, which classify then works with', async () => {
  const run = await importing('table.docx', tableDocx(TASKS), '--json', '--id', 'yunxi2021');
  const catalogue = catalogueSchema.parse(JSON.parse(run.stdout));
  expect(catalogue).toMatchObject({ catalogueId: 'yunxi2021', version: 1 });
  expect(
    catalogue.tasks.map(({ code, title, responsibleUnits }) => [code, title, responsibleUnits]),
  ).toEqual([
    ['yunxi2021:T01', '更新公开栏', ['党政办']],
    ['yunxi2021:T02', '答复群众来信', ['信访办', '社区办']],
    ['yunxi2021:T04', '解读重要政策', ['司法所']],
  ]);
  await writeFile(join(folder, 'catalogue.json'), run.stdout);
  await writeFile(join(folder, 'notice.txt'), aNotice());
  const classified = await gongkai(
    ['classify', 'notice.txt', '--json', '--catalogue', 'catalogue.json'],
    folder,
  );
  await Promise.all(['catalogue.json', 'notice.txt'].map((name) => rm(join(folder, name))));
  const line: unknown = JSON.parse(classified.stdout);
  expect(line).toMatchObject({
    state: 'proposed',
    versions: { catalogue: expect.stringContaining('yunxi2021') },
  });
  const codes = [...classified.stdout.matchAll(/"code":"(T\d\d)","score"/gu)].map(
    ([, code]) => code,
  );
  expect(new Set(codes)).toEqual(new Set(['T01', 'T02', 'T04']));
});

const REFUSED: readonly (readonly [string, readonly (readonly string[])[]])[] = [
  ['TABLE_EMPTY', [HEADER]],
  [
    'TABLE_NO_HEADER',
    [
      ['姓名', '职务', '联系电话'],
      ['某某', '主任', '见公示栏'],
    ],
  ],
  ['TABLE_DUPLICATE_NUMBER', [...TASKS, ['2', '清理旧栏目', '逐个核对。', '党政办']]],
  ['TABLE_DOUBTFUL', [...TASKS, ['5', '清理旧栏目', '', '']]],
  [
    'TABLE_WRONG_KIND',
    [
      ['指标序号', '任务', '时限', '推进落实情况'],
      ['1', '更新公开栏', '每月', '已更新六次'],
    ],
  ],
];

test.each(REFUSED)('%s is said in both languages and ends with 20', async (kind, rows) => {
  const run = await importing('table.docx', tableDocx(rows));
  expect(run.code).toBe(EXIT.tableRefused);
  expect(run.stdout).toBe('');
  const [file, zh, en] = run.stderr.split('\n');
  expect(file).toBe('table.docx');
  expect(zh).toMatch(new RegExp(`^${kind}：\\p{Script=Han}`, 'u'));
  expect(en).toMatch(new RegExp(`^${kind}: [A-Z]`, 'u'));
});

test('with --json the named error is printed as an object too', async () => {
  const run = await importing('table.docx', tableDocx([HEADER]), '--json');
  expect(run.code).toBe(EXIT.tableRefused);
  expect(JSON.parse(run.stdout)).toMatchObject({
    file: 'table.docx',
    error: { code: 'TABLE_EMPTY', zh: expect.any(String), en: expect.any(String) },
  });
});

test('a file that cannot be read at all is refused as classify refuses it', async () => {
  expect((await importing('table.docx', tableDocx(TASKS).subarray(0, 900))).code).toBe(
    EXIT.refused,
  );
  expect((await importing('empty.docx', '')).code).toBe(EXIT.refused);
  const gone = await gongkai(['catalogue', 'import', 'no-such.docx'], folder);
  expect(gone.code).toBe(EXIT.refused);
  expect(gone.stderr).toContain('OBJECT_GONE');
});

test('the table that ships is shown with all its tasks', async () => {
  const run = await gongkai(['catalogue', 'show', '--json'], folder);
  expect(catalogueSchema.parse(JSON.parse(run.stdout)).tasks).toHaveLength(20);
  const shown = await gongkai(['catalogue', 'show'], folder);
  expect(shown.stdout).toContain('共 20 项任务');
});

test.each([[['catalogue']], [['catalogue', 'import']], [['catalogue', 'import', 'a', 'b']]])(
  '%j is answered with the usage and 2',
  async (args) => {
    const run = await gongkai(args, folder);
    expect(run.code).toBe(EXIT.usage);
    expect(run.stderr).toContain('gongkai catalogue import FILE');
  },
);

test('nothing is stored', async () => {
  expect(await readdir(folder)).toEqual([]);
});
