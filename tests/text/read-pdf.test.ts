import { expect, test } from 'vitest';
import { layOutDocument, makePdf, type TableRow } from '../../fixtures/make-pdf.ts';
import { type PdfMark, sharedResources } from '../../fixtures/pdf-objects.ts';
import type { CanonicalText, TableBlock } from '../../shared/domain/text.ts';
import { readPdf } from '../../shared/text/read-pdf.ts';
import * as hostile from '../making/hostile-pdf.ts';
import { seedNotice, seedText } from '../making/seed-notice.ts';

const read = async (bytes: Uint8Array): Promise<CanonicalText> => {
  const result = await readPdf(bytes);
  if (!result.ok) throw new Error(`refused: ${result.error.kind}`);
  return result.value;
};

const refusalOf = async (bytes: Uint8Array): Promise<string> => {
  const result = await readPdf(bytes);
  return result.ok ? `read: ${result.value.text.slice(0, 40)}` : result.error.kind;
};

const paragraphsIn = ({ blocks, text }: CanonicalText): string[] =>
  blocks.filter(({ kind }) => kind === 'paragraph').map(({ start, end }) => text.slice(start, end));

const tablesIn = ({ blocks }: CanonicalText): TableBlock[] =>
  blocks.filter((block) => block.kind === 'table');

/** Rows of a table as lists of the cells that begin in them, blanks and line ends left out. */
const rowsIn = ({ text }: CanonicalText, table: TableBlock | undefined): string[][] => {
  const rows: string[][] = Array.from({ length: table?.rows ?? 0 }, () => []);
  for (const cell of table?.cells ?? [])
    rows[cell.row]?.push(text.slice(cell.start, cell.end).replace(/\s/gu, ''));
  return rows;
};

type Words = Extract<PdfMark, { kind: 'text' }>;

const words = (text: string, x: number, y: number): Words => ({
  kind: 'text',
  x,
  y,
  size: 15.75,
  text,
});

const BODY =
  '为进一步规范街道公共服务事项的办理流程，方便居民群众就近办事，经街道办公会议研究，决定自2024年3月1日起在各社区服务站推行一次告知、限时办结的工作制度。';
const HEADER = ['工作任务', '牵头单位', '责任部门', '工作要求'];
const DEMAND =
  '各社区应当在服务站显著位置公示事项名称、办理依据、所需材料和办结时限，并于每月5日前将上月办理情况报送街道综合窗口，由综合窗口汇总后向社会公布。';
const TASKS: TableRow[] = [
  { cells: ['一、推进事项公开'], merged: true },
  ...Array.from({ length: 14 }, (_, at) => ({
    cells: [`${at + 1}.公示第${at + 1}类服务事项`, at % 2 === 0 ? '' : '党政办', '各社区', DEMAND],
  })),
];

test('lines of a notice come together as the paragraphs that were written, across pages too', async () => {
  const paragraphs = Array.from({ length: 24 }, (_, at) => `${at + 1}．${BODY}`);
  const pages = layOutDocument(
    [
      { kind: 'title', lines: ['东湖社区公共服务办公室', '关于规范事项办理的通知'] },
      { kind: 'centred', text: '东社办〔2024〕9号' },
      { kind: 'paragraph', text: '各社区：', indent: 0 },
      ...paragraphs.map((text) => ({ kind: 'paragraph', text }) as const),
      { kind: 'right', text: '2024年2月6日' },
    ],
    { pageNumbers: 'dash' },
  );
  expect(pages.length).toBeGreaterThan(2);
  const canonical = await read(
    makePdf(pages, { title: '关于规范事项办理的通知', author: '党政办' }),
  );
  expect(paragraphsIn(canonical)).toEqual([
    '东湖社区公共服务办公室',
    '关于规范事项办理的通知',
    '东社办〔2024〕9号',
    '各社区：',
    ...paragraphs,
    '2024年2月6日',
  ]);
  expect(canonical.pages.map(({ number, state }) => [number, state])).toEqual(
    pages.map((_, at) => [at + 1, 'read']),
  );
  expect(canonical.metadata).toMatchObject({ Title: '关于规范事项办理的通知', Author: '党政办' });
  expect(canonical.warnings).toEqual([]);
});

