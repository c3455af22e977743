import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CanonicalText } from '../../shared/domain/text.ts';
import { extract } from '../../shared/text/extract.ts';
import { delimitedRecords } from '../../shared/text/sheets/delimited.ts';
import { encodeLegacy } from '../making/encode-legacy.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = async (bytes: Uint8Array, name: string): Promise<CanonicalText> => {
  const result = await extract(bytes, name);
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
};

const LIST = '序号,姓名,金额\n1,"余某某","1,200"\n2,"秦""某",88\n3,卢某某,9\n';

describe('comma-separated text', () => {
  test.each([
    ['commas', LIST, utf8],
    ['semicolons', '序号;姓名;金额\n1;"余某某";"1,200"\n2;"秦""某";88\n3;卢某某;9\n', utf8],
    ['GBK', LIST, (text: string) => encodeLegacy(text, 'gb18030')],
  ])('%s: quotes and numbers come out as they were meant', async (_, text, encode) => {
    const found = await read(encode(text), '名单.csv');
    expect(found.format).toBe('csv');
    expect(found.text).toBe('序号\t姓名\t金额\n1\t余某某\t1,200\n2\t秦"某\t88\n3\t卢某某\t9');
    expect(found.warnings).toEqual([]);
  });
  test('with tabs under .tsv, a stated delimiter, ="0123" and ragged rows', async () => {
    expect((await read(utf8('甲\t乙\n1\t2\n'), 'a.tsv')).text).toBe('甲\t乙\n1\t2');
    const stated = 'sep=;\r\n名称;编号\r\n扫把;="0012"\r\n拖把;="0013";多\r\n';
    expect((await read(utf8(stated), 'a.csv')).text).toBe(
      '名称\t编号\t\n扫把\t0012\t\n拖把\t0013\t多',
    );
  });
  test('numbers that a spreadsheet has cut to 4.2E+17 are said to be lost', async () => {
    const found = await read(utf8('姓名,证件号\n某,4.20106E+17\n某,4.20107E+17\n'), 'a.csv');
    expect(found.warnings).toContainEqual({ code: 'W_ROUNDED_NUMBERS', detail: '2' });
  });
  test('is known by its bytes under any name, where nothing else is likely', async () => {
    expect(await read(utf8(LIST), '名单')).toMatchObject({ format: 'csv' });
    expect(await read(utf8(LIST), '名单.docx')).toMatchObject({
      format: 'csv',
      warnings: [{ code: 'W_ENDING', detail: '.docx → csv' }],
    });
  });
  test.each([
    ['a letter', '关于例会的通知\n各科室,各社区:\n请准时参加,不得缺席.\n街道办,5月6日\n'],
    ['two short lines', '序号,名称\n1,通知\n'],
    [
      'sentences that all have two commas',
      '请甲,乙,丙参加。\n请丁,戊,己参加。\n请庚,辛,壬参加。\n请子,丑,寅参加。\n',
    ],
  ])('%s stays text', async (_, text) => {
    expect(await read(utf8(text), 'a.txt')).toMatchObject({ format: 'txt' });
  });
  test('text that has no columns is read as text, even under .csv', async () => {
    expect(await read(utf8('关于例会的通知\n请准时参加\n'), 'a.csv')).toMatchObject({
      format: 'txt',
    });
  });
});

test('records of any fields come back as they were quoted', () => {
  const field = fc.string({ maxLength: 12 }).map((text) => text.replace(/\r/gu, ''));
  fc.assert(
    fc.property(
      fc.array(fc.array(field, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 }),
      (rows) => {
        const text = rows
          .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
          .join('\n');
        expect([...delimitedRecords(text, ',')]).toEqual(rows);
      },
    ),
  );
});

test('a hundred thousand quotes that never close are read in one go', () => {
  const text = `a,"${'"",'.repeat(100_000)}`;
  expect([...delimitedRecords(text, ',')].flat().join(',').length).toBeGreaterThan(100_000);
});
