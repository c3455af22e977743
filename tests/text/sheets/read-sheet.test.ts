import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CanonicalText, TableBlock } from '../../../shared/domain/text.ts';
import { screenRows } from '../../../shared/screening/screen-rows.ts';
import { extract } from '../../../shared/text/extract.ts';
import { oleContainer } from '../../making/hostile-files.ts';
import { mutated } from '../../making/raw-ole.ts';
import { type RawSheet, rawXlsx, xmlRow } from '../../making/raw-xlsx.ts';

/** Written by LibreOffice 7.4 from an xlsx of our own words. */
const subsidy = readFileSync(join(import.meta.dirname, 'samples/subsidy.xls'));

const read = async (bytes: Uint8Array, name = '表.xlsx'): Promise<CanonicalText> => {
  const result = await extract(bytes, name, screenRows);
  if (!result.ok) throw new Error(`${result.error.kind} ${result.error.detail}`);
  return result.value;
};
const kindOf = async (bytes: Uint8Array): Promise<string> => {
  const result = await extract(bytes, 'a.xlsx', screenRows);
  return result.ok ? 'text' : result.error.kind;
};
const tablesOf = ({ blocks }: CanonicalText): TableBlock[] =>
  blocks.filter((block) => block.kind === 'table');
const cellsOf = (found: CanonicalText, table = 0): string[][] => {
  const rows: string[][] = [];
  for (const { row, start, end } of tablesOf(found)[table]?.cells ?? []) {
    rows[row] ??= [];
    rows[row].push(found.text.slice(start, end));
  }
  return rows;
};
const book = (rows: string, more: Partial<RawSheet> = {}): Uint8Array =>
  rawXlsx({ sheets: [{ name: 'Sheet1', rows, ...more }] });
const codes = ({ warnings }: CanonicalText): string[] => warnings.map(({ code }) => code);

describe('an xls file', () => {
  test('gives titles as lines, two header rows, shown dates and percents, and all places of an account', async () => {
    const found = await read(subsidy, '补贴.xls');
    expect(found.text.split('\n').slice(0, 2)).toEqual([
      '云溪街道2022年春耕补贴发放明细表',
      '填报单位：农业农村办　单位：元',
    ]);
    expect(tablesOf(found)[0]?.headerRows).toBe(2);
    expect(cellsOf(found).slice(0, 3)).toEqual([
      ['序号', '户主信息', '金额', '发放日期', '到位率'],
      ['姓名', '账号'],
      ['1', '余某某', '123456789012345', '1,234.50', '2022年5月6日', '12.34%'],
    ]);
    expect(tablesOf(found)[0]?.cells.slice(0, 2)).toMatchObject([
      { row: 0, column: 0, rowSpan: 2, columnSpan: 1 },
      { row: 0, column: 1, rowSpan: 1, columnSpan: 2 },
    ]);
  });
  test('reads what is hidden and says so, the note below as a line, the printed header apart', async () => {
    const found = await read(subsidy, '补贴.et');
    expect(found.text).toContain('秦某某\t0001234567890123');
    expect(found.text).toContain(
      '\n注：以信用社到账为准，如有出入请与农业农村办联系核对。\n旧表\n',
    );
    expect(found.text).toContain('卢某某');
    expect(found.warnings).toEqual([
      { code: 'W_HIDDEN_SHEETS', detail: '1' },
      { code: 'W_HIDDEN_ROWS', detail: '1' },
    ]);
    expect(found.metadata).toMatchObject({ sheets: '发放表\n旧表', header: '云溪街道内部台账' });
  });
  test('shows the kept value of a formula', async () => {
    expect(cellsOf(await read(subsidy, '补贴.xls')).at(-1)).toContain('1,322.50');
  });
});

describe('numbers are shown as a Chinese Excel shows them', () => {
  const styles = (formats: readonly string[]): string =>
    `<numFmts>${formats.map((code, at) => `<numFmt numFmtId="${200 + at}" formatCode="${code}"/>`).join('')}</numFmts><cellXfs><xf numFmtId="0"/>${formats.map((_, at) => `<xf numFmtId="${200 + at}"/>`).join('')}<xf numFmtId="14"/></cellXfs>`;
  const shown = async (value: string, format: string): Promise<string> => {
    const cell = (place: string, inside: string) => `<c r="${place}" s="1"><v>${inside}</v></c>`;
    const rows = `<row r="1">${cell('A1', value)}</row>`;
    const found = await read(rawXlsx({ sheets: [{ name: 'a', rows }], styles: styles([format]) }));
    return found.text;
  };
  test.each([
    ['123456789012345', 'General', '123456789012345'],
    ['4.20106199001011E+17', 'General', '420106199001011000'],
    ['420106199001011000', '0.00E+00', '420106199001011000'],
    ['621700000000000000', '#,##0', '621,700,000,000,000,000'],
    ['0.1234', '0.00%', '12.34%'],
    ['44687', 'yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;', '2022年5月6日'],
    ['44687', 'yyyy年m月', '2022年5月'],
    ['44687', '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', '2022年5月6日'],
    [
      '44687',
      '[DBNum1][$-804]yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@',
      '二〇二二年五月六日',
    ],
    ['44687', 'yyyy/m/d aaaa', '2022/5/6 星期五'],
    ['1234.5', '#,##0.00元', '1,234.50元'],
    ['0.30000000000000004', 'General', '0.3'],
    ['42', '00000', '00042'],
  ])('%s in %s is %s', async (value, format, text) => {
    expect(await shown(value, format)).toBe(text);
  });
  test('places that a spreadsheet has lost are said to be lost', async () => {
    const found = await read(book(xmlRow(1, ['证件号']) + xmlRow(2, [420106199001011000])));
    expect(found.warnings).toContainEqual({ code: 'W_ROUNDED_NUMBERS', detail: '1' });
  });
});

