import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findNumbers, parseDocumentNumber } from '../../shared/gongwen/document-number.ts';

const read = (raw: string): string | null => {
  const found = parseDocumentNumber(raw);
  return found === null ? null : `${found.value.normalised} ${found.sure ? 'sure' : 'candidate'}`;
};

describe('every bracket and spacing gives the same number', () => {
  test.each([
    '甲湖街办〔2031〕7号',
    '甲湖街办﹝2031﹞7号',
    '甲湖街办［2031］7号',
    '甲湖街办[2031]7号',
    '甲湖街办【2031】7号',
    '甲湖街办（2031）7号',
    '甲湖街办(2031)7号',
    '甲湖街办〖2031〗7号',
    '甲湖街办〈2031〉7号',
    '甲湖街办 (2031] 7号',
    '甲湖街办〔2031年〕7号',
    '甲湖街办〔2031〕第7号',
    '甲湖街办 〔 2031 〕 7 号',
    '甲 湖 街 办 〔2031〕7号',
    '甲湖街办〔２０３１〕７号',
    '甲湖街办〔\n2031\n〕\n7\n号',
    '根据甲湖街办〔2031〕7号',
    '按照甲湖街办〔2031〕7号',
    '关于转发甲湖街办〔2031〕7号',
    '关于做好清理工作的通知甲湖街办〔2031〕7号',
    '文号：甲湖街办〔2031〕7号',
    '5月3日甲湖街办〔2031〕7号',
  ])('%j', (raw) => {
    expect(read(raw)).toBe('甲湖街办〔2031〕7号 sure');
  });
});

describe('other well-formed numbers', () => {
  test.each([
    ['甲府〔2020〕3-1号', '甲府〔2020〕3-1号 sure'],
    ['甲府（规）〔2018〕3号', '甲府（规）〔2018〕3号 sure'],
    ['甲绿容〔2020〕014号', '甲绿容〔2020〕014号 sure'],
    ['甲规划资源乡〔2022〕348号', '甲规划资源乡〔2022〕348号 sure'],
    ['甲省人民政府令 第9号', '甲省人民政府令第9号 sure'],
    ['甲省人民政府令第四十九号', '甲省人民政府令第49号 sure'],
    ['甲市人民政府令\n第 123 号', '甲市人民政府令第123号 sure'],
    ['甲市人民政府第68号令', '甲市人民政府令第68号 sure'],
    ['甲部公告2018年第14号', '甲部公告2018年第14号 sure'],
    ['甲部 乙总局公告2018年第14号', '甲部乙总局公告2018年第14号 sure'],
  ])('%j is %s', (raw, expected) => {
    expect(read(raw)).toBe(expected);
  });
});

describe('what lost a piece is only a candidate', () => {
  test.each([
    ['甲府办发〔202259号', '甲府办发〔2022〕59号 candidate'],
    ['甲政办发201835号', '甲政办发〔2018〕35号 candidate'],
    ['甲政办发2018〕35号', '甲政办发〔2018〕35号 candidate'],
    ['甲政办发〔2018〕35', '甲政办发〔2018〕35号 candidate'],
    ['甲府〔99〕12号', '甲府〔99〕12号 candidate'],
    ['甲税务总局2018年第12号', '甲税务总局2018年第12号 candidate'],
    ['公告2018年第14号', '公告2018年第14号 candidate'],
  ])('%j is %s', (raw, expected) => {
    expect(read(raw)).toBe(expected);
  });
});

test.each([
  '',
  '202164',
  '第3号',
  '甲路12号',
  '电话05951234号',
  '〔3021〕7号',
  '（2019）甲0105民初1234号',
  '甲〔2018〕乙市不动产权第0012号',
])('%j is no document number', (raw) => {
  expect(read(raw)).toBeNull();
});

test('any mark, year and sequence come back from any pair of brackets', () => {
  const given = fc.record({
    mark: fc.stringMatching(/^[甲乙丙丁戊己庚辛]{1,4}[发办函字]$/u),
    year: fc.integer({ min: 1949, max: 2100 }),
    count: fc.integer({ min: 1, max: 9999 }),
    open: fc.constantFrom(...'〔﹝［[【〖（('),
    close: fc.constantFrom(...'〕﹞］]】〗）)'),
  });
  fc.assert(
    fc.property(given, ({ mark, year, count, open, close }) => {
      expect(parseDocumentNumber(`根据${mark}${open}${year}${close}${count}号`)).toEqual({
        value: {
          normalised: `${mark}〔${year}〕${count}号`,
          issuerMark: mark,
          year,
          sequence: String(count),
        },
        sure: true,
      });
    }),
  );
});

test('numbers of a text lie apart and inside it, whatever the text', () => {
  const piece = fc.constantFrom(
    '〔',
    '2021',
    '〕',
    '7',
    '号',
    '令',
    '第',
    '公告',
    '年',
    ' ',
    '\n',
    '甲办',
    '十',
    '（',
    '）',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces.join('');
      let end = 0;
      for (const found of findNumbers(text)) {
        expect(found.start).toBeGreaterThanOrEqual(end);
        expect(found.end).toBeGreaterThan(found.start);
        end = found.end;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }),
  );
});
