import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elementsSchema } from '../../shared/domain/elements.ts';
import { recognise } from '../../shared/gongwen/recognise.ts';
import { allQuotesHold, canonicalOf } from './canonical-of.ts';

const lines = (...all: string[]): string => all.join('\n');

/** Values of what is sure, candidates with a trailing ?. */
const read = (text: string, metadata: Record<string, string> = {}, fileName = '') => {
  const found = recognise(canonicalOf(text, metadata), fileName);
  expect(allQuotesHold(text, found)).toBe(true);
  expect(elementsSchema.safeParse(found).success).toBe(true);
  const said = (one: { value: string; sure: boolean } | null) =>
    one === null ? null : `${one.value}${one.sure ? '' : '?'}`;
  const { documentNumber: number } = found;
  return {
    title: said(found.title),
    number: number === null ? null : `${number.value.normalised}${number.sure ? '' : '?'}`,
    issuer: said(found.issuer),
    addressee: said(found.addressee),
    date: said(found.date),
    genre: said(found.genre),
    inner: said(found.innerTitle),
    note: said(found.attributeNote),
    attachments: found.attachments.map((one) => one.value),
    cited: found.citedNumbers.map((one) => one.value),
    flags: found.flags,
  };
};

const paper = lines(
  '甲市乙区人民政府东湖街道办事处文件',
  '乙东办〔2031〕21号            签发人：张某',
  '关于印发《东湖街道居家养老服务',
  '补助实施办法（试行）》的通知',
  '各社区居委会，街道各部门：',
  '根据《甲市养老服务条例》和《关于加强养老工作的意见》（甲府办发〔2030〕8号），现将《办法》印发给你们。',
  '一、认真学习',
  '请各社区于2031年7月1日前报送名单。',
  '附件：1. 东湖街道居家养老服务补助实施办法（试行）',
  '      2. 补助申请表',
  '甲市乙区人民政府东湖街道办事处',
  '2031年6月9日',
  '（此件主动公开）',
  '附件1',
  '东湖街道居家养老服务补助实施办法（试行）',
);

test('a whole paper gives all its elements', () => {
  expect(read(paper)).toEqual({
    title: '关于印发《东湖街道居家养老服务补助实施办法（试行）》的通知',
    number: '乙东办〔2031〕21号',
    issuer: '甲市乙区人民政府东湖街道办事处',
    addressee: '各社区居委会，街道各部门',
    date: '2031-06-09',
    genre: '通知',
    inner: '东湖街道居家养老服务补助实施办法（试行）',
    note: 'A1',
    attachments: ['东湖街道居家养老服务补助实施办法（试行）', '补助申请表'],
    cited: ['甲府办发〔2030〕8号'],
    flags: [],
  });
});

describe('own and cited numbers', () => {
  const body = '各社区：\n为做好甲工作，现通知如下。';
  test.each([
    ['above the title', `乙东办〔2031〕21号\n关于甲工作的通知\n${body}`],
    ['below the title', `关于甲工作的通知\n乙东办〔2031〕21号\n${body}`],
    [
      'in brackets below the title',
      `关于甲工作的通知\n（乙东办〔2031〕21号 东湖街道办事处）\n${body}`,
    ],
    ['at the end of the title line', `关于甲工作的通知 乙东办〔2031〕21号\n${body}`],
    ['in brackets at the end of the title line', `关于甲工作的通知（乙东办[2031]21号）\n${body}`],
    ['before the title on its line', `乙东办[2031]21号关于甲工作的通知\n${body}`],
    [
      'in a field',
      `索引号：甲-01 发文字号：乙东办〔2031〕21号 发布机构：东湖街道办事处\n关于甲工作的通知\n${body}`,
    ],
    [
      'in a field with dirt of OCR',
      `发文字号: ”乙东办 (2031] 21号 信息类别: 民政\n关于甲工作的通知\n${body}`,
    ],
    ['on one line with everything', `关于甲工作的通知乙东办〔2031〕21号 ${body.replace('\n', '')}`],
  ])('the own number stands %s', (_, text) => {
    expect(read(text)).toMatchObject({
      number: '乙东办〔2031〕21号',
      title: '关于甲工作的通知',
      cited: [],
    });
  });

  test.each([
    `关于甲工作的通知\n各社区：\n根据《甲办法》（甲府〔2030〕3号），现通知如下。`,
    `关于甲工作的通知\n各社区：\n按照甲府〔2030〕3号文件要求，现通知如下。`,
    `根据《关于乙工作的意见》（甲府〔2030〕3号）\n各社区要认真落实。`,
  ])('a number in a sentence is only cited: %j', (text) => {
    expect(read(text)).toMatchObject({ number: null, cited: ['甲府〔2030〕3号'] });
  });

  test.each([
    ['乙东办发〔203121号', '乙东办发〔2031〕21号?'],
    ['乙东办发203121号', '乙东办发〔2031〕21号?'],
  ])('%s is a candidate with a flag', (broken, number) => {
    expect(read(`${broken}\n关于甲工作的通知\n${body}`)).toMatchObject({
      number,
      flags: ['W_BROKEN_NUMBER'],
    });
  });
});