describe('an xlsx sheet', () => {
  test('puts shared, rich and escaped texts in their places', async () => {
    const shared =
      '<si><t>单位</t></si><si><r><t>街道</t></r><r><t>办</t></r><rPh sb="0" eb="1"><t>jie</t></rPh></si><si><t>一_x000D_二</t></si>';
    const cell = (place: string, at: number) => `<c r="${place}" t="s"><v>${at}</v></c>`;
    const rows = `<row r="1">${cell('A1', 0)}${cell('B1', 2)}</row><row r="2">${cell('A2', 1)}${cell('B2', 0)}</row>`;
    const found = await read(rawXlsx({ sheets: [{ name: 'a', rows }], shared }));
    expect(cellsOf(found)).toEqual([
      ['单位', '一\n二'],
      ['街道办', '单位'],
    ]);
  });
  test('that is wide open in its dimension has only the cells that are there', async () => {
    const rows =
      '<row r="1"><c r="A1" t="inlineStr"><is><t>标题</t></is></c></row><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>末尾</t></is></c></row>';
    const found = await read(
      book(rows, {
        before: '<dimension ref="A1:XFD1048576"/>',
        after: '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
      }),
    );
    expect(found.text).toBe('标题\n末尾');
  });
  test('gives boxes that lie on it, and two tables with their own titles', async () => {
    const rows = [
      xmlRow(1, ['甲表']),
      xmlRow(2, ['名称', '数量']),
      xmlRow(3, ['扫把', 3]),
      xmlRow(6, ['乙表']),
      xmlRow(7, ['姓名', '社区']),
      xmlRow(8, ['某某', '清水湾']),
    ].join('');
    const found = await read(book(rows, { drawing: '填表说明' }));
    expect(found.text).toBe('甲表\n名称\t数量\n扫把\t3\n乙表\n姓名\t社区\n某某\t清水湾\n填表说明');
    expect(tablesOf(found).map(({ headerRows }) => headerRows)).toEqual([1, 1]);
  });
  test('of long requirements is given whole, also past 200 rows', async () => {
    const requirement = '各责任单位应当按照职责分工于每季度末报送进展情况和佐证材料。';
    const rows = Array.from({ length: 250 }, (_, at) =>
      xmlRow(at + 2, [at + 1, requirement, '党政办']),
    );
    const found = await read(book(xmlRow(1, ['序号', '工作要求', '责任单位']) + rows.join('')));
    expect(tablesOf(found)[0]?.rows).toBe(251);
    expect(codes(found)).toEqual([]);
    expect(found.columnHits).toBeUndefined();
  });
});

