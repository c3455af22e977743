import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CanonicalText } from '../../shared/domain/text.ts';
import { recognise } from '../../shared/gongwen/recognise.ts';
import { passesLuhn } from '../../shared/screening/bank-cards.ts';
import { checkDigit } from '../../shared/screening/identity-numbers.ts';
import { maskText } from '../../shared/screening/mask.ts';
import { MAX_HITS, screen, screenName } from '../../shared/screening/screen.ts';
import { canonicalBuilder } from '../../shared/text/canonical.ts';
import { canonicalOf } from '../gongwen/canonical-of.ts';

/** Invented: no region has the code 99xxxx. */
const identity = (birth: string, serial = '001'): string => {
  const first17 = `990101${birth}${serial}`;
  return first17 + checkDigit(first17);
};

/** Invented: 16 or 19 digits that pass Luhn. */
const card = (start: string): string => {
  const digit = [...'0123456789'].find((last) => passesLuhn(start + last));
  return start + (digit ?? '');
};

const screened = (source: CanonicalText) => screen(source, recognise(source));
const hitsOf = (text: string) =>
  screened(canonicalOf(text)).personal.map((hit) => [
    hit.code,
    text.slice(hit.start, hit.end),
    hit.masked,
  ]);
const codesOf = (text: string) => screened(canonicalOf(text)).personal.map((hit) => hit.code);

const ID = identity('19800105');
const WIDE = ID.replace(/\d/gu, (digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0));
const MASKED = `99*************${ID.slice(-3)}`;

