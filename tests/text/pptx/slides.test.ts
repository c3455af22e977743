import { describe, expect, test } from 'vitest';
import type { CanonicalText } from '../../../shared/domain/text.ts';
import { extract } from '../../../shared/text/extract.ts';
import { readPptx } from '../../../shared/text/read-pptx.ts';
import {
  ap,
  group,
  picture,
  pptXml,
  type RawPptx,
  rawPptx,
  slideTable,
  sp,
  tc,
} from '../../making/raw-pptx.ts';
import { showBlocks } from '../../making/show-blocks.ts';
import { refusalBy, textBy, warningsOf } from '../ofd/reading.ts';

const read = (parts: RawPptx): Promise<CanonicalText> => textBy(readPptx, rawPptx(parts));
const blocksOf = async (...slides: RawPptx['slides']): Promise<unknown[]> =>
  showBlocks(await read({ slides }));

const title = (text: string): string =>
  sp(text, { placeholder: 'type="title"', box: [0, 80, 100, 10] });

describe('reading order', () => {
  test('the title comes first, then bands from top to bottom, columns from left to right', async () => {
    const shapes = [
      sp('页脚说明', { box: [5, 60, 90, 8] }),
      sp('右栏', { box: [52, 20, 43, 30] }),
      sp('左栏下', { box: [5, 38, 43, 12] }),
      sp('左栏上', { box: [5, 20, 43, 12] }),
      title('培训'),
    ];
    expect(await blocksOf(shapes.join(''))).toEqual([
      'h1 培训',
      'p 左栏上',
      'p 左栏下',
      'p 右栏',
      'p 页脚说明',
    ]);
  });
  test('shapes in a moved and scaled group stand where they are seen', async () => {
    const inner = sp('组内', { box: [0, 0, 10, 10] });
    expect(
      await blocksOf(
        sp('下', { box: [0, 70, 50, 10] }) +
          group([0, 40, 50, 20], [0, 0, 100, 40], inner) +
          sp('上', { box: [0, 10, 50, 10] }),
      ),
    ).toEqual(['p 上', 'p 组内', 'p 下']);
  });
  test('a placeholder without a place of its own takes that of the layout', async () => {
    const layout =
      sp('单击此处', { placeholder: 'type="body" idx="2"', box: [0, 5, 100, 10] }) +
      sp('云溪街道', { box: [0, 95, 50, 4] });
    const text = await read({
      layout,
      slides: [
        sp('第二', { box: [0, 50, 100, 10] }) + sp('第一', { placeholder: 'type="body" idx="2"' }),
      ],
    });
    expect(text.text).toBe('第一\n第二');
    expect(text.metadata['RunningHeads']).toBe('云溪街道');
  });
});

test('each slide is a page with its number', async () => {
  const text = await read({ slides: [title('甲'), title('乙')] });
  expect(text.blocks.map(({ page }) => page)).toEqual([1, 2]);
  expect(text.pages.map(({ number, state }) => [number, state])).toEqual([
    [1, 'read'],
    [2, 'read'],
  ]);
});

test('tables have their merged cells', async () => {
  const rows = [
    [tc('序号'), tc('任务', 'gridSpan="2"'), tc('', 'hMerge="1"')],
    [tc('1', 'rowSpan="2"'), tc('公开预算'), tc('财政办')],
    [tc('', 'vMerge="1"'), tc('公开决算'), tc('财政办')],
  ];
  const text = await read({ slides: [title('分工') + slideTable(rows, [0, 20, 100, 40])] });
  expect(showBlocks(text)).toEqual([
    'h1 分工',
    [
      ['序号', '1x2 任务'],
      ['2x1 1', '公开预算', '财政办'],
      ['公开决算', '财政办'],
    ],
  ]);
  expect(text.blocks[1]).toMatchObject({ headerRows: 1 });
});

