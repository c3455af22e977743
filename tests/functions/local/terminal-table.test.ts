/** Tables in terminals of any width: Chinese counts two columns, and every cell stands there in full. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Column,
  displayWidth,
  terminalTable,
} from '../../../functions/local/terminal-table.ts';

const COLUMNS: readonly Column[] = [
  { head: '文件', kind: 'prose', share: 2 },
  { head: '把握', kind: 'codes' },
  { head: '依据', kind: 'prose', share: 3 },
];

/** The letters of one column, top to bottom, without blanks. */
const columnOf = (table: string, at: number): string =>
  table
    .split('\n')
    .filter((line) => line.startsWith('│'))
    .map((line) => (line.split('│')[at + 1] ?? '').trim())
    .join('');

const LONG =
  '南屿区人民政府云溪街道办事处关于印发《云溪街道居家养老服务补助实施办法》的通知（征求意见稿）';

test.each([80, 100, 120, 160, 200])(
  'at %i columns no line is wider and no word is lost',
  (width) => {
    const table = terminalTable(COLUMNS, [[`${LONG}.docx`, '较有把握 0.84', LONG]], width);
    for (const line of table.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    expect(columnOf(table, 0)).toBe(`文件${LONG}.docx`);
    expect(columnOf(table, 2)).toBe(`依据${LONG}`);
    expect(table).not.toContain('…');
  },
);

test('a code is never broken, however narrow the terminal', () => {
  const code = 'A-VERY-LONG-CODE-THAT-NEEDS-ROOM';
  const table = terminalTable(COLUMNS, [[LONG, `较有把握 ${code}`, LONG]], 80);
  expect(table).toContain('较有把握');
  expect(table).toContain(code);
});

test('prose that needs less than its share leaves the rest to the others', () => {
  const table = terminalTable(COLUMNS, [['短.txt', '可能', LONG]], 160);
  expect(table.split('\n').filter((line) => line.startsWith('│'))).toHaveLength(2);
});

test('a closing mark does not begin a line', () => {
  const table = terminalTable([{ head: '依据', kind: 'prose' }], [['公开，'.repeat(60)]], 80);
  for (const line of table.split('\n')) expect(line).not.toMatch(/^│ [，。》]/u);
});

test('commands to the terminal and turned writing directions do not reach it', () => {
  const table = terminalTable(COLUMNS, [['a\u001b[31m红\u0007.txt', '可能', '甲\u202e乙\r丙']], 80);
  for (const forbidden of ['\u001b', '\u0007', '\u202e', '\r'])
    expect(table).not.toContain(forbidden);
});

test('any text in any width keeps its letters in order and its lines within the width', () => {
  const cell = fc.string({ unit: fc.constantFrom(...'公开，。》a1 —（T06'), maxLength: 200 });
  fc.assert(
    fc.property(cell, cell, fc.integer({ min: 80, max: 220 }), (file, quote, width) => {
      const table = terminalTable(COLUMNS, [[file, '可能 0.51', quote]], width);
      for (const line of table.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      const letters = (text: string): string => text.replace(/\s/gu, '');
      expect(letters(columnOf(table, 0))).toBe(letters(`文件${file}`));
      expect(letters(columnOf(table, 2))).toBe(letters(`依据${quote}`));
    }),
  );
});