for (const borders of ['strokes', 'boxes'] as const)
  for (const rotate of [0, 90, 180, 270] as const)
    test(`a table over several pages is one table with its header once (${borders}, turned by ${rotate})`, async () => {
      const parts = [
        { kind: 'table', columns: [3, 2, 2, 6], header: HEADER, rows: TASKS, borders },
      ] as const;
      const pages = layOutDocument(parts, { rotate, pageNumbers: 'count' });
      expect(pages.length).toBeGreaterThan(1);
      const canonical = await read(makePdf(pages));
      const [table, ...others] = tablesIn(canonical);
      expect(others).toEqual([]);
      expect(table).toMatchObject({ columns: 4, headerRows: 1 });
      expect(rowsIn(canonical, table)).toEqual([HEADER, ...TASKS.map(({ cells }) => [...cells])]);
      expect(table?.cells.find(({ row }) => row === 1)).toMatchObject({ columnSpan: 4 });
      expect(paragraphsIn(canonical)).toEqual([]);
    });

for (const header of [HEADER, undefined])
  test(`a row that the end of a page cuts is one row (${header ? 'repeated' : 'no'} header)`, async () => {
    const parts = [
      {
        kind: 'table',
        columns: [3, 2, 2, 6],
        ...(header === undefined ? {} : { header }),
        rows: TASKS.slice(1),
        borders: 'strokes',
        breakRows: true,
        size: 13,
      },
    ] as const;
    const canonical = await read(makePdf(layOutDocument(parts)));
    const rows = rowsIn(canonical, tablesIn(canonical)[0]);
    expect(rows).toEqual([
      ...(header ? [header] : []),
      ...TASKS.slice(1).map(({ cells }) => [...cells]),
    ]);
  });

test('running heads are kept beside the text and page numbers are dropped', async () => {
  const pages = layOutDocument(
    Array.from({ length: 20 }, () => ({ kind: 'paragraph', text: BODY }) as const),
    { runningHead: '东湖社区事项汇编', pageNumbers: 'hyphen' },
  );
  const canonical = await read(makePdf(pages));
  expect(canonical.text).not.toContain('汇编');
  expect(paragraphsIn(canonical)).toEqual(Array.from({ length: 20 }, () => BODY));
  expect(canonical.metadata['RunningHeads']).toBe('东湖社区事项汇编');
});

test('two columns are read one after the other', async () => {
  const column = (prefix: string, x: number): PdfMark[] =>
    Array.from({ length: 8 }, (_, at) =>
      words(`${prefix}${at}栏内的一行文字排满`, x, 120 + at * 24),
    );
  const marks = [...column('左', 60), ...column('右', 330)];
  const canonical = await read(makePdf([{ marks }]));
  expect(canonical.text.lastIndexOf('左7')).toBeLessThan(canonical.text.indexOf('右0'));
});

test('blanks between figures and 汉字 go, blanks between words of letters stay', async () => {
  const marks = [words('印发 2021 年第 3 号 Open Data 标准', 80, 120)];
  expect((await read(makePdf([{ marks }]))).text).toBe('印发2021年第3号Open Data标准');
});

test('a scanned page among others is listed as unread', async () => {
  const text = words('本页有可以复制的文字内容，足够长。', 80, 120);
  const picture: PdfMark = { kind: 'image', x: 0, y: 0, width: 595, height: 842 };
  const canonical = await read(makePdf([{ marks: [text] }, { marks: [picture] }, { marks: [] }]));
  expect(canonical.pages.map(({ state }) => state)).toEqual(['read', 'unread', 'read']);
  expect(canonical.warnings).toEqual([{ code: 'W_PAGE_UNREAD', detail: '2' }]);
});

test('a scan with nothing but a page number on it has no text layer', async () => {
  const picture: PdfMark = { kind: 'image', x: 0, y: 0, width: 595, height: 842 };
  expect(await refusalOf(makePdf([{ marks: [picture] }]))).toBe('NO_TEXT_LAYER');
  expect(await refusalOf(makePdf([{ marks: [picture, words('— 1 —', 270, 790)] }]))).toBe(
    'NO_TEXT_LAYER',
  );
});

test('text whose font leads back to no characters is refused, one such page is unread', async () => {
  const garbled: PdfMark = { ...words(BODY, 40, 120), size: 6, font: 'garbled' };
  expect(await refusalOf(makePdf([{ marks: [garbled] }]))).toBe('GARBLED_TEXT');
  const mixed = await read(
    makePdf([{ marks: [words(BODY.slice(0, 20), 40, 120)] }, { marks: [garbled] }]),
  );
  expect(mixed.pages.map(({ state }) => state)).toEqual(['read', 'unread']);
});

