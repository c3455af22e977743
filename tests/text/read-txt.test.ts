import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CanonicalText } from '../../shared/domain/text.ts';
import { LIMITS } from '../../shared/text/limits.ts';
import { readTxt } from '../../shared/text/read-txt.ts';
import { encodeLegacy } from '../making/encode-legacy.ts';
import { unpairedUtf16 } from '../making/hostile-files.ts';
import { showBlocks } from '../making/show-blocks.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = async (text: string): Promise<CanonicalText> => {
  const result = await readTxt(utf8(text));
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
};
const show = async (text: string): Promise<unknown[]> => showBlocks(await read(text));

test('a line is a paragraph; short numbered lines are headings', async () => {
  const text =
    '云溪街道办事处\r\n关于公开的通知\r\n\r\n　　一、总体要求\r\n　　坚持以公开为常态。\r\n（一）健全机制\r\n（二）提高水平。街道各部门要按照要求完善制度。\r\n二、凡是以逗号或句号收尾的都不是标题。\r\n';
  expect(await show(text)).toEqual([
    'p 云溪街道办事处',
    'p 关于公开的通知',
    'h1 一、总体要求',
    'p 坚持以公开为常态。',
    'h2 （一）健全机制',
    'p （二）提高水平。街道各部门要按照要求完善制度。',
    'p 二、凡是以逗号或句号收尾的都不是标题。',
  ]);
});

test('a task table laid out with tabs becomes a table with sections over all columns', async () => {
  const text = [
    '附件',
    '云溪街道任务分解表',
    '\t工作任务\n\t牵头单位\n\t责任部门\n\t工 作 要 求',
    '',
    '\t一、深化公开',
    '',
    '\t1.推进预算公开\n\t \n\t街道财政所\n\t按时公开。',
    '',
    '',
    '\t2.回应关切\n\t区新闻办\n（区委宣传部）\n区网信办\n\t\t街道各部\n门 \n\t及时回应。',
    '',
    '后文。',
  ].join('\n');
  expect(await show(text)).toEqual([
    'p 附件',
    'p 云溪街道任务分解表',
    [
      ['工作任务', '牵头单位', '责任部门', '工 作 要 求'],
      ['1x4 一、深化公开'],
      ['1.推进预算公开', '', '街道财政所', '按时公开。'],
      ['2.回应关切', '区新闻办\n（区委宣传部）\n区网信办', '街道各部\n门', '及时回应。'],
    ],
    'p 后文。',
  ]);
});

test('rows with cells between tabs become a table, also where the first cell is empty', async () => {
  expect(await show('名单如下：\n序号\t姓名\t单位\n1\t甲某\t一科\n\t乙某\t二科\n以上。')).toEqual([
    'p 名单如下：',
    [
      ['序号', '姓名', '单位'],
      ['1', '甲某', '一科'],
      ['', '乙某', '二科'],
    ],
    'p 以上。',
  ]);
});

test('paragraphs indented by tabs stay paragraphs', async () => {
  const text =
    '\t第一段按照上级要求认真落实各项工作任务。\n\t第二段各部门要加强配合，确保按时完成。\n\n\t第三段本办法自印发之日起施行。\n\t第四段特此通知。';
  expect((await show(text)).every((block) => typeof block === 'string')).toBe(true);
  expect(await show(text)).toHaveLength(4);
});

test('a text in GBK says so and is read in NFC with plain line ends', async () => {
  const result = await readTxt(encodeLegacy('关于公开的通知\r\n各科室：\r\n', 'gb18030'));
  expect(result).toMatchObject({
    ok: true,
    value: { text: '关于公开的通知\n各科室：', format: 'txt', metadata: { charset: 'gb18030' } },
  });
});

describe('refused by name', () => {
  test.each([
    ['NO_TEXT', utf8(' \r\n\t\n　')],
    ['BROKEN_UNICODE', unpairedUtf16('关于公开的通知')],
    ['TEXT_TOO_LONG', utf8('a'.repeat(LIMITS.textCharacters + 1))],
    ['TEXT_TOO_LONG', new Uint8Array(100 * 1024 * 1024).fill(0x61)],
  ])('%s', async (kind, bytes) => {
    expect(await readTxt(bytes)).toMatchObject({ ok: false, error: { kind } });
  });
});

test.each([
  ['lines of one tab', '\t甲\n', 300_000],
  ['lines that change', '\t甲\n甲\t\n', 200_000],
  ['rows of one cell between blank lines', '\t甲\t\n\n', 200_000],
  ['blanks', ' '.repeat(1_000), 1_000],
])(
  '%s without end are read in linear time',
  async (_name, piece, times) => {
    const result = await readTxt(utf8(`起\n${piece.repeat(times)}止`));
    expect(result.ok && result.value.text.endsWith('止')).toBe(true);
  },
  20_000,
);

test('whatever the lines are, no character but blanks is lost', async () => {
  const line = fc.string({
    unit: fc.constantFrom('\t', '\n', '甲', '乙。', ' ', '一、', '（二）'),
    maxLength: 60,
  });
  const plain = (text: string): string => text.replace(/\s/gu, '');
  await fc.assert(
    fc.asyncProperty(line, async (text) => {
      const result = await readTxt(utf8(`起${text}`));
      expect(result.ok && plain(result.value.text)).toBe(plain(`起${text}`));
    }),
  );
});

const reference = resolve(
  process.env['GONGKAI_REFERENCE'] ?? join(import.meta.dirname, '../../../shared'),
);
const seed = join(reference, 'seed/donghu-2021-notice.txt');
const hasSeed = existsSync(seed);
if (!hasSeed) process.stdout.write(`Skipped: no seed notice at ${seed} (set GONGKAI_REFERENCE)\n`);

test.skipIf(!hasSeed)(
  'the seed notice gives its task table: 20 tasks, 11 sections, 3 header rows',
  async () => {
    const result = await readTxt(readFileSync(seed));
    if (!result.ok) throw new Error(result.error.kind);
    const { text, blocks } = result.value;
    const tables = blocks.filter((block) => block.kind === 'table');
    expect(tables).toHaveLength(1);
    const [table] = tables;
    if (table?.kind !== 'table') throw new Error('no table');
    const widths = Map.groupBy(table.cells, (cell) => cell.row);
    const sections = [...widths.values()].filter((cells) => cells.length === 1);
    const rows = [...widths.values()].filter((cells) => cells.length === 4);
    const firstCells = rows.map(([cell]) => text.slice(cell?.start, cell?.end));
    expect(sections.every(([cell]) => cell?.columnSpan === 4)).toBe(true);
    expect([table.columns, sections.length, rows.length]).toEqual([4, 11, 23]);
    expect(firstCells.filter((words) => words === '工作任务')).toHaveLength(3);
    expect(firstCells.filter((words) => /^\d{1,2}\./u.test(words))).toHaveLength(20);
  },
);
