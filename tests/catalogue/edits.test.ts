import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spreadsheetCsv } from '../../functions/local/spreadsheet-csv.ts';
import { applyEdits } from '../../shared/catalogue/apply-edits.ts';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { editSheet, readEdits } from '../../shared/catalogue/read-edits.ts';
import { type CatalogueEdits, catalogueEditsSchema } from '../../shared/domain/catalogue-edits.ts';
import { refusal } from '../../shared/domain/refusal.ts';
import type { CanonicalText } from '../../shared/domain/text.ts';
import { extract } from '../../shared/text/extract.ts';
import { importCatalogue } from '../../shared/usecases/import-catalogue.ts';

const editing = (edits: Partial<CatalogueEdits>): CatalogueEdits => ({
  tasks: [],
  categories: [],
  ...edits,
});

/** A sheet as a reader of spreadsheets gives it. */
const sheetText = (rows: readonly (readonly string[])[]): CanonicalText => {
  const cells: { row: number; column: number; start: number; end: number }[] = [];
  let text = '';
  rows.forEach((row, at) => {
    if (at > 0) text += '\n';
    row.forEach((words, column) => {
      if (column > 0) text += '\t';
      cells.push({ row: at, column, start: text.length, end: text.length + words.length });
      text += words;
    });
  });
  return {
    text,
    blocks: [
      {
        kind: 'table',
        rows: rows.length,
        columns: rows[0]?.length ?? 0,
        headerRows: 1,
        cells: cells.map((cell) => ({ ...cell, rowSpan: 1, columnSpan: 1 })),
        start: 0,
        end: text.length,
        page: null,
      },
    ],
    pages: [],
    format: 'xlsx',
    metadata: {},
    warnings: [],
  };
};

test('an edit makes the next version, changes what it names and leaves the rest as it was', () => {
  const edits = editing({ tasks: [{ code: 'T08', scope: '只管补贴发放到户的公示' }] });
  const next = applyEdits(donghu2021, edits, 2);
  if (!next.ok) throw new Error(next.error.kind);
  const changed = next.value.tasks.find(({ code }) => code === 'dh2021:T08');
  const before = donghu2021.tasks.find(({ code }) => code === 'dh2021:T08');
  expect(changed).toEqual({ ...before, scope: '只管补贴发放到户的公示' });
  expect(next.value).toEqual({ ...donghu2021, version: 2, editOf: 1, tasks: next.value.tasks });
  const others = next.value.tasks.filter(({ code }) => code !== 'dh2021:T08');
  expect(others).toEqual(donghu2021.tasks.filter(({ code }) => code !== 'dh2021:T08'));
});

test('words of a category stand in the catalogue while they differ from the scheme, and go when they are put back', () => {
  const own = { code: 'C07', typicalEvidence: ['街道自编的审批清单'] };
  const edited = applyEdits(donghu2021, editing({ categories: [own] }), 2);
  if (!edited.ok) throw new Error(edited.error.kind);
  expect(edited.value.categories).toHaveLength(1);
  expect(edited.value.categories?.[0]).toMatchObject(own);
  const sheet = readEdits(sheetText(editSheet(donghu2021)));
  if (!sheet.ok) throw new Error(sheet.error.kind);
  const back = applyEdits(edited.value, sheet.value, 3);
  expect(back.ok && back.value.categories).toBeUndefined();
});

test.each([
  [
    'a code that the catalogue lacks',
    editing({ tasks: [{ code: 'T99', scope: '某' }] }),
    'NO_SUCH_CODE',
  ],
  [
    'a code named in full and in short',
    editing({
      tasks: [
        { code: 'T08', scope: '甲' },
        { code: 'dh2021:T08', scope: '乙' },
      ],
    }),
    'BAD_REQUEST',
  ],
  ['an edit that changes nothing', editing({ tasks: [{ code: 'T08' }] }), 'BAD_REQUEST'],
  ['no edit at all', editing({}), 'BAD_REQUEST'],
])('%s is refused', (_name, edits, kind) => {
  const outcome = applyEdits(donghu2021, edits, 2);
  expect(!outcome.ok && outcome.error.kind).toBe(kind);
});