test('automatic numbers count by level and kind', async () => {
  const numbered = (text: string, type: string, level = 0): string =>
    ap(text, `<a:pPr lvl="${level}"><a:buAutoNum type="${type}"/></a:pPr>`);
  const body = [
    numbered('甲', 'ea1ChsPeriod'),
    numbered('子', 'arabicParenR', 1),
    numbered('丑', 'arabicParenR', 1),
    numbered('乙', 'ea1ChsPeriod'),
    numbered('寅', 'arabicParenR', 1),
    ap('无号'),
    ap('丙', '<a:pPr><a:buAutoNum type="circleNumDbPlain" startAt="3"/></a:pPr>'),
  ];
  expect((await read({ slides: [sp(body.join(''))] })).text.split('\n')).toEqual([
    '一.甲',
    '1)子',
    '2)丑',
    '二.乙',
    '1)寅',
    '无号',
    '③丙',
  ]);
});

test('line breaks and fields are text; dates and numbers of slides are not', async () => {
  const body = '<a:p><a:r><a:t>甲</a:t></a:r><a:br/><a:fld type="x"><a:t>乙</a:t></a:fld></a:p>';
  const text = await read({
    slides: [
      sp(body) +
        sp('3', { placeholder: 'type="sldNum"' }) +
        sp('2022/1/1', { placeholder: 'type="dt"' }) +
        sp('街道办', { placeholder: 'type="ftr"' }),
    ],
  });
  expect(text.text).toBe('甲\n乙');
  expect(text.metadata['footer']).toBe('街道办');
});

test('speaker notes come as a note of their slide, hidden slides are read and named', async () => {
  const text = await read({
    slides: [
      {
        shapes: title('甲'),
        notes:
          sp('页面', { placeholder: 'type="sldImg"' }) +
          sp('提醒报送', { placeholder: 'type="body" idx="1"' }),
      },
      { shapes: title('乙'), hidden: true },
    ],
  });
  expect(showBlocks(text)).toEqual(['h1 甲', 'n 提醒报送', 'h1 乙']);
  expect(warningsOf(text)).toEqual(['W_SPEAKER_NOTES 1', 'W_HIDDEN_SLIDE 2']);
});

test('pictures, charts, hidden shapes and alternatives are said or left out', async () => {
  const chart =
    '<p:graphicFrame><a:graphic><a:graphicData><c:chart/></a:graphicData></a:graphic></p:graphicFrame>';
  const alternative = `<mc:AlternateContent><mc:Choice>${sp('新')}</mc:Choice><mc:Fallback>${sp('旧')}</mc:Fallback></mc:AlternateContent>`;
  const text = await read({
    slides: [title('甲') + chart + alternative + sp('藏', { name: 'hidden="1"' }), picture()],
  });
  expect(text.text).toBe('甲\n新');
  expect(text.pages.map(({ state }) => state)).toEqual(['read', 'unread']);
  expect(warningsOf(text)).toEqual([
    'W_PAGE_UNREAD 2',
    'W_HIDDEN_TEXT',
    'W_PICTURES 1',
    'W_UNREAD_PART chart',
  ]);
});

test('what cannot be read is refused by name, a broken slide alone is unread', async () => {
  expect(await refusalBy(readPptx, rawPptx({ slides: [picture()] }))).toBe('NO_TEXT_LAYER');
  expect(await refusalBy(readPptx, rawPptx({ slides: [''] }))).toBe('NO_TEXT');
  expect(await refusalBy(readPptx, rawPptx({ slides: [] }))).toBe('NO_PAGES');
  expect(
    await refusalBy(
      readPptx,
      rawPptx({ slides: [title('甲')], files: { 'ppt/presentation.xml': pptXml('sld', '') } }),
    ),
  ).toBe('DAMAGED');
  const broken = await read({
    slides: [title('甲'), title('乙')],
    files: { 'ppt/slides/slide2.xml': '<p:sld' },
  });
  expect(warningsOf(broken)).toEqual(['W_PAGE_UNREAD 2']);
  const far = await read({
    slides: [title('甲')],
    files: {
      'ppt/slides/_rels/slide1.xml.rels':
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="x/notesSlide" Target="../../../../etc/passwd"/></Relationships>',
    },
  });
  expect(far.text).toBe('甲');
});

test('a pptx comes through the one door', async () => {
  const result = await extract(rawPptx({ slides: [title('培训')] }), '培训.pptm');
  expect(result.ok && [result.value.format, result.value.warnings]).toEqual(['pptx', []]);
});
