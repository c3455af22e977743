import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CanonicalText } from '../../../shared/domain/text.ts';
import { extract } from '../../../shared/text/extract.ts';
import { openOle } from '../../../shared/text/ole-file.ts';
import { mutated, rawOle, withCyclicSectors } from '../../making/raw-ole.ts';
import { rawWord95 } from '../../making/raw-word95.ts';

/** Written by LibreOffice 7.4 from a docx of our own words. */
const notice = readFileSync(join(import.meta.dirname, 'samples/notice.doc'));

const read = async (bytes: Uint8Array, name = '通知.doc'): Promise<CanonicalText> => {
  const result = await extract(bytes, name);
  if (!result.ok) throw new Error(`${result.error.kind} ${result.error.detail}`);
  return result.value;
};
const kindOf = async (bytes: Uint8Array): Promise<string> => {
  const result = await extract(bytes, 'a.doc');
  return result.ok ? 'text' : result.error.kind;
};
const tables = ({ text, blocks }: CanonicalText) =>
  blocks.flatMap((block) =>
    block.kind === 'table'
      ? [
          block.cells.map(({ start, end, row, column, rowSpan, columnSpan }) => [
            [row, column, rowSpan, columnSpan],
            text.slice(start, end),
          ]),
        ]
      : [],
  );

/** Streams of the sample, to be changed and put together again. */
const parts = (): Record<string, Uint8Array<ArrayBuffer>> => {
  const ole = openOle(notice);
  const names = ['WordDocument', '1Table', 'Data'].filter((name) => ole?.names.has(name));
  return Object.fromEntries(
    names.map((name) => [name, Uint8Array.from(ole?.stream(name)?.bytes ?? [])]),
  );
};

describe('a Word 97 file', () => {
  test('gives what Word shows: list numbers, field results, no deleted and no hidden text', async () => {
    const { text } = await read(notice);
    expect(text.split('\n').slice(0, 11)).toEqual([
      '云溪街道办事处关于做好消防通道清理的通知',
      '各社区居委会：',
      '居民𠮷㐂反映的“占道”问题，请于六月底前办结。',
      '逾期通报。',
      '一、排查通道',
      '1．张贴告知书',
      '2．限期移车',
      '二、建立台账',
      '详见街道网站，发布日期2022年5月6日。',
      '附表如下：',
      '框内提示：请先核对楼栋',
    ]);
    expect(text).not.toMatch(/HYPERLINK|example|五月底|不外传/u);
  });
  test('gives merged cells once, cells with two paragraphs, and the header row', async () => {
    const found = await read(notice);
    expect(tables(found)).toEqual([
      [
        [[0, 0, 1, 1], '社区'],
        [[0, 1, 1, 2], '任务'],
        [[0, 3, 1, 1], '完成时限'],
        [[1, 0, 2, 1], '清水湾'],
        [[1, 1, 1, 1], '清点车辆'],
        [[1, 2, 1, 1], '12辆'],
        [[1, 3, 1, 1], '6月10日'],
        [[2, 1, 1, 1], '贴单'],
        [[2, 2, 1, 1], ''],
        [[2, 3, 1, 1], '6月20日\n（含周末）'],
      ],
    ]);
    expect(found.blocks.find(({ kind }) => kind === 'table')).toMatchObject({ headerRows: 1 });
  });
  test('keeps headers, footers and the title apart, the footnote as a note, and flags the rest', async () => {
    const { text, blocks, metadata, warnings } = await read(notice);
    expect(metadata).toMatchObject({
      header: '云溪街道文件',
      footer: '第 1 页',
      title: '消防通道清理通知',
    });
    const note = blocks.at(-1);
    expect(note?.kind).toBe('note');
    expect(text.slice(note?.start, note?.end)).toBe('以街道消防办登记为准。');
    expect(blocks[0]).toMatchObject({ kind: 'heading', level: 1 });
    expect(warnings.map(({ code }) => code)).toEqual(['W_TRACKED_CHANGES', 'W_HIDDEN_TEXT']);
  });
  test('of WPS is the same file under another ending', async () => {
    expect(await read(notice, '通知.wps')).toEqual(await read(notice));
  });
});

