import { expect, test } from 'vitest';
import { seedNotice, seedText } from './seed-notice.ts';

const INVENTED = [
  ' 某办〔2030〕1号 ',
  '',
  '各科室：',
  '\t工作任务',
  '\t责任部门',
  '',
  '\t一、头等大事',
  '',
  '\t1.写清楚',
  '\t',
  '（待定）',
  '',
  ' ',
  '\t2.讲明白',
  '\t\t各科室 ',
  ' ',
].join('\n');

test('cells start with a tab, go on without one, and end with a blank line', () => {
  expect(seedNotice(INVENTED)).toEqual({
    before: ['某办〔2030〕1号', '各科室：'],
    table: {
      rows: [
        { cells: ['工作任务', '责任部门'], merged: false },
        { cells: ['一、头等大事'], merged: true },
        { cells: ['1.写清楚', '\n（待定）'], merged: false },
        { cells: ['2.讲明白', '各科室'], merged: false },
      ],
    },
  });
});

test('the seed notice has 28 lines, 3 header rows, 11 section rows and 20 task rows', (context) => {
  const text = seedText();
  if (text === null) return context.skip('no reference material at GONGKAI_REFERENCE or ../shared');
  const { before, table } = seedNotice(text);
  expect(before).toHaveLength(28);
  expect(table.rows.filter((row) => row.merged)).toHaveLength(11);
  const whole = table.rows.filter((row) => row.cells.length === 4);
  expect(whole.filter((row) => row.cells[0] === '工作任务')).toHaveLength(3);
  expect(whole.filter((row) => /^\d+\./u.test(row.cells[0] ?? ''))).toHaveLength(20);
  expect(table.rows).toHaveLength(34);
});
