/** What is no trustworthy task table is refused by name, and where a row is at fault the refusal says which. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTaskTable } from '../../shared/catalogue/parse-task-table.ts';
import { catalogueSchema } from '../../shared/domain/catalogue.ts';
import type { CanonicalText } from '../../shared/domain/text.ts';
import { canonicalBuilder } from '../../shared/text/canonical.ts';
import { textOf } from './make-text.ts';

const refused = (text: CanonicalText): { kind: string; detail: string } => {
  const parsed = parseTaskTable(text, {});
  if (parsed.ok) throw new Error(`read ${parsed.value.catalogue.tasks.length} tasks`);
  return parsed.error;
};

const HEADER = ['序号', '工作任务', '工作要求', '责任单位'];

test('a header with nothing under it is an empty table', () => {
  expect(refused(textOf([HEADER]))).toMatchObject({ kind: 'TABLE_EMPTY' });
});

test('a body emptied down to its sections or its numbers is an empty table', () => {
  const sections = textOf([
    HEADER,
    [{ text: '一、抓公开', columns: 4 }],
    ['', '', '', ''],
    [{ text: '二、抓来信', columns: 4 }],
  ]);
  const numbers = textOf([HEADER, ['1', '', '', ''], ['2', '', '', '']]);
  expect(refused(sections)).toMatchObject({ kind: 'TABLE_EMPTY' });
  expect(refused(numbers)).toMatchObject({ kind: 'TABLE_EMPTY' });
});

test('a task with neither requirement nor unit among whole ones is a doubt that names its row', () => {
  const error = refused(
    textOf([HEADER, ['1', '更新公开栏', '每月一次。', '党政办'], ['2', '答复来信', '', '']]),
  );
  expect(error.kind).toBe('TABLE_DOUBTFUL');
  expect(error.detail).toContain('表1第3行');
});

test('a table whose unit column is empty from top to bottom is a doubt', () => {
  const rows = [
    ['1', '更新公开栏', '每月一次。', ''],
    ['2', '答复来信', '三日内。', '—'],
  ];
  expect(refused(textOf([HEADER, ...rows]))).toMatchObject({ kind: 'TABLE_DOUBTFUL' });
});

test('a number that occurs twice is refused with both rows', () => {
  const error = refused(
    textOf([
      HEADER,
      ['1', '更新公开栏', '每月一次。', '党政办'],
      ['2', '清理旧栏目', '逐个核对。', '党政办'],
      ['2', '答复来信', '三日内。', '信访办'],
    ]),
  );
  expect(error.kind).toBe('TABLE_DUPLICATE_NUMBER');
  expect(error.detail).toContain('表1第4行');
  expect(error.detail).toContain('表1第3行');
});

test('a row without a number among numbered ones is a doubt that names it', () => {
  const error = refused(
    textOf([
      ['工作任务', '工作要求', '责任单位'],
      ['1.更新公开栏', '每月一次。', '党政办'],
      ['清理旧栏目', '逐个核对。', '党政办'],
      ['3.答复来信', '三日内。', '信访办'],
    ]),
  );
  expect(error).toMatchObject({ kind: 'TABLE_DOUBTFUL' });
  expect(error.detail).toContain('表1第3行');
});

test('sentences where units should stand are a doubt that names the row', () => {
  const long =
    '各部门要高度重视这项工作。要明确专人负责，按月报送进展情况。未按时报送的，在街道范围内通报，并纳入年度考核，考核结果与评优挂钩，连续两次的约谈负责人。';
  const error = refused(
    textOf([
      HEADER,
      ['1', '更新公开栏', '每月一次。', '党政办'],
      ['2', '答复来信', '信访办', long],
    ]),
  );
  expect(error).toMatchObject({ kind: 'TABLE_DOUBTFUL' });
  expect(error.detail).toContain('表1第3行');
});

test('a short row that fits nowhere is a doubt', () => {
  const error = refused(
    textOf([
      ['工作任务', '牵头单位', '责任单位', '工作要求'],
      ['1.更新公开栏', '区政府办', '党政办', '每月一次。'],
      ['2.答复来信', '三日内答复并登记备查。', '信访办', null],
    ]),
  );
  expect(error).toMatchObject({ kind: 'TABLE_DOUBTFUL' });
  expect(error.detail).toContain('表1第3行');
});

test('a monthly ledger of progress is the wrong kind of table', () => {
  const ledger = textOf([
    ['指标序号', '任务', '时限', '推进落实情况'],
    ['1', '更新公开栏', '每月', '已更新六次'],
  ]);
  expect(refused(ledger)).toMatchObject({ kind: 'TABLE_WRONG_KIND' });
});

test.each([
  ['项目名称', '主要内容', '责任单位'],
  ['公开事项', '公开内容', '公开主体'],
  ['姓名', '职务', '联系电话'],
  ['问题', '整改措施', '责任人'],
  ['工作任务', '工作要求', '完成时限'],
])('a table with the columns %s, %s, %s is no task table', (...header) => {
  const error = refused(textOf([header, ['甲路改造', '铺设路面两公里。', '城建办']]));
  expect(error.kind).toBe('TABLE_NO_HEADER');
});

test('a document without tables and without duty brackets has no header', () => {
  const text = textOf('一、总则', '1.本办法由街道办事处负责解释。', '2.本办法自印发之日起施行。');
  expect(refused(text)).toMatchObject({ kind: 'TABLE_NO_HEADER' });
});

test('one task without its bracket among those that have one is a doubt that names its line', () => {
  const error = refused(
    textOf(
      '一、抓公开',
      '1.更新公开栏。（党政办负责）',
      '2.清理旧栏目。逐个核对。',
      '3.答复来信。（信访办负责）',
      '4.培训联络员。（党政办负责）',
    ),
  );
  expect(error).toMatchObject({ kind: 'TABLE_DOUBTFUL' });
  expect(error.detail).toContain('第3行');
});

test('brackets on sections and on the points below them leave open what a task is', () => {
  const error = refused(
    textOf(
      '一、抓公开。（党政办负责）',
      '1.更新公开栏。（党政办负责）',
      '二、抓来信。（信访办负责）',
      '三、抓队伍。（党政办负责）',
    ),
  );
  expect(error).toMatchObject({ kind: 'TABLE_DOUBTFUL' });
});

test('a span over millions of slots is ignored, not laid out', () => {
  const builder = canonicalBuilder();
  const wide = { row: 0, column: 0, rowSpan: 9_000_000, columnSpan: 9_000_000, text: '工作任务' };
  builder.table([wide, { row: 8_999_999, column: 0, text: '责任单位' }]);
  expect(refused(builder.build('html'))).toMatchObject({ kind: 'TABLE_NO_HEADER' });
});

const WORDS = [
  '工作任务',
  '责任单位',
  '牵头单位',
  '工作要求',
  '序号',
  '完成时限',
  '推进落实情况',
  '1',
  '2.更新公开栏',
  '3、答复来信',
  '36,37',
  '一、抓公开',
  '（二）抓来信',
  '党政办',
  '街道人大工委街道政协',
  '党政办牵头，信访办配合',
  '每月一次。\n每季检查。',
  '——',
  '',
  '（党政办负责）',
];
const word = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);
const cell = fc.record({
  row: fc.nat(9),
  column: fc.nat(6),
  rowSpan: fc.integer({ min: 1, max: 4 }),
  columnSpan: fc.integer({ min: 1, max: 4 }),
  text: word,
});
const part = fc.oneof(
  { weight: 3, arbitrary: fc.array(cell, { maxLength: 40 }) },
  { weight: 1, arbitrary: word },
);

const holds = (text: CanonicalText): boolean => {
  const parsed = parseTaskTable(text, {});
  if (!parsed.ok) return parsed.error.kind.startsWith('TABLE_');
  const { catalogue, rows } = parsed.value;
  catalogueSchema.parse(catalogue);
  const codes = catalogue.tasks.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(new Set(rows.map(({ code }) => code))).toEqual(new Set(codes));
  for (const { span } of rows) expect(span.end).toBeLessThanOrEqual(text.text.length);
  return true;
};

test('random grids end in a whole catalogue or a named refusal, never in a fault', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
      const builder = canonicalBuilder();
      for (const one of parts)
        if (typeof one === 'string') builder.paragraph(one);
        else builder.table(one);
      return holds(builder.build('html'));
    }),
    { numRuns: 400 },
  );
});

test('random bodies under a good header end in a whole catalogue or a named refusal', () => {
  const row = fc.tuple(word, word, word, word);
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), (rows) => holds(textOf([HEADER, ...rows]))),
    { numRuns: 600 },
  );
});

test('a header that comes a hundred thousand times is an empty table, not a fault', () => {
  const header = ['工作任务', '责任单位'];
  const text = textOf(Array.from({ length: 100_000 }, () => header));
  expect(refused(text)).toMatchObject({ kind: 'TABLE_EMPTY' });
});

test('a unit cell of half a million characters is refused before it is split', () => {
  const text = textOf([HEADER, ['1', '更新公开栏', '每月一次。', '区财政局'.repeat(125_000)]]);
  expect(refused(text)).toMatchObject({ kind: 'TABLE_DOUBTFUL' });
});
