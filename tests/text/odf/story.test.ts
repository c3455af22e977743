import { describe, expect, test } from 'vitest';
import type { CanonicalText } from '../../../shared/domain/text.ts';
import { extract } from '../../../shared/text/extract.ts';
import { readOds, readOdt } from '../../../shared/text/read-odt.ts';
import {
  COVERED,
  flatOdt,
  h,
  odfXml,
  p,
  type RawOdf,
  rawOdf,
  row,
  table,
  td,
} from '../../making/raw-odf.ts';
import { showBlocks } from '../../making/show-blocks.ts';
import { refusalBy, textBy, warningsOf } from '../ofd/reading.ts';

const read = (parts: RawOdf): Promise<CanonicalText> => textBy(readOdt, rawOdf(parts));
const blocksOf = async (parts: RawOdf): Promise<unknown[]> => showBlocks(await read(parts));

test('headings have their level, by the element or by the style', async () => {
  const styles =
    '<style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph" style:default-outline-level="2"/><style:style style:name="标题_20_3" style:family="paragraph"/><style:style style:name="Title" style:family="paragraph"/>';
  const automatic =
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_2"/>';
  const body = h('一', 1) + p('二', 'P1') + p('三', '标题_20_3') + p('四', 'Title') + p('五');
  expect(await blocksOf({ styles, automatic, body })).toEqual([
    'h1 一',
    'h2 二',
    'h3 三',
    'h1 四',
    'p 五',
  ]);
});

test('blanks in the file are one blank, blanks that are meant are kept', async () => {
  const body = p(
    '  a\n   b <text:span> c</text:span><text:s text:c="3"/>d<text:tab/>e<text:line-break/>f ',
  );
  expect((await read({ body })).text).toBe('a b c   d\te\nf');
});

const level = (at: number, more: string): string =>
  `<text:list-level-style-number text:level="${at}" ${more}><style:list-level-properties><style:list-level-label-alignment text:label-followed-by="nothing"/></style:list-level-properties></text:list-level-style-number>`;
const item = (inside: string, more = ''): string =>
  `<text:list-item ${more}>${inside}</text:list-item>`;
const list = (inside: string, more = 'text:style-name="L"'): string =>
  `<text:list ${more}>${inside}</text:list>`;

describe('automatic numbers', () => {
  const automatic = `<text:list-style style:name="L">${level(1, 'style:num-format="一, 二, 三, ..." style:num-suffix="、"')}${level(2, 'style:num-format="1" style:num-prefix="(" style:num-suffix=")" text:display-levels="1"')}${level(3, 'style:num-format="1" text:display-levels="2" style:num-suffix="."')}</text:list-style><text:list-style style:name="C">${level(1, 'style:num-format="一, 二, 三, ..." loext:num-list-format="第%1%章" text:start-value="9"')}</text:list-style><text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="&#61607;"><style:text-properties style:font-name="Wingdings"/></text:list-level-style-bullet></text:list-style>`;
  test('levels count on their own and start anew below', async () => {
    const inner = list(item(p('甲')) + item(p('乙') + list(item(p('深')))), '');
    const body = list(
      item(p('总则') + p('续段')) +
        item(p('分则') + inner) +
        item(p('附则') + list(item(p('丙')), '')),
    );
    expect(await blocksOf({ automatic, body })).toEqual([
      'p 一、总则',
      'p 续段',
      'p 二、分则',
      'p (1)甲',
      'p (2)乙',
      'p 2.1.深',
      'p 三、附则',
      'p (1)丙',
    ]);
  });
  test('a list begins anew, or goes on where it says so', async () => {
    const body =
      list(item(p('a')), 'text:style-name="C" xml:id="x"') +
      list(item(p('b')), 'text:style-name="C"') +
      list(item(p('c')), 'text:style-name="C" text:continue-list="x"') +
      list(item(p('d')), 'text:style-name="C" text:continue-numbering="true"') +
      list(item(p('e'), 'text:start-value="20"'), 'text:style-name="C"');
    expect((await read({ automatic, body })).text.split('\n')).toEqual([
      '第九章a',
      '第九章b',
      '第十章c',
      '第十一章d',
      '第二十章e',
    ]);
  });
  test('bullets are bullets, list headers have none, headings are numbered by the outline', async () => {
    const styles = `<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="．"/></text:outline-style>`;
    const body = `${list(`<text:list-header>${p('头')}</text:list-header>${item(p('点'))}`, 'text:style-name="B"')}${h('概述', 1)}${h('要求', 1)}`;
    expect(await blocksOf({ automatic, styles, body })).toEqual([
      'p 头',
      'p • 点',
      'h1 1．概述',
      'h1 2．要求',
    ]);
  });
});

