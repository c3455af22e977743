import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reliability } from '../../../shared/text/pdf/check-page.ts';
import { cleanLine, emsOf } from '../../../shared/text/pdf/clean-line.ts';
import { cellText, cutRun, fillTables } from '../../../shared/text/pdf/fill-cells.ts';
import { isPageNumber, withoutFurniture } from '../../../shared/text/pdf/page-furniture.ts';
import type { Rule, Run } from '../../../shared/text/pdf/page-marks.ts';
import { gridsOf } from '../../../shared/text/pdf/ruled-grids.ts';
import { zonesOf } from '../../../shared/text/pdf/text-columns.ts';
import { linesOf } from '../../../shared/text/pdf/text-lines.ts';

const across = (at: number, from: number, to: number): Rule => ({ across: true, at, from, to });
const down = (at: number, from: number, to: number): Rule => ({ across: false, at, from, to });
const run = (text: string, x: number, y: number): Run => ({
  text,
  x,
  y,
  size: 10,
  width: emsOf(text) * 10,
});

test('lines between cells make rows, columns and merged cells', () => {
  const rules = [
    ...[0, 20, 40, 60].map((y) => across(y, y === 40 ? 50 : 0, 150)),
    down(0, 0, 60),
    down(150, 0, 60),
    down(50, 20, 60),
    down(100, 20, 60),
  ];
  const [grid, ...others] = gridsOf(rules);
  expect(others).toEqual([]);
  expect(grid?.cells).toEqual([
    { row: 0, column: 0, rowSpan: 1, columnSpan: 3 },
    { row: 1, column: 0, rowSpan: 2, columnSpan: 1 },
    { row: 1, column: 1, rowSpan: 1, columnSpan: 1 },
    { row: 1, column: 2, rowSpan: 1, columnSpan: 1 },
    { row: 2, column: 1, rowSpan: 1, columnSpan: 1 },
    { row: 2, column: 2, rowSpan: 1, columnSpan: 1 },
  ]);
  expect(grid).toMatchObject({ openTop: false, openBottom: false });
});

test('a table without a last line is open at the bottom, one without outer lines has its outer columns', () => {
  const open = gridsOf([
    across(0, 0, 100),
    across(20, 0, 100),
    down(0, 0, 45),
    down(50, 0, 45),
    down(100, 0, 45),
  ]);
  expect(open[0]).toMatchObject({ ys: [0, 20, 45], openTop: false, openBottom: true });
  const sideless = gridsOf([across(0, 0, 100), across(20, 0, 100), down(50, 0, 20)]);
  expect(sideless[0]?.xs).toEqual([0, 50, 100]);
});

test('underlines, frames and single boxes are no tables', () => {
  expect(gridsOf([across(10, 0, 80), across(90, 0, 80)])).toEqual([]);
  expect(gridsOf([across(0, 0, 80), across(90, 0, 80), down(0, 0, 90), down(80, 0, 90)])).toEqual(
    [],
  );
});

test('a frame that lays out a page gives way to the table inside it', () => {
  const frame = [
    across(0, 0, 200),
    across(20, 0, 200),
    across(200, 0, 200),
    down(0, 0, 200),
    down(200, 0, 200),
  ];
  const inner = [0, 20, 40].map((y) => across(100 + y, 20, 120));
  const sides = [20, 70, 120].map((x) => down(x, 100, 140));
  expect(gridsOf([...frame, ...inner, ...sides]).map(({ cells }) => cells.length)).toEqual([4]);
});

test('a run that passes a column line is cut there, a closing mark may hang over it', () => {
  expect(cutRun(run('党政办各社区', 0, 10), [30]).map(({ text }) => text)).toEqual([
    '党政办',
    '各社区',
  ]);
  expect(cutRun(run('公开目录。', 0, 10), [40]).map(({ text }) => text)).toEqual(['公开目录。']);
});

test('text is put into the cell it stands in, and the rest stays', () => {
  const grids = gridsOf([
    across(0, 0, 100),
    across(20, 0, 100),
    down(0, 0, 20),
    down(50, 0, 20),
    down(100, 0, 20),
  ]);
  const runs = [run('甲', 4, 14), run('乙', 54, 14), run('表外', 4, 40)];
  const { tables, rest } = fillTables(grids, runs);
  expect(tables[0]?.cells.map(cellText)).toEqual(['甲', '乙']);
  expect(rest.map(({ text }) => text)).toEqual(['表外']);
});

test('lines that the edge of a cell broke go on, lines that were ended stay apart', () => {
  const lines = linesOf([run('街道人大工', 5, 10), run('委', 5, 25), run('（科）', 5, 40)]);
  expect(cellText({ lines, left: 0, right: 60 })).toBe('街道人大工委\n（科）');
});

test('page numbers of all shapes are known, plain sentences and years are not', () => {
  for (const text of [
    '— 1 —',
    '- 12 -',
    '－3－',
    '第1页共8页',
    '第 2 页 共 8 页',
    '3/8',
    'Page 3 of 8',
  ])
    expect([text, isPageNumber(text)]).toEqual([text, true]);
  for (const text of ['2021', '一、总体要求', '第1页是说明', '附件1', '3'])
    expect([text, isPageNumber(text)]).toEqual([text, false]);
});

test('a bare figure at the foot is a page number only where it counts with the pages', () => {
  const page = (foot: string) => ({
    height: 800,
    lines: linesOf([run('正文', 80, 300), run(foot, 290, 780)]),
  });
  const texts = (feet: readonly string[]) =>
    withoutFurniture(feet.map(page)).pages.map((lines) => lines.map(({ text }) => text).join('|'));
  expect(texts(['5', '6', '7'])).toEqual(['正文', '正文', '正文']);
  expect(texts(['2021', '48'])).toEqual(['正文|2021', '正文|48']);
});

test('a table without lines is read row by row, not as two columns', () => {
  const rows = Array.from({ length: 8 }, (_, at) => [
    run(`第${at}项`, 60, 100 + at * 20),
    run(at % 2 === 0 ? '区民政局' : '街道党政综合办公室和各社区居委会', 330, 100 + at * 20),
  ]).flat();
  expect(zonesOf(rows, 595)).toEqual([{ runs: rows, beside: false }]);
});

test('cleaning a line loses no visible character', () => {
  const piece = fc.constantFrom(
    '公开',
    '2021',
    'AI',
    ' ',
    '  ',
    '年',
    '，',
    '⻚',
    '\u3000',
    '\u00ad',
    'x y',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const once = cleanLine(pieces.join(''));
      const visible = (text: string): string =>
        text.replace(/\s/gu, '').replaceAll('⻚', '页').replaceAll('\u00ad', '-');
      expect(visible(once)).toBe(visible(pieces.join('')));
    }),
  );
});

test('radicals stand for their characters', () => {
  expect(cleanLine('⼈⺠⻚⾯ 2021 年')).toBe('人民页面2021年');
});

test('rubbish is told from text of offices, in Chinese and in English', () => {
  expect(reliability('根据《条例》第二十条，现予公开（2021年）。')).toBe(1);
  expect(reliability('Annual report 2021')).toBe(1);
  expect(reliability('\ue001\ue002\ufffd\u0001')).toBe(0);
  expect(reliability('ԱԲԳԴ฿กขฃคअआइ')).toBeLessThan(0.2);
});
