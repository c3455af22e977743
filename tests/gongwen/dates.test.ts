import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findDates, findFieldDates, isBrokenDate } from '../../shared/gongwen/dates.ts';

test.each([
  ['2031年6月9日', '2031-06-09'],
  ['2 0 3 1 年 6 月 9 日', '2031-06-09'],
  ['２０３１年６月９日', '2031-06-09'],
  ['2031\n年\n9\n月\n29\n日', '2031-09-29'],
  ['二〇三一年十一月二十五日', '2031-11-25'],
  ['二○三一年元月廿三日', '2031-01-23'],
  ['二Ｏ三一年十二月三十一日', '2031-12-31'],
  ['二零三一年一月卅日', '2031-01-30'],
  ['二0三一年十月十日', '2031-10-10'],
  ['2032年2月29日', '2032-02-29'],
  ['2031年2月29日', null],
  ['2031年13月1日', null],
  ['2031年6月31日', null],
  ['2031年0月1日', null],
  ['二〇三一年十三月一日', null],
])('%j is %s', (words, iso) => {
  expect(findDates(words).map((date) => date.iso)).toEqual([iso]);
});

test.each([
  ['2031-06-09', '2031-06-09'],
  ['2031/6/9 10:00', '2031-06-09'],
  ['2031.6.9', '2031-06-09'],
  ['20310609', '2031-06-09'],
  ['2031-02-30', null],
])('a field that says %s means %s', (words, iso) => {
  expect(findFieldDates(words)[0]?.iso ?? null).toBe(iso);
});

test.each(['1030日', '2031年1030日', '203110月30日', '2031年6月9'])('%s lost a piece', (line) => {
  expect(isBrokenDate(line)).toBe(true);
  expect(findDates(line)).toEqual([]);
});

test('every day of the calendar is read back from Arabic numerals', () => {
  const day = fc.date({
    min: new Date('1950-01-01T00:00:00Z'),
    max: new Date('2099-12-31T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(day, (date) => {
      const words = `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
      expect(findDates(words)[0]?.iso).toBe(date.toISOString().slice(0, 10));
    }),
  );
});