describe('tables', () => {
  test('spans, covered places, repeated cells and header rows', async () => {
    const rows = [
      `<table:table-header-rows>${row([td('序号'), td('任务', 'table:number-columns-spanned="2"'), COVERED])}</table:table-header-rows>`,
      row([td('1', 'table:number-rows-spanned="2"'), td(p('甲') + p('乙')), td('办')]),
      row([COVERED, td('同', 'table:number-columns-repeated="2"')]),
    ];
    const text = await read({ body: table(rows) });
    expect(showBlocks(text)).toEqual([
      [
        ['序号', '1x2 任务'],
        ['2x1 1', '甲\n乙', '办'],
        ['同', '同'],
      ],
    ]);
    expect(text.blocks[0]).toMatchObject({ headerRows: 1, rows: 3, columns: 3 });
  });
  test('a table inside a cell becomes lines of it', async () => {
    expect(
      await blocksOf({ body: table([row([td(p('外') + table([row([td('内'), td('里')])]))])]) }),
    ).toEqual([[['外\n内 里']]]);
  });
});

describe('what does not belong to the text', () => {
  test('deleted text, comments and hidden text are left out, and said', async () => {
    const automatic =
      '<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>';
    const body = `<text:tracked-changes><text:changed-region><text:deletion>${p('删掉的话')}</text:deletion></text:changed-region></text:tracked-changes>${p('甲<text:change text:change-id="1"/>乙<office:annotation><dc:creator>某</dc:creator><text:p>批注</text:p></office:annotation>丙<text:span text:style-name="T1">隐</text:span>')}<text:section text:display="none">${p('隐藏一节')}</text:section>`;
    const text = await read({ automatic, body });
    expect(text.text).toBe('甲乙丙');
    expect(warningsOf(text)).toEqual(['W_TRACKED_CHANGES', 'W_COMMENTS', 'W_HIDDEN_TEXT']);
  });
  test('headers, footers and properties stand beside the text; authors are not taken', async () => {
    const text = await read({
      body: p('正文'),
      master: `<style:header>${p('内部资料')}</style:header><style:header-left>${p('内部资料')}</style:header-left><style:footer>${p('- 1 -')}</style:footer>`,
      meta: '<dc:title>通知</dc:title><dc:creator>某某</dc:creator><meta:initial-creator>某某</meta:initial-creator><meta:keyword>公开</meta:keyword><meta:keyword>目录</meta:keyword>',
    });
    expect(text.metadata).toEqual({
      header: '内部资料',
      footer: '- 1 -',
      title: '通知',
      keywords: '公开 目录',
    });
  });
  test('notes come after the body, a text box after its paragraph, the reading of a ruby not at all', async () => {
    const note = (kind: string, words: string): string =>
      `<text:note text:note-class="${kind}"><text:note-citation>1</text:note-citation><text:note-body>${p(words)}</text:note-body></text:note>`;
    const body = `${p(`甲${note('endnote', '尾注')}乙${note('footnote', '脚注')}`)}${p(`丙<draw:frame><draw:text-box>${p('框里')}${table([row([td('表')])])}</draw:text-box></draw:frame>丁<text:ruby><text:ruby-base>字</text:ruby-base><text:ruby-text>zì</text:ruby-text></text:ruby>`)}<draw:frame><draw:image/><svg:desc>说明</svg:desc></draw:frame>`;
    const text = await read({ body });
    expect(showBlocks(text)).toEqual([
      'p 甲乙',
      'p 丙丁字',
      'p 框里',
      [['表']],
      'n 脚注',
      'n 尾注',
    ]);
    expect(warningsOf(text)).toEqual(['W_PICTURES 1']);
  });
});

test('a flat file is read like a zipped one, and known by what it says', async () => {
  const parts = { body: h('通知', 1) + p('正文'), meta: '<dc:title>题</dc:title>' };
  const flat = await extract(flatOdt(parts), '通知.fodt');
  expect(
    flat.ok && [
      flat.value.format,
      showBlocks(flat.value),
      flat.value.metadata,
      flat.value.warnings,
    ],
  ).toEqual(['odt', ['h1 通知', 'p 正文'], { title: '题' }, []]);
});

test('sheets are tables; the empty rest of a sheet is no part of them', async () => {
  const body = table([
    row([td('姓名'), td('金额'), td('', 'table:number-columns-repeated="16382"')]),
    row([td('甲'), td('100')], 'table:number-rows-repeated="2"'),
    row([td('', 'table:number-columns-repeated="16384"')], 'table:number-rows-repeated="1048573"'),
  ]);
  const text = await textBy(readOds, rawOdf({ kind: 'spreadsheet', body }));
  expect(showBlocks(text)).toEqual([
    [
      ['姓名', '金额'],
      ['甲', '100'],
      ['甲', '100'],
    ],
  ]);
});

test('locked, empty and foreign files are refused by name', async () => {
  const manifest =
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>';
  const locked = rawOdf({
    files: { 'META-INF/manifest.xml': manifest, 'content.xml': new Uint8Array(99) },
  });
  expect(await refusalBy(readOdt, locked)).toBe('ENCRYPTED');
  expect(await refusalBy(readOdt, rawOdf({ body: p('') }))).toBe('NO_TEXT');
  expect(await refusalBy(readOdt, rawOdf({ body: '<draw:frame><draw:image/></draw:frame>' }))).toBe(
    'NO_TEXT_LAYER',
  );
  expect(
    await refusalBy(readOdt, rawOdf({ files: { 'content.xml': odfXml('document-content', '') } })),
  ).toBe('DAMAGED');
});