test('text set from top to bottom near the foot of a scaled page is read whole', async () => {
  const down = sharedResources().map((body) =>
    typeof body === 'string' ? body.replace('UniGB-UTF16-H', 'UniGB-UTF16-V') : body,
  );
  const codes = Array.from('本年度办理结果', (character) => character.charCodeAt(0).toString(16));
  const shown = codes.map((code) => `<${code}> Tj 0 -200 TD`).join(' ');
  const content = `q .05 0 0 .05 0 0 cm BT /F1 200 Tf 1 0 0 1 1800 4000 Tm ${shown} ET Q`;
  expect((await read(hostile.onePage(content, { shared: down }))).text).toBe('本年度办理结果');
});

test('a watermark is kept beside the text and named', async () => {
  const marks: PdfMark[] = [
    words('关于开展检查的通知', 80, 120),
    { kind: 'text', x: 200, y: 500, size: 40, text: '征求意见', angle: 45 },
  ];
  const canonical = await read(makePdf([{ marks }]));
  expect(canonical.text).toBe('关于开展检查的通知');
  expect(canonical.metadata['SlantedText']).toBe('征求意见');
  expect(canonical.warnings).toEqual([{ code: 'W_SLANTED_TEXT', detail: '1' }]);
});

test('broken, locked and boundless files end in a refusal by name', async () => {
  const whole = makePdf(layOutDocument([{ kind: 'paragraph', text: BODY }]));
  expect(await refusalOf(new Uint8Array())).toBe('EMPTY_FILE');
  expect(await refusalOf(whole.slice(0, whole.length / 2))).toBe('DAMAGED');
  expect(await refusalOf(Uint8Array.from({ length: 5_000 }, (_, at) => (at * 7919) % 251))).toBe(
    'DAMAGED',
  );
  expect(await refusalOf(hostile.noPages())).toBe('NO_PAGES');
  expect(await refusalOf(hostile.pageTreeCycle())).toBe('DAMAGED');
  expect(await refusalOf(hostile.lockedPdf('geheim'))).toBe('ENCRYPTED');
  expect(await refusalOf(hostile.repeatedBranches())).toBe('TOO_MANY_PAGES');
  expect(await refusalOf(makePdf(Array.from({ length: 1_001 }, () => ({ marks: [] }))))).toBe(
    'TOO_MANY_PAGES',
  );
});

test('streams that swell are refused before they are opened', async () => {
  expect(await refusalOf(hostile.flateBomb(300 * 2 ** 20))).toBe('ARCHIVE_LIMIT');
  expect(await refusalOf(hostile.nestedFlateBomb(100 * 2 ** 20))).toBe('ARCHIVE_LIMIT');
  expect(await refusalOf(hostile.runLengthBomb(100 * 2 ** 20))).toBe('ARCHIVE_LIMIT');
});

test('odd but harmless files are read', async () => {
  expect(await refusalOf(hostile.selfDrawingForm())).toMatch(/^read: 公开/u);
  expect(await refusalOf(hostile.countOfBillions())).toBe('read: 公开');
  expect(await refusalOf(hostile.lockedPdf(''))).toBe('read: 公开');
});

test('the bytes that were given are left as they were', async () => {
  const bytes = makePdf([{ marks: [words('关于开展检查的通知', 80, 120)] }]);
  const before = bytes.slice();
  await readPdf(bytes);
  expect(bytes).toEqual(before);
});

const seed = seedText();
if (seed === null)
  process.stdout.write('The handed seed notice is absent: its tests are skipped.\n');
for (const borders of ['strokes', 'boxes'] as const)
  test.skipIf(seed === null)(
    `the seed notice gives its 20 task rows exactly (${borders})`,
    async () => {
      const notice = seedNotice(seed ?? '');
      const [header, ...rows] = notice.table.rows;
      const parts = [
        ...notice.before.map((text) => ({ kind: 'paragraph', text }) as const),
        {
          kind: 'table',
          columns: [3, 2, 2.4, 7],
          header: header?.cells ?? [],
          rows,
          borders,
        } as const,
      ];
      const canonical = await read(makePdf(layOutDocument(parts, { pageNumbers: 'dash' })));
      const flat = (cells: readonly string[]): string => cells.join('|').replace(/\s/gu, '');
      const got = tablesIn(canonical).flatMap((table) => rowsIn(canonical, table).map(flat));
      const tasks = rows.map(({ cells }) => flat(cells)).filter((row) => /^\d+\./u.test(row));
      expect(tasks).toHaveLength(20);
      expect(got.filter((row) => tasks.includes(row))).toEqual(tasks);
      expect(paragraphsIn(canonical).map((text) => flat([text]))).toEqual(
        notice.before.map((text) => flat([text])),
      );
    },
  );