describe('a Word 95 file', () => {
  const lines = [
    '关于停水的通知',
    ['区域', '时间', '电话'],
    ['清水湾', '', '街道办'],
    '特此通知。',
  ];
  test('is read in the code page of its language, with its table', async () => {
    const found = await read(rawWord95(lines));
    expect(found.text).toBe('关于停水的通知\n区域\t时间\t电话\n清水湾\t\t街道办\n特此通知。');
    expect(tables(found)[0]).toHaveLength(6);
  });
  test('that names another language is read in the code page that its words are in', async () => {
    expect((await read(rawWord95(lines, 0x0409))).text).toContain('关于停水的通知\n区域');
  });
});

describe('what a .doc may be instead', () => {
  test.each([
    ['a web page', '<html><body><p>关于停水的通知</p></body></html>', 'html'],
    ['rich text', String.raw`{\rtf1\ansi\ansicpg936 \u20572?\u27700?\par}`, 'rtf'],
  ])('%s is read as one and the ending is warned of', async (_, content, format) => {
    const found = await read(new TextEncoder().encode(content));
    expect(found.format).toBe(format);
    expect(found.warnings).toContainEqual({ code: 'W_ENDING', detail: `.doc → ${format}` });
  });
});

describe('a broken or hostile Word file ends in a named refusal', () => {
  const changed = (at: number, value: number): Uint8Array => {
    const streams = parts();
    const main = streams['WordDocument'];
    if (main === undefined) throw new Error('The sample has no WordDocument');
    new DataView(main.buffer).setUint16(at, value, true);
    return rawOle(streams);
  };
  test('the streams put together again are the same text', async () => {
    expect((await read(rawOle(parts()))).text).toBe((await read(notice)).text);
  });
  test.each([
    ['ENCRYPTED', changed(10, 0x1200 | 0x0100)],
    ['FORMAT_NOT_YET_READ', changed(0, 0xa5db)],
    ['DAMAGED', changed(0, 0x1234)],
    ['DAMAGED', changed(0x1a6, 0)],
    ['DAMAGED', rawOle({ WordDocument: parts()['WordDocument'] ?? new Uint8Array(0) })],
    ['DAMAGED', rawOle({ WordDocument: new Uint8Array(5_000) })],
    ['DAMAGED', withCyclicSectors(rawOle(parts()))],
    ['DAMAGED', notice.subarray(0, 7_000)],
  ])('%s', async (kind, bytes) => {
    expect(await kindOf(bytes)).toBe(kind);
  });
  test('a piece that claims to reach past the end of the file is damaged, whatever it claims', async () => {
    const streams = parts();
    const table = streams['1Table'];
    const main = streams['WordDocument'];
    if (table === undefined || main === undefined) throw new Error('The sample has no tables');
    const clxAt = new DataView(main.buffer).getUint32(0x1a2, true);
    const view = new DataView(table.buffer);
    const count = (view.getUint32(clxAt + 1, true) - 4) / 12;
    view.setUint32(clxAt + 5 + count * 4, 9_000_000, true);
    expect(await kindOf(rawOle(streams))).toBe('DAMAGED');
    view.setUint32(clxAt + 5 + count * 4, 0x7fffffff, true);
    expect(await kindOf(rawOle(streams))).toBe('TEXT_TOO_LONG');
  });
  test('200 mutated copies give text or a refusal, and nothing is thrown', {
    timeout: 120_000,
  }, async () => {
    const kinds = new Set<string>();
    for (let seed = 0; seed < 200; seed += 1) kinds.add(await kindOf(mutated(notice, seed)));
    const allowed = [
      'text',
      'DAMAGED',
      'ENCRYPTED',
      'NO_TEXT',
      'NO_TEXT_LAYER',
      'TEXT_TOO_LONG',
      'UNKNOWN_FORMAT',
      'UNKNOWN_CHARSET',
      'FORMAT_NOT_YET_READ',
    ];
    expect([...kinds].filter((kind) => !allowed.includes(kind))).toEqual([]);
    expect(kinds).toContain('text');
    expect(kinds).toContain('DAMAGED');
  });
});
