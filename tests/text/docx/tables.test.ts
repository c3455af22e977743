import { expect, test } from 'vitest';
import { type DocxPart, makeDocx } from '../../making/make-docx.ts';
import { p, tbl, tc, tr } from '../../making/raw-docx.ts';
import { seedNotice, seedText } from '../../making/seed-notice.ts';
import { cellsOf, codes, firstTable, readBytes, reading } from './reading.ts';

const table = (rows: readonly string[]) => reading({ body: tbl(rows) });

test('spans, vertical merges and left-out columns land in the grid', async () => {
  const read = await table([
    tr([tc('头', '<w:gridSpan w:val="3"/>')]),
    tr([tc('甲', '<w:vMerge w:val="restart"/>'), tc('乙'), tc('丙')]),
    tr([tc('', '<w:vMerge/>'), tc('丁', '<w:gridSpan w:val="2"/>')]),
    tr([tc('戊')], '<w:gridBefore w:val="2"/>'),
  ]);
  expect(cellsOf(read)).toEqual([
    ['0,0,1,3', '头'],
    ['1,0,2,1', '甲'],
    ['1,1,1,1', '乙'],
    ['1,2,1,1', '丙'],
    ['2,1,1,2', '丁'],
    ['3,2,1,1', '戊'],
  ]);
  expect(firstTable(read)).toMatchObject({ rows: 4, columns: 3, headerRows: 0 });
});

test('a merge that goes on from nothing is a cell of its own, text in a continued cell is not lost', async () => {
  const read = await table([
    tr([tc('甲', '<w:vMerge/>'), tc('乙', '<w:vMerge w:val="restart"/>')]),
    tr([tc('丙'), tc('余', '<w:vMerge w:val="continue"/>')]),
    tr([tc('左', '<w:hMerge w:val="restart"/>'), tc('右', '<w:hMerge/>')]),
  ]);
  expect(cellsOf(read)).toEqual([
    ['0,0,1,1', '甲'],
    ['0,1,2,1', '乙\n余'],
    ['1,0,1,1', '丙'],
    ['2,0,1,2', '左\n右'],
  ]);
});

test('header rows are those marked at the top and not switched off', async () => {
  const header = '<w:tblHeader/>';
  const rows = (first: string, second: string): string[] => [
    tr([tc('一')], first),
    tr([tc('二')], second),
    tr([tc('三')]),
  ];
  expect(firstTable(await table(rows(header, header))).headerRows).toBe(2);
  expect(firstTable(await table(rows('<w:tblHeader w:val="off"/>', header))).headerRows).toBe(0);
});

test('nested tables flatten into the text of their cell', async () => {
  const inner = tbl([tr([tc('子一'), tc('子二')]), tr([tc('子三'), tc('')])]);
  const read = await table([tr([tc(p('外') + inner + p('')), tc('旁')])]);
  expect(cellsOf(read).map(([, text]) => text)).toEqual(['外\n子一 子二\n子三', '旁']);
  expect(read.blocks).toHaveLength(1);
});

test('deleted and hidden rows and deleted cells are gone, with a warning', async () => {
  const read = await table([
    tr([tc('甲'), tc('删', '<w:cellDel w:id="1"/>'), tc('乙')]),
    tr([tc('删')], '<w:del w:id="1"/>'),
    tr([tc('藏')], '<w:hidden/>'),
    tr([tc('丙')], '<w:ins w:id="1"/>'),
  ]);
  expect(cellsOf(read)).toEqual([
    ['0,0,1,1', '甲'],
    ['0,1,1,1', '乙'],
    ['1,0,1,1', '丙'],
  ]);
  expect(codes(read)).toEqual(['W_TRACKED_CHANGES', 'W_HIDDEN_TEXT']);
});

test('a span of two thousand million columns ends where the table does', async () => {
  const wide = `<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>${tr([tc('宽', '<w:gridSpan w:val="2000000000"/>')])}${tr([tc('甲'), tc('乙')])}</w:tbl>`;
  const read = await reading({ body: wide });
  expect(firstTable(read)).toMatchObject({ rows: 2, columns: 2 });
  const without = await table([tr([tc('宽', '<w:gridSpan w:val="2000000000"/>')])]);
  expect(firstTable(without).columns).toBe(63);
});

const INVENTED: readonly DocxPart[] = [
  { kind: 'heading', text: '某某街道任务分解表', level: 1 },
  { kind: 'paragraph', text: '第一行\n第二行' },
  {
    kind: 'table',
    rows: [
      { cells: ['工作任务', '牵头单位', '责任部门', '工作要求'], header: true },
      { cells: ['一、某类任务'], merged: true },
      { cells: ['1.写清楚', '', '办公室', '按月\n更新'] },
      { cells: [{ text: '2.讲明白', rowSpan: 2 }, '甲局', '办公室', '按季'] },
      { cells: ['乙局', { text: '同上', columnSpan: 2 }] },
    ],
  },
];

test('what a word processor library writes reads back cell by cell', async () => {
  const read = await readBytes(await makeDocx(INVENTED, '标题'));
  expect(read.metadata['title']).toBe('标题');
  expect(read.blocks.map(({ kind }) => kind)).toEqual(['heading', 'paragraph', 'table']);
  expect(firstTable(read)).toMatchObject({ rows: 5, columns: 4, headerRows: 1 });
  expect(cellsOf(read).slice(4)).toEqual([
    ['1,0,1,4', '一、某类任务'],
    ['2,0,1,1', '1.写清楚'],
    ['2,1,1,1', ''],
    ['2,2,1,1', '办公室'],
    ['2,3,1,1', '按月\n更新'],
    ['3,0,2,1', '2.讲明白'],
    ['3,1,1,1', '甲局'],
    ['3,2,1,1', '办公室'],
    ['3,3,1,1', '按季'],
    ['4,1,1,1', '乙局'],
    ['4,2,1,2', '同上'],
  ]);
});

test('the seed notice, made into a docx, reads back with all twenty task rows whole', async (context) => {
  const source = seedText();
  if (source === null)
    return context.skip('no reference material at GONGKAI_REFERENCE or ../shared');
  const { before, table: wanted } = seedNotice(source);
  const paragraphs = before.map((text): DocxPart => ({ kind: 'paragraph', text }));
  const read = await readBytes(
    await makeDocx([...paragraphs, { kind: 'table', rows: wanted.rows }]),
  );
  expect(
    read.blocks
      .filter(({ kind }) => kind === 'paragraph')
      .map(({ start, end }) => read.text.slice(start, end)),
  ).toEqual(before);
  const { cells, rows, columns } = firstTable(read);
  expect({ rows, columns }).toEqual({ rows: 34, columns: 4 });
  const found = wanted.rows.map((_, row) =>
    cells.filter((cell) => cell.row === row).map(({ start, end }) => read.text.slice(start, end)),
  );
  expect(found).toEqual(wanted.rows.map((row) => row.cells));
  const whole = found.filter((row) => row.length === 4 && /^\d+\./u.test(row[0] ?? ''));
  expect(whole).toHaveLength(20);
  const merged = cells.filter((cell) => cell.columnSpan === 4);
  expect(merged).toHaveLength(11);
});
