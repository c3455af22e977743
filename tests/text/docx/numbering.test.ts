import { describe, expect, test } from 'vitest';
import { writeNumber } from '../../../shared/text/docx/number-formats.ts';
import { level, list, numbered, p, tbl, tc, tr, use } from '../../making/raw-docx.ts';
import { codes, reading } from './reading.ts';

const OFFICIAL = list(
  1,
  level(0, ['chineseCounting', '%1、']) +
    level(1, ['chineseCounting', '（%2）']) +
    level(2, ['decimal', '%3.']) +
    level(3, ['decimalEnclosedCircle', '%4']),
);

const lines = async (body: string, numbering: string, styles = ''): Promise<string[]> =>
  (await reading({ body, numbering, styles })).text.split('\n');

test('the numbers of an official document come back at all four levels', async () => {
  const body = [
    numbered('总体要求', 1),
    numbered('指导思想', 1, 1),
    numbered('基本原则', 1, 1),
    numbered('主要任务', 1),
    numbered('加强公开', 1, 1),
    numbered('扩大范围', 1, 2),
    numbered('细化', 1, 3),
    numbered('深化', 1, 3),
    numbered('Open 工作', 1, 2),
  ].join('');
  expect(await lines(body, OFFICIAL + use(1, 1))).toEqual([
    '一、总体要求',
    '（一）指导思想',
    '（二）基本原则',
    '二、主要任务',
    '（一）加强公开',
    '1.扩大范围',
    '①细化',
    '②深化',
    '2. Open 工作',
  ]);
});

test('第一章 and 第一条 come from lists whose articles run on through the chapters', async () => {
  const law = list(
    1,
    level(0, ['chineseCountingThousand', '第%1章']) +
      level(1, ['chineseCountingThousand', '第%2条'], '<w:lvlRestart w:val="0"/>'),
  );
  const body = [
    numbered('总则', 1),
    numbered('为了规范', 1, 1),
    numbered('分则', 1),
    numbered('公开', 1, 1),
  ];
  expect(await lines(body.join(''), law + use(1, 1))).toEqual([
    '第一章 总则',
    '第一条 为了规范',
    '第二章 分则',
    '第二条 公开',
  ]);
});

test('a list with its own start begins there, one without goes on with its abstract list', async () => {
  const start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>';
  const numbering = OFFICIAL + use(1, 1) + use(2, 1) + use(3, 1, start);
  const body = [1, 1, 2, 3, 3].map((id) => numbered('项', id)).join('');
  expect(await lines(body, numbering)).toEqual(['一、项', '二、项', '三、项', '五、项', '六、项']);
});

test('a level can be written anew for one list', async () => {
  const other = `<w:lvlOverride w:ilvl="0">${level(0, ['upperRoman', '%1)'])}</w:lvlOverride>`;
  expect(await lines(numbered('项', 1), OFFICIAL + use(1, 1, other))).toEqual(['I)项']);
});

test('a legal level shows all numbers in decimal, and upper levels not yet used show their start', async () => {
  const legal = list(
    1,
    level(0, ['chineseCounting', '%1、']) + level(1, ['decimal', '%1.%2'], '<w:isLgl/>'),
  );
  expect(await lines(numbered('甲', 1, 1) + numbered('乙', 1, 1), legal + use(1, 1))).toEqual([
    '1.1 甲',
    '1.2 乙',
  ]);
});