describe('identity numbers', () => {
  test('the check digit is that of the example in GB 11643', () => {
    expect(checkDigit('11010519491231002')).toBe('X');
    expect(checkDigit('44052418800101001')).toBe('4');
  });

  test.each([
    ID,
    WIDE,
    `${ID.slice(0, 6)} ${ID.slice(6, 14)} ${ID.slice(14)}`,
    `${ID.slice(0, 6)} ${ID.slice(6, 10)} ${ID.slice(10, 14)} ${ID.slice(14)}`,
    `${ID.slice(0, 6)}-${ID.slice(6, 14)}-${ID.slice(14)}`,
    [...ID].join(' '),
    `${ID.slice(0, 10)}\n${ID.slice(10)}`,
  ])('%j is found and masked', (written) => {
    expect(hitsOf(`张某，${written}，居民`)).toEqual([['P_ID', written, MASKED]]);
    expect(hitsOf(`2031\t7 ${written}\t3`)).toEqual([['P_ID', written, MASKED]]);
  });

  test('x as last place counts in any writing', () => {
    const withX = Array.from({ length: 200 }, (_, n) =>
      identity('19800105', String(n).padStart(3, '0')),
    ).find((id) => id.endsWith('X'));
    const start = withX?.slice(0, 17) ?? '';
    for (const last of ['X', 'x', 'Ｘ'])
      expect(codesOf(`身份证号${start}${last}。`)).toEqual(['P_ID']);
  });

  test('any day of birth is found; with one digit altered it is not', () => {
    const birth = fc.date({
      min: new Date('1920-01-01T00:00:00Z'),
      max: new Date('2030-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    const serial = fc.integer({ min: 0, max: 999 });
    const place = fc.integer({ min: 0, max: 16 });
    fc.assert(
      fc.property(fc.record({ birth, serial, place }), (given) => {
        const id = identity(
          given.birth.toISOString().slice(0, 10).replace(/-/gu, ''),
          String(given.serial).padStart(3, '0'),
        );
        const digit = (Number(id.charAt(given.place)) + 1) % 10;
        const altered = `${id.slice(0, given.place)}${digit}${id.slice(given.place + 1)}`;
        expect(codesOf(`身份证号：${id}。`)).toContain('P_ID');
        expect(codesOf(`身份证号：${altered}。`)).not.toContain('P_ID');
      }),
    );
  });

  test.each([
    ['old number with a label', '身份证号990101800105001', ['P_ID']],
    ['old number of a known province', '350101800105001', ['P_ID']],
    ['15 digits whose date is no day', '身份证号990101801305001', []],
    ['15 digits of no province and no label', '流水990101800105001', []],
    ['longer run of digits', `1${ID}`, []],
    ['longer code with letters', `${ID}K`, []],
    ['统一社会信用代码', '统一社会信用代码91990101MA31ABCD0X', []],
    ['索引号', 'QZ99101-0240-2031-00207 11991602003166647K/203104-00328', []],
  ])('%s', (_, text, codes) => {
    expect(codesOf(text)).toEqual(codes);
  });
});

describe('mobile numbers', () => {
  test.each([
    '13800001234',
    '+86 13800001234',
    '+8613800001234',
    '8613800001234',
    '138 0000 1234',
    '138-0000-1234',
    '１３８００００１２３４',
  ])('%s is found and masked', (written) => {
    expect(hitsOf(`联系人张某，${written}。`)).toEqual([['P_PHONE', written, '138****1234']]);
  });
  test('numbers in lists are found each', () => {
    expect(
      codesOf('13800001234，13900001234/13700001234,100\n1.13600001234 Tel13500001234'),
    ).toEqual(Array.from({ length: 5 }, () => 'P_PHONE'));
    expect(codesOf(`1.${ID}，2.${ID}.`)).toEqual(['P_ID', 'P_ID']);
  });
  test.each([
    '12800001234',
    '0595-22001234',
    '138000012345',
    '金额13800001234元',
    '13800001234.50',
    '第13800001234号',
    '编号QZ13800001234',
    '2138000012341',
    '13,800,001,234',
    '12345',
  ])('%s is none', (text) => {
    expect(codesOf(text)).toEqual([]);
  });
});

describe('bank cards', () => {
  const union = card('621799000000001');
  const longer = card('622848000000000000');
  const other = card('400000000000000');
  test('a 62 card is found anywhere, grouped or not', () => {
    expect(hitsOf(`转入${union}内`)).toEqual([['P_BANK', union, `6217********${union.slice(-4)}`]]);
    const grouped = union.replace(/(.{4})(?=.)/gu, '$1 ');
    expect(hitsOf(`转入${grouped}内`)).toEqual([
      ['P_BANK', grouped, `6217********${union.slice(-4)}`],
    ]);
    expect(codesOf(longer)).toEqual(['P_BANK']);
  });
  test('other schemes need words of accounts near by or in the head of the table', () => {
    expect(codesOf(`银行卡号：${other}`)).toEqual(['P_BANK']);
    expect(codesOf(`流水号${other}`)).toEqual([]);
    const builder = canonicalBuilder();
    builder.table([
      { row: 0, column: 0, text: '姓名' },
      { row: 0, column: 1, text: '银行账号' },
      ...Array.from({ length: 20 }, (_, row) => [
        { row: row + 1, column: 0, text: '张某' },
        { row: row + 1, column: 1, text: row === 19 ? other : '无' },
      ]).flat(),
    ]);
    expect(screened(builder.build('docx')).personal.map((hit) => hit.code)).toEqual(['P_BANK']);
  });
  test('a wrong last digit is no card', () => {
    const last = (Number(union.slice(-1)) + 1) % 10;
    expect(codesOf(`${union.slice(0, -1)}${last}`)).toEqual([]);
  });
});

describe('addresses', () => {
  test.each([
    ['家庭住址：甲市乙区东湖街道湖心街12号3幢502室', '甲市乙区东湖街道****'],
    ['张某，男，现住甲市乙区丙镇丁村3组12号', '甲市乙区丙镇****'],
    [`李某（身份证${MASKED}），女，甲市乙区湖心街12号3幢502室`, '甲市乙区****'],
    ['户籍地址:湖心街12号', '****'],
  ])('%s is kept to the subdistrict', (text, masked) => {
    expect(screened(canonicalOf(text)).personal.map((hit) => [hit.code, hit.masked])).toEqual([
      ['P_ADDR', masked],
    ]);
  });
  test('a column of homes in a table of persons', () => {
    const builder = canonicalBuilder();
    builder.table([
      { row: 0, column: 0, text: '姓名' },
      { row: 0, column: 1, text: '住址' },
      { row: 1, column: 0, text: '张某' },
      { row: 1, column: 1, text: '东湖街道湖心街12号3幢502室' },
    ]);
    expect(screened(builder.build('docx')).personal.map((hit) => hit.masked)).toEqual([
      '东湖街道****',
    ]);
  });
  test.each([
    '办公地址：甲市乙区东湖街道湖心街12号3楼',
    '联系地址：甲市湖心街12号，联系人张某，电话0595-22001234',
    '受理地点：东湖街道便民服务中心（湖心街12号）',
    '根据《办法》（住房和城乡建设部令第12号）',
    '公司住所地：甲市湖心街12号2幢',
    '户籍所在地小学或乙区教育局（乙区湖心街12号）',
    '改造湖心街12号至88号沿街立面',
    '甲府发〔2031〕12号',
  ])('%s is no home', (text) => {
    expect(codesOf(text)).toEqual([]);
  });
});

describe('children', () => {
  const signed = (id: string) =>
    `名单公示\n各社区：\n现公示如下。\n张某 ${id}\n东湖街道办事处\n2031年6月9日`;
  test('under fourteen on the day of the paper', () => {
    expect(codesOf(signed(identity('20170610')))).toEqual(['P_ID', 'P_MINOR']);
    expect(codesOf(signed(identity('20170609')))).toEqual(['P_ID']);
  });
  test('a birth date beside a child, in words or in a column', () => {
    expect(hitsOf('学生张某，出生日期：2020年3月5日')).toEqual([
      ['P_MINOR', '2020年3月5日', '****年**月'],
    ]);
    expect(codesOf('干部张某，出生日期：1980年3月5日')).toEqual([]);
    expect(codesOf('新生为2009年9月1日至2010年8月31日出生的儿童')).toEqual([]);
    const builder = canonicalBuilder();
    builder.paragraph('困境儿童名单');
    builder.table([
      { row: 0, column: 0, text: '姓名' },
      { row: 0, column: 1, text: '出生年月' },
      { row: 1, column: 0, text: '张某' },
      { row: 1, column: 1, text: '2020.03' },
    ]);
    expect(screened(builder.build('docx')).personal.map((hit) => hit.code)).toEqual(['P_MINOR']);
  });
});

test.each([
  ['内部资料 注意保存\n关于甲工作', ['Q2_INTERNAL']],
  ['内部文件，不得外传！\n关于甲工作', ['Q2_INTERNAL']],
  ['工作秘密★3年\n关于甲工作', ['Q2_INTERNAL']],
  ['（内部使用）\n关于甲工作', ['Q2_INTERNAL']],
  ['密级：内部\n关于甲工作', ['Q2_INTERNAL']],
  ['工作秘密的管理应当依法进行。', []],
  ['属于内部资料的，不得上网。', []],
])('%j', (text, codes) => {
  expect(codesOf(text)).toEqual(codes);
});

test('a secrecy mark comes back with its words, a flag and a 商业秘密 of the body gives none', () => {
  const marked = screened(canonicalOf('机密★10年\n关于甲工作的通知\n各社区：\n现通知如下。'));
  expect(marked.secrecy).toMatchObject({
    level: '机密',
    term: '10年',
    quote: { start: 0, end: 6 },
  });
  expect(marked.flags).toContain('Q1_SECRET');
  expect(screened(canonicalOf('关于保护商业秘密的通知')).secrecy).toBeNull();
});

test('flags name every kind of hit and keep those of the elements', () => {
  const { flags } = screened(
    canonicalOf(`甲政办发201835号\n关于甲工作的通知\n各社区：\n张某 ${ID} 13800001234`),
  );
  expect([...flags].sort()).toEqual(['P_ID', 'P_PHONE', 'W_BROKEN_NUMBER']);
});

test('many hits are capped, flagged, and the last one covers the rest so that nothing shows', () => {
  const ids = Array.from({ length: 900 }, (_, n) =>
    identity('19800105', String(n).padStart(3, '0')),
  );
  const text = ids.join('，');
  const { personal, flags } = screened(canonicalOf(text));
  expect(personal).toHaveLength(MAX_HITS);
  expect(flags).toContain('W_MANY_HITS');
  const shown = maskText(text, personal);
  for (const id of ids) expect(shown).not.toContain(id);
});

test('masked text holds no found number, wherever numbers stand and touch', () => {
  const id = fc
    .integer({ min: 0, max: 999 })
    .map((n) => identity('19800105', String(n).padStart(3, '0')));
  const phone = fc
    .integer({ min: 0, max: 99_999_999 })
    .map((n) => `138${String(n).padStart(8, '0')}`);
  const bank = fc
    .integer({ min: 0, max: 999_999 })
    .map((n) => card(`621799000${String(n).padStart(6, '0')}`));
  const secret = fc.oneof(id, phone, bank);
  const gap = fc.constantFrom('，', '\n', '\t', ' 张某 ', '：', '（', '）', '号', '/');
  fc.assert(
    fc.property(fc.array(fc.tuple(secret, gap), { maxLength: 12 }), (pairs) => {
      const text = pairs.flat().join('');
      const { personal } = screened(canonicalOf(text));
      for (const { start, end, masked } of personal) {
        const [before = '', after = ''] = masked.split(/\*+/u);
        const written = text.slice(start, end);
        expect(written.startsWith(before) && written.endsWith(after)).toBe(true);
        expect(before.length + after.length).toBeLessThan(written.length - 3);
      }
      const shown = maskText(text, personal);
      for (const [number, after] of pairs) if (after !== '/') expect(shown).not.toContain(number);
    }),
  );
});

test('nothing throws and hits stay inside the text, whatever the text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '住',
      '湖心街',
      '12号',
      '3幢',
      '502室',
      '1',
      '3',
      '8',
      '0',
      ' ',
      '\n',
      'X',
      '出生',
      '学生',
      '2020年3月',
      '内部资料',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
      const text = pieces.join('');
      const { personal } = screened(canonicalOf(text));
      for (const hit of personal) {
        expect(hit.start).toBeLessThan(hit.end);
        expect(hit.end).toBeLessThanOrEqual(text.length);
      }
      expect(maskText(text, personal).length).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 300 },
  );
});

test.each([
  '1',
  '1 ',
  '13800',
  '住湖心街12号',
  '内部资料 ',
  '学生2020年3月出生 ',
  '9901 ',
  '东',
  '（(3502',
  '号',
])('a million characters of %j are screened in time that grows with the length', (unit) => {
  const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
  const source = canonicalOf(text);
  const started = performance.now();
  screened(source);
  expect(performance.now() - started).toBeLessThan(30_000);
});

test('numbers in file names are found', () => {
  expect(screenName(`张某_${ID}.pdf`)).toMatchObject([{ code: 'P_ID', masked: MASKED }]);
  expect(screenName('张某13800001234.docx')).toMatchObject([
    { code: 'P_PHONE', masked: '138****1234' },
  ]);
  expect(screenName('关于甲工作的通知（2031年6月9日）.docx')).toEqual([]);
});
