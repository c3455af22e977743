import { describe, expect, test } from 'vitest';
import type { CanonicalText } from '../../shared/domain/text.ts';
import { recognise } from '../../shared/gongwen/recognise.ts';
import { screen } from '../../shared/screening/screen.ts';
import { screenRows } from '../../shared/screening/screen-rows.ts';

/** Right by Luhn, and no bank's: 62 with zeros. */
const CARD = '6200000000000005';
const header = ['姓名', '手机号码', '一卡通账号', '家庭住址'];
const counts = (rows: readonly (readonly string[])[], title = '发放名单') =>
  [...screenRows({ title, header, rows })].sort((a, b) => a.column - b.column);

describe('rows of a list', () => {
  test('are counted column by column, however many there are', () => {
    const rows = Array.from({ length: 1_234 }, (_, at) => [
      `户${at}`,
      `1390000${String(1_000 + at)}`,
      at % 2 === 0 ? CARD : '',
      '',
    ]);
    expect(counts(rows)).toEqual([
      { column: 1, code: 'P_PHONE', count: 1_234 },
      { column: 2, code: 'P_BANK', count: 617 },
    ]);
  });
  test('are judged under their header: a door number is a home only where the list is one of homes', () => {
    const rows = [['某某', '', '', '清水湾路12号3幢502室']];
    expect(counts(rows)).toEqual([{ column: 3, code: 'P_ADDR', count: 1 }]);
  });
  test('line breaks and tabs inside a cell do not shift what follows', () => {
    expect(counts([['甲\n乙\t丙', '13900001111', '', '']])).toEqual([
      { column: 1, code: 'P_PHONE', count: 1 },
    ]);
  });
  test('a number in the title is none of a column', () => {
    expect(counts([['某', '', '', '']], '联系人 13900001111')).toEqual([]);
  });
});

describe('a text whose rows were left out', () => {
  const text = '名单\n手机号 900';
  const source = (more: Partial<CanonicalText>): CanonicalText => ({
    text,
    blocks: [],
    pages: [],
    format: 'xlsx',
    metadata: {},
    warnings: [{ code: 'W_ROWS_SUMMARISED', detail: '1: 1000' }],
    ...more,
  });
  const screened = (more: Partial<CanonicalText>) => {
    const given = source(more);
    return screen(given, recognise(given, '名单.xlsx'));
  };
  test('carries the flags of its rows and a hit at the place that tells of them', () => {
    const place = { start: 3, end: 10 };
    const hit = {
      ...place,
      sheet: 1,
      column: 'B',
      name: '电话',
      code: 'P_PHONE',
      count: 900,
    } as const;
    const { flags, personal } = screened({ columnHits: [hit] });
    expect(flags).toEqual(expect.arrayContaining(['P_PHONE', 'W_PERSONAL_ROWS']));
    expect(personal).toContainEqual({ ...place, code: 'P_PHONE', masked: '手机号 900' });
  });
  test('is flagged where nobody looked at the rows, and not where nothing was found', () => {
    expect(screened({}).flags).toContain('W_ROWS_UNSCREENED');
    expect(screened({ columnHits: [] }).flags).not.toContain('W_ROWS_UNSCREENED');
  });
});