test('numbers come from the style, from the style it is based on, and stop at numId 0', async () => {
  const numberedStyle = (id: string, more: string): string =>
    `<w:style w:type="paragraph" w:styleId="${id}">${more}</w:style>`;
  const styles = [
    numberedStyle(
      'A',
      '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>',
    ),
    numberedStyle('B', '<w:basedOn w:val="A"/>'),
    numberedStyle('C', '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
    numberedStyle('Ring', '<w:basedOn w:val="Ring"/>'),
  ].join('');
  const tied = list(
    1,
    level(0, ['chineseCounting', '%1、']) +
      level(1, ['chineseCounting', '（%2）'], '<w:pStyle w:val="C"/>'),
  );
  const styled = (id: string, more = ''): string => p('文', `<w:pStyle w:val="${id}"/>${more}`);
  const off = '<w:numPr><w:numId w:val="0"/></w:numPr>';
  const body = [styled('A'), styled('B'), styled('C'), styled('A', off), styled('Ring')].join('');
  const read = await reading({ body, styles, numbering: tied + use(1, 1) });
  expect(read.text.split('\n')).toEqual(['一、文', '二、文', '（一）文', '文', '文']);
  expect(read.blocks.map(({ kind }) => kind)).toEqual([
    'heading',
    'heading',
    'paragraph',
    'heading',
    'paragraph',
  ]);
});

test('a list that is only a link to a numbering style takes its levels from there', async () => {
  const styles =
    '<w:style w:type="numbering" w:styleId="S"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>';
  const link = list(2, '', '<w:numStyleLink w:val="S"/>');
  expect(await lines(numbered('项', 2), OFFICIAL + link + use(1, 1) + use(2, 2), styles)).toEqual([
    '一、项',
  ]);
});

test('an empty numbered cell still shows its serial number', async () => {
  const body = tbl([1, 2].map((row) => tr([tc(numbered('', 1)), tc(`任务${row}`)])));
  const serial = list(1, level(0, ['decimal', '%1'])) + use(1, 1);
  expect(await lines(body, serial)).toEqual(['1\t任务1', '2\t任务2']);
});

test('bullets of picture fonts become a bullet, suffixes are kept apart', async () => {
  const bullets = list(
    1,
    level(0, ['bullet', '\uf06c'], '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>') +
      level(1, ['decimal', '%2'], '<w:suff w:val="space"/>') +
      level(2, ['decimal', '%3'], '<w:suff w:val="nothing"/>'),
  );
  const body = numbered('甲', 1) + numbered('乙', 1, 1) + numbered('丙', 1, 2) + numbered('', 1);
  const found = await lines(body, bullets + use(1, 1));
  expect(found).toEqual(['• 甲', '1 乙', '1丙']);
});

test('a custom format keeps its places, an unknown one is a decimal with a warning', async () => {
  const custom =
    '<w:lvl w:ilvl="0"><w:start w:val="7"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1、"/></w:lvl>';
  const numbering =
    list(1, custom) + list(2, level(0, ['klingon', '%1、'])) + use(1, 1) + use(2, 2);
  const read = await reading({ body: numbered('甲', 1) + numbered('乙', 2), numbering });
  expect(read.text).toBe('007、甲\n1、乙');
  expect(read.warnings).toEqual([{ code: 'W_NUMBER_FORMAT', detail: 'klingon' }]);
  expect(codes(read)).toContain('W_NUMBER_FORMAT');
});

describe('number formats as ISO/IEC 29500-1 17.18.59 lists them', () => {
  const CASES: readonly (readonly [string, Readonly<Record<number, string>>])[] = [
    ['decimal', { 0: '0', 12: '12' }],
    ['decimalZero', { 1: '01', 12: '12' }],
    ['decimalFullWidth', { 12: '１２' }],
    ['decimalEnclosedCircle', { 1: '①', 20: '⑳', 21: '21' }],
    ['decimalEnclosedParen', { 1: '⑴' }],
    ['decimalEnclosedFullstop', { 1: '⒈' }],
    ['ideographEnclosedCircle', { 1: '㊀', 10: '㊉', 11: '11' }],
    ['upperLetter', { 1: 'A', 26: 'Z', 27: 'AA', 53: 'AAA', 32767: '32767' }],
    ['lowerLetter', { 28: 'bb' }],
    ['upperRoman', { 4: 'IV', 1999: 'MCMXCIX', 4000: '4000' }],
    ['lowerRoman', { 9: 'ix' }],
    ['chineseCounting', { 1: '一', 10: '十', 11: '十一', 20: '二十', 99: '九十九', 100: '一〇〇' }],
    ['ideographDigital', { 10: '一〇', 21: '二一' }],
    [
      'chineseCountingThousand',
      {
        10: '十',
        19: '十九',
        100: '一百',
        101: '一百零一',
        110: '一百一十',
        1001: '一千零一',
        1010: '一千零一十',
        10010: '一万零一十',
        12000: '一万二千',
      },
    ],
    ['japaneseCounting', { 10: '十', 101: '百一', 1111: '千百十一' }],
    ['chineseLegalSimplified', { 1: '壹', 10: '壹拾', 205: '贰佰零伍' }],
    ['ideographLegalTraditional', { 3: '參', 20: '貳拾' }],
    ['ideographTraditional', { 1: '甲', 10: '癸', 11: '11' }],
    ['ideographZodiac', { 1: '子', 12: '亥' }],
    ['ideographZodiacTraditional', { 1: '甲子', 60: '癸亥', 61: '甲子' }],
    ['taiwaneseCounting', { 20: '二十', 101: '一○一' }],
    ['ordinal', { 1: '1st', 2: '2nd', 11: '11th', 23: '23rd' }],
    ['numberInDash', { 3: '- 3 -' }],
    ['none', { 3: '' }],
  ];
  test.each(CASES)('%s', (format, cases) => {
    for (const [n, written] of Object.entries(cases))
      expect(writeNumber(Number(n), format)).toBe(written);
  });
});