/** Right by the check digit of GB 11643, and nobody's: the place 999999 does not exist. */
const identity = (serial: number): string => {
  const first = `99999919900101${String(serial).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(first[at]), 0);
  return first + '10X98765432'.charAt(sum % 11);
};

describe('a long list', () => {
  const list = (rows: number, personalFrom: number): string =>
    [
      xmlRow(1, ['2022年补贴发放名单']),
      xmlRow(2, ['序号', '姓名', '身份证号', '金额']),
      ...Array.from({ length: rows }, (_, at) =>
        xmlRow(at + 3, [
          at + 1,
          `户${at % 50}`,
          at >= personalFrom ? identity(at % 900) : '-',
          10.5,
        ]),
      ),
      xmlRow(rows + 3, ['合计', null, null, rows * 10.5]),
    ].join('');

  test('stands in the text with its first rows, its total and a summary of each column', async () => {
    const found = await read(book(list(1_000, 0)));
    const [first, summary] = [cellsOf(found, 0), cellsOf(found, 1)];
    expect(first).toHaveLength(22);
    expect(first.at(-1)?.slice(0, 1)).toEqual(['合计']);
    expect(found.text).toContain('本表共1001行');
    expect(summary).toEqual([
      ['列名', '类型', '有值', '不同值', '合计', '最小', '最大', '个人信息'],
      ['序号', '数字', '1000', '1000', '', '1', '1000', ''],
      ['姓名', '文字', '1000', '50', '', '', '', ''],
      ['身份证号', '号码', '1000', '900', '', '', '', '身份证号 1000'],
      ['金额', '数字', '1000', '1', '10500', '10.5', '10.5', ''],
    ]);
    expect(found.warnings).toContainEqual({ code: 'W_ROWS_SUMMARISED', detail: '1: 1001' });
  });
  test('is screened row by row: numbers past the first rows are counted and stay out of the text', async () => {
    const found = await read(book(list(1_000, 400)));
    expect(found.text).not.toMatch(/\d{17}[\dX]/u);
    expect(found.columnHits).toMatchObject([
      { sheet: 1, column: 'C', name: '身份证号', code: 'P_ID', count: 600 },
    ]);
    const [hit] = found.columnHits ?? [];
    expect(found.text.slice(hit?.start, hit?.end)).toBe('身份证号 600');
  });
  test('that nobody screened says so by the absence of counts', async () => {
    const result = await extract(book(list(300, 0)), 'a.xlsx');
    expect(result.ok && result.value.columnHits).toBeUndefined();
    expect(result.ok && result.value.warnings.map(({ code }) => code)).toContain(
      'W_ROWS_SUMMARISED',
    );
  });
});

describe('a broken or hostile spreadsheet ends in a named refusal', () => {
  const entity = '<!DOCTYPE x [<!ENTITY a "aaaa">]>';
  test.each([
    [
      'FORBIDDEN_XML',
      rawXlsx({
        sheets: [{ name: 'a', rows: '' }],
        files: { 'xl/workbook.xml': `${entity}<workbook/>` },
      }),
    ],
    [
      'DAMAGED',
      rawXlsx({
        sheets: [{ name: 'a', rows: '' }],
        files: { 'xl/worksheets/sheet1.xml': '<worksheet' },
      }),
    ],
    [
      'DAMAGED',
      rawXlsx({
        sheets: [{ name: 'a', rows: '' }],
        files: { 'xl/worksheets/sheet1.xml': '<other/>' },
      }),
    ],
    ['NO_TEXT', rawXlsx({ sheets: [{ name: 'a', rows: '' }] })],
    ['DAMAGED', oleContainer(['Workbook'])],
    ['DAMAGED', subsidy.subarray(0, 3_000)],
  ])('%s', async (kind, bytes) => {
    expect(await kindOf(bytes)).toBe(kind);
  });
  test('a binary workbook with a password is said to have one', async () => {
    const locked = Uint8Array.from(subsidy);
    // The record WRITEACCESS (0x5C) becomes FILEPASS (0x2F).
    const at = locked.findIndex(
      (byte, index) => byte === 0x5c && locked[index + 1] === 0 && locked[index + 2] === 0x70,
    );
    expect(at).toBeGreaterThan(0);
    locked[at] = 0x2f;
    expect(await kindOf(locked)).toBe('ENCRYPTED');
  });
  test('shared texts of 300 MB in a small file are stopped', { timeout: 60_000 }, async () => {
    const shared = new Uint8Array(300 * 2 ** 20).fill(0x61);
    const bomb = rawXlsx({
      sheets: [{ name: 'a', rows: '' }],
      shared: '',
      files: { 'xl/sharedStrings.xml': shared },
    });
    expect(bomb.length).toBeLessThan(1_000_000);
    expect(await kindOf(bomb)).toBe('ARCHIVE_LIMIT');
  });
  test('200,000 merges over everything do not grow the table', { timeout: 60_000 }, async () => {
    const rows = Array.from({ length: 150 }, (_, at) =>
      xmlRow(at + 1, ['甲', '乙', '丙', '丁']),
    ).join('');
    const merges = Array.from(
      { length: 200_000 },
      (_, at) => `<mergeCell ref="A${(at % 150) + 1}:XFD1048576"/>`,
    ).join('');
    const found = await read(book(rows, { after: `<mergeCells>${merges}</mergeCells>` }));
    expect(found.text.length).toBeLessThan(2_000);
  });
  test('200 mutated copies of an xls and of an xlsx give text or a refusal', {
    timeout: 240_000,
  }, async () => {
    const xlsx = book(xmlRow(1, ['名称', '数量']) + xmlRow(2, ['扫把', 3]));
    const kinds = new Set<string>();
    for (let seed = 0; seed < 100; seed += 1) {
      kinds.add(await kindOf(mutated(subsidy, seed)));
      kinds.add(await kindOf(mutated(xlsx, seed)));
    }
    const allowed = [
      'text',
      'DAMAGED',
      'ENCRYPTED',
      'NO_TEXT',
      'TEXT_TOO_LONG',
      'UNKNOWN_FORMAT',
      'UNKNOWN_CHARSET',
      'ARCHIVE_LIMIT',
      'STRUCTURE_LIMIT',
      'CONTAINER',
      'NO_TEXT_LAYER',
      'FORMAT_NOT_YET_READ',
    ];
    expect([...kinds].filter((kind) => !allowed.includes(kind))).toEqual([]);
    expect(kinds).toContain('DAMAGED');
  });
});