describe('titles', () => {
  test('navigation and fields before the title are passed over, and the repeated title does not confuse', () => {
    const text = lines(
      '首页 > 政务公开 > 文件',
      '登录 | 注册',
      '标题：关于甲工作的通知',
      '索引号：甲-01',
      '关于甲工作的通知',
      '各社区：',
      '为做好甲工作，现通知如下。',
    );
    expect(read(text).title).toBe('关于甲工作的通知');
  });
  test('a markdown heading is the title', () => {
    expect(
      read(
        '# 甲市养老服务条例\n2031年5月1日 甲市人大常委会通过\n## 第一章 总则\n第一条 为了甲，制定本条例。',
      ),
    ).toMatchObject({ title: '甲市养老服务条例', date: '2031-05-01?' });
  });
  test('a text of one line is its title', () => {
    expect(read('关于甲工作的通知').title).toBe('关于甲工作的通知');
    expect(read('甲湖的春天').title).toBe('甲湖的春天?');
  });
  test('a file name only points at words of the text', () => {
    const text = '各位居民，甲湖便民说明如下所述，请大家查看并且配合工作，谢谢支持。\n一、时间';
    expect(read(text, {}, '甲湖便民说明.docx').title).toBe('甲湖便民说明?');
    expect(read(text, {}, '另一个文件名.docx').title).toBeNull();
  });
  test('an order is titled by its name and carries what its first sentence names', () => {
    const text = lines(
      '甲市人民政府令',
      '第189号',
      '《甲市住房管理办法》已经2031年2月11日市政府常务会议审议通过，现予公布，自公布之日起施行。',
      '市 长 张某',
      '二〇三一年三月五日',
    );
    expect(read(text)).toMatchObject({
      title: '甲市人民政府令',
      number: '甲市人民政府令第189号',
      genre: '命令',
      inner: '甲市住房管理办法',
    });
  });
});

describe('issuers and dates', () => {
  test('of joint issuers the first is taken', () => {
    const text = lines(
      '甲市民政局 甲市财政局关于调整标准的通知',
      '甲民发〔2031〕10号',
      '各区民政局：',
      '经研究，现通知如下。',
      '甲市民政局',
      '甲市财政局',
      '2031年9月29日',
    );
    expect(read(text)).toMatchObject({ issuer: '甲市民政局', date: '2031-09-29' });
    expect(read(text.replace('甲市民政局 甲市财政局关于', '关于')).issuer).toBe('甲市民政局');
  });
  test('the signature counts, not a deadline or a later date', () => {
    const text = lines(
      '关于甲工作的通知',
      '各社区：',
      '请于2031年7月1日前报送。',
      '东湖街道办事处',
      '2031年6月9日',
      '甲办法',
      '第一条 本办法自2031年8月1日起施行。',
      '2031年8月1日',
    );
    expect(read(text).date).toBe('2031-06-09');
  });
  test('a date of several in the remark under a title stays a candidate', () => {
    const text = lines(
      '甲市养老服务条例',
      '（2021年5月1日甲市人大常委会通过 根据2031年6月9日甲市人大常委会决定修正）',
      '第一条 为了甲，制定本条例。',
    );
    expect(read(text).date).toBe('2031-06-09?');
    expect(read(text.replace(' 根据2031年6月9日甲市人大常委会决定修正', '')).date).toBe(
      '2021-05-01',
    );
  });
  test.each(['2031年2月30日', '2031年1030日', '1030日'])(
    '%s under a signature is flagged and not mended',
    (date) => {
      const text = lines(
        '关于甲工作的通知',
        '各社区：',
        '为做好甲工作，现通知如下。',
        '东湖街道办事处',
        date,
      );
      expect(read(text)).toMatchObject({ date: null, flags: ['W_BROKEN_DATE'] });
    },
  );
  test('a field gives the date where no signature does', () => {
    const text = lines(
      '成文日期：2031-06-09',
      '关于甲工作的通知',
      '各社区：',
      '为做好甲工作，现通知如下。',
    );
    expect(read(text).date).toBe('2031-06-09');
    expect(read(text.replace('成文日期', '发布日期')).date).toBe('2031-06-09?');
  });
});

test('an addressee over several lines is put together; a colon in a sentence is none', () => {
  const text = lines(
    '关于甲工作的通知',
    '各省、自治区、直辖市教育厅，有关部门，部属各高等',
    '学校，各直属单位：',
    '为做好甲工作，现通知如下：',
    '一、时间',
  );
  expect(read(text).addressee).toBe(
    '各省、自治区、直辖市教育厅，有关部门，部属各高等学校，各直属单位',
  );
  expect(
    read(lines('关于甲工作的说明', '现将有关事项通知如下：', '一、时间')).addressee,
  ).toBeNull();
});

test('one attachment without a number, and none', () => {
  expect(
    read(
      lines(
        '关于甲工作的通知',
        '各社区：',
        '现通知如下。',
        '附件：甲工作方案',
        '东湖街道办事处',
        '2031年6月9日',
      ),
    ).attachments,
  ).toEqual(['甲工作方案']);
  expect(read(lines('关于甲工作的通知', '各社区：', '名单见附件。')).attachments).toEqual([]);
});

test('nothing throws and every quote holds, whatever the text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '关于',
      '的通知',
      '〔2031〕',
      '21号',
      '：',
      '\n',
      ' ',
      '附件：',
      '1. ',
      '（此件',
      '公开）',
      '2031年6月9日',
      '街道办事处',
      '机密★',
      '令',
      '第',
      '《',
      '》',
      '文件',
      '各社区',
      '发文字号：',
      '#',
      '|',
      '。',
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
      const text = pieces.join('');
      expect(allQuotesHold(text, recognise(canonicalOf(text)))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test.each([
  '（此件',
  '〔2031',
  '附件：',
  ' ',
  '2031年',
  '机密',
  '《',
  '\n',
  '各社区：',
  '公告第',
  '2031年6月9日',
])('a million characters of %j are read in time that grows with the length', (unit) => {
  const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
  const started = performance.now();
  recognise(canonicalOf(text));
  expect(performance.now() - started).toBeLessThan(20_000);
});