test('the sheet that is written out changes nothing when it comes back as it was', () => {
  const sheet = readEdits(sheetText(editSheet(donghu2021)));
  if (!sheet.ok) throw new Error(sheet.error.kind);
  expect(sheet.value.tasks).toHaveLength(donghu2021.tasks.length);
  const outcome = applyEdits(donghu2021, sheet.value, 2);
  expect(!outcome.ok && outcome.error.kind).toBe('BAD_REQUEST');
});

test('a sheet with some of the columns changes only these; rows without a code are passed over', () => {
  const rows = [
    ['政务公开任务说明', ''],
    ['编码', '不包括'],
    ['T08', '招聘公告；采购公告'],
    ['', '合计'],
  ];
  const read = readEdits(sheetText(rows));
  expect(read.ok && read.value).toEqual(
    editing({ tasks: [{ code: 'T08', notThis: ['招聘公告', '采购公告'] }] }),
  );
});

test('a sheet without a column of codes, and one whose cell is too long, are refused', () => {
  const noCodes = readEdits(
    sheetText([
      ['名称', '范围'],
      ['补贴', '某'],
    ]),
  );
  expect(!noCodes.ok && noCodes.error.kind).toBe('TABLE_NO_HEADER');
  const long = readEdits(
    sheetText([
      ['代码', '范围'],
      ['T08', '长'.repeat(2001)],
    ]),
  );
  expect(!long.ok && long.error.kind).toBe('BAD_REQUEST');
});

test('whatever stands in the cells, reading gives edits that hold or a named refusal', () => {
  const cell = fc.string({ maxLength: 40 }).map((words) => words.replace(/[\t\n\r]/gu, ' '));
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 }), (rows) => {
      const read = readEdits(sheetText([['代码', '范围', '典型材料'], ...rows]));
      if (read.ok) expect(catalogueEditsSchema.safeParse(read.value).success).toBe(true);
      else expect(['TABLE_NO_HEADER', 'BAD_REQUEST']).toContain(read.error.kind);
    }),
  );
});

const asFile = async (rows: readonly (readonly string[])[]): Promise<CanonicalText> => {
  const read = await extract(new TextEncoder().encode(spreadsheetCsv(rows, true)), '词.csv');
  if (!read.ok) throw new Error(read.error.kind);
  return read.value;
};

test('words that look like a formula come back from the sheet as they were', async () => {
  const words = {
    scope: '=按季度公示',
    typicalEvidence: ['-发放清册', '＝公示'],
    notThis: ['+招聘'],
  };
  const catalogue = {
    ...donghu2021,
    tasks: donghu2021.tasks.map((task, at) => (at === 0 ? { ...task, ...words } : task)),
  };
  const sheet = readEdits(await asFile(editSheet(catalogue)));
  if (!sheet.ok) throw new Error(sheet.error.kind);
  expect(sheet.value.tasks[0]).toMatchObject(words);
});

test('a sheet so long that only a summary of it is read is refused, as edits and as a task table', async () => {
  const [header = [], ...rows] = editSheet(donghu2021);
  const long = Array.from({ length: 3000 }, (_, at) => rows[at % rows.length] ?? []);
  const text = await asFile([header, ...long]);
  expect(text.warnings.map(({ code }) => code)).toContain('W_ROWS_SUMMARISED');
  const read = readEdits(text);
  expect(!read.ok && read.error.kind).toBe('BAD_REQUEST');
  const reader = { extract: async () => ({ ok: true, value: text }) as const };
  const table = await importCatalogue(
    { reader: { ...reader, open: async () => ({ ok: false, error: refusal('DAMAGED') }) } },
    { bytes: new Uint8Array(1), fileName: '表.csv' },
  );
  expect(!table.ok && table.error.kind).toBe('TABLE_DOUBTFUL');
});
