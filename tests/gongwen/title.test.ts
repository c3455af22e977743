import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recognise } from '../../shared/gongwen/recognise.ts';
import { allQuotesHold, canonicalOf } from './canonical-of.ts';

const titleOf = (lines: readonly string[], metadata: Record<string, string> = {}, file = '') =>
  recognise(canonicalOf(lines.join('\n'), metadata), file).title;

const body = '根据《甲市养老服务条例》，东湖街道对下列事项作出处理，现予公布。';

describe('a title set over several lines', () => {
  test.each([
    [
      [
        '甲市乙区人民政府东湖街道',
        '办事处行政处罚决定书',
        '乙东罚〔2031〕3号',
        '当事人：某店',
        body,
      ],
    ],
    [['东湖街道垃圾分类第三方服', '务采购项目成交结果公告', '一、项目编号', body]],
    [
      [
        '东湖街道2031年政府',
        '信息公开工作年度报告',
        '本年度报告由东湖街道编制，统计期限为全年。',
        body,
      ],
    ],
    [
      [
        '湖滨片区雨污分流改造工程',
        '中标结果及建设信息公示',
        '湖滨片区工程评标结束，现公示如下：',
        body,
      ],
    ],
    [['中共乙区委东湖街道', '社会工作部2031年度部门决算', '目 录', body]],
  ])('is joined: %j', (lines) => {
    expect(titleOf(lines)).toMatchObject({ value: `${lines[0]}${lines[1]}`, sure: true });
  });

  test('is joined as far as the name beside the text goes', () => {
    const lines = ['东湖街道', '长者食堂运营', '情况通报', body];
    expect(titleOf(lines, { title: '东湖街道长者食堂运营情况通报' })?.value).toBe(
      '东湖街道长者食堂运营情况通报',
    );
  });

  test('is joined as far as the name of the file goes', () => {
    const lines = ['东湖街道', '长者食堂运营情况通报', body];
    const file = '东湖街道长者食堂运营情况通报（终稿）.pdf';
    expect(titleOf(lines, {}, file)?.value).toBe('东湖街道长者食堂运营情况通报');
  });

  test.each([
    [['首页导航', '统计公报', '东湖街道2031年人口抽样调查主要数据公报', body]],
    [['附件1', '东湖街道2031年人口抽样调查主要数据公报', body]],
    [['二、其他需要一并说明的有关问题', '东湖街道2031年人口抽样调查主要数据公报', body]],
  ])('takes in neither a menu nor a number of a section: %j', (lines) => {
    expect(titleOf(lines)?.value).toBe('东湖街道2031年人口抽样调查主要数据公报');
  });

  test('does not run on into the first sentence', () => {
    const lines = [
      '东湖街道2031年工作年度报告',
      '本报告由东湖街道根据有关条例',
      '编制，数据截至年底。',
    ];
    expect(titleOf(lines)?.value).toBe('东湖街道2031年工作年度报告');
  });
});

describe('a letter', () => {
  const letter = [
    '关于湖滨路灯不亮的来信',
    '留言编号：DH20311222-007',
    '留言时间：2031-12-22 20:41',
  ];

  test.each([[['留言类别：建议', '留言内容：']], [['办理编号：7', '反映区域：湖滨']]])(
    'has a title that ends before its fields, known or not: %j',
    (fields) => {
      const lines = [
        ...letter.slice(0, 1),
        ...fields,
        ...letter.slice(1),
        '街道领导你们好。',
        body,
      ];
      expect(titleOf(lines)?.value).toBe('关于湖滨路灯不亮的来信');
    },
  );

  test('gives the day it was written as a candidate', () => {
    const found = recognise(canonicalOf([...letter, '街道领导你们好。'].join('\n')));
    expect(found.date).toMatchObject({ value: '2031-12-22', sure: false });
  });
});

describe('a name beside the text', () => {
  test('makes sure of a line that does not end as titles do', () => {
    const lines = ['东湖街道开展“洁净湖滨”活动', body];
    expect(titleOf(lines)?.sure).toBe(false);
    const metadata = { title: '东湖街道开展“洁净湖滨”活动_东湖街道办事处' };
    expect(titleOf(lines, metadata)).toMatchObject({ value: lines[0], sure: true });
  });

  test('never makes a title of the name of an office', () => {
    const lines = ['东湖街道办事处', '东湖街道开展“洁净湖滨”活动', body];
    const metadata = { title: '东湖街道办事处', 'dc.title': '东湖街道办事处_首页' };
    expect(titleOf(lines, metadata)).not.toMatchObject({ value: '东湖街道办事处', sure: true });
  });

  test('offers a line with a colon only as a candidate', () => {
    const lines = [
      '甲市统计局：东湖街道人口增加3.5万',
      '昨日获悉，东湖街道人口增加，详情如下。',
      body,
    ];
    expect(titleOf(lines, { title: lines[0] ?? '' })).toMatchObject({
      value: lines[0],
      sure: false,
    });
  });
});

test('quotes hold and nothing throws for any lines, names and file names', () => {
  const line = fc.stringMatching(/^[东湖街道关于的通知公告：（）《》一、2031年 -]{0,30}$/u);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), line, line, (lines, title, file) => {
      const text = lines.join('\n');
      const found = recognise(canonicalOf(text, { title }), file);
      expect(allQuotesHold(text, found)).toBe(true);
    }),
  );
});
