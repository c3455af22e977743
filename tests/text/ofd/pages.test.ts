import { describe, expect, test } from 'vitest';
import { extract } from '../../../shared/text/extract.ts';
import { readOfd } from '../../../shared/text/read-ofd.ts';
import {
  glyphObject,
  line,
  ofdXml,
  picture,
  rawOfd,
  rawOfds,
  ruledTable,
  textObject,
} from '../../making/raw-ofd.ts';
import { showBlocks } from '../../making/show-blocks.ts';
import { ofdText, refusalBy, warningsOf } from './reading.ts';

const LETTER = [
  textObject('云溪街道办事处文件', { x: 60, y: 40, size: 10 }),
  textObject('云街〔2022〕8号', { x: 85, y: 70 }),
  textObject('关于报送目录的通知', { x: 70, y: 95, size: 7 }),
  textObject('各科室：', { x: 28, y: 115 }),
  textObject('请于本周内报送公开目录，逾期不予受理。', { x: 38, y: 125 }),
].join('');

test('the text of a page comes in reading order, whatever order its objects have', async () => {
  const objects = LETTER.split('</ofd:TextObject>').filter((one) => one !== '');
  const turned = objects.reverse().map((one) => `${one}</ofd:TextObject>`);
  const text = await ofdText(rawOfd({ pages: [turned.join('')] }));
  expect(showBlocks(text)).toEqual([
    'p 云溪街道办事处文件',
    'p 云街〔2022〕8号',
    'p 关于报送目录的通知',
    'p 各科室：',
    'p 请于本周内报送公开目录，逾期不予受理。',
  ]);
  expect(text.metadata['title']).toBe('第1件');
  expect(JSON.stringify(text.metadata)).not.toContain('某某');
});

test('every block knows its page, and quotes can be found there', async () => {
  const page = (words: string): string => textObject(words, { x: 30, y: 60 });
  const text = await ofdText(rawOfd({ pages: [page('甲页的话。'), page('乙页的话。')] }));
  expect(text.blocks.map((block) => block.page)).toEqual([1, 2]);
  expect(
    text.pages.map(({ number, state, start, end }) => [number, state, text.text.slice(start, end)]),
  ).toEqual([
    [1, 'read', '甲页的话。'],
    [2, 'read', '乙页的话。'],
  ]);
});

describe('places of characters', () => {
  test('runs written "g n d", a matrix and narrow characters keep the words together', async () => {
    const packed =
      '<ofd:TextObject ID="1" Boundary="20 30 100 10" Font="1" Size="200" HScale="0.5" CTM="0.025 0 0 0.025 0 0"><ofd:TextCode X="0" Y="200" DeltaX="g 3 200 g 4 100">政务公开2022年</ofd:TextCode></ofd:TextObject>';
    expect((await ofdText(rawOfd({ pages: [packed] }))).text).toBe('政务公开2022年');
  });
  test('one object for each character still makes one word', async () => {
    const single = [...'政府信息公开指南'].map((one, at) =>
      textObject(one, { x: 30 + at * 5, y: 50 }),
    );
    const latin = [...'Wi-Fi map'].map((one, at) => textObject(one, { x: 30 + at * 2.5, y: 70 }));
    const text = await ofdText(rawOfd({ pages: [[...single, ...latin].join('')] }));
    expect(text.text).toBe('政府信息公开指南\nWi-Fi map');
  });
  test('a run longer than its text, or no number at all, does no harm', async () => {
    const odd =
      '<ofd:TextObject ID="1" Boundary="20 30 100 10" Font="1" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g 999999999999 5">目录</ofd:TextCode></ofd:TextObject><ofd:TextObject ID="2" Boundary="20 50 100 10" Font="1" Size="x"><ofd:TextCode X="NaN" Y="5" DeltaX="g g g">指南</ofd:TextCode></ofd:TextObject>';
    expect((await ofdText(rawOfd({ pages: [odd] }))).text).toBe('目录\n指南');
  });
  test('a wide gap inside one object is a gap between words', async () => {
    const gap =
      '<ofd:TextObject ID="1" Boundary="20 30 150 10" Font="1" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="5 60 5">甲方乙方</ofd:TextCode></ofd:TextObject>';
    expect((await ofdText(rawOfd({ pages: [gap] }))).text).toBe('甲方 乙方');
  });
  test('slanted text is set aside with a warning, a page turned by a quarter is read upright', async () => {
    const slanted = textObject('严禁复制', { x: 60, y: 150, more: 'CTM="0.7 0.7 -0.7 0.7 0 0"' });
    const text = await ofdText(rawOfd({ pages: [LETTER + slanted] }));
    expect(text.text).not.toContain('严禁');
    expect(text.metadata['SlantedText']).toBe('严禁复制');
    expect(warningsOf(text)).toEqual(['W_SLANTED_TEXT 1']);
    const quarter = [60, 80].map((x, at) =>
      textObject(['第二行在左边。', '第一行在右边。'][at] ?? '', {
        x,
        y: 50,
        more: 'CTM="0 1 -1 0 0 0"',
      }),
    );
    expect((await ofdText(rawOfd({ pages: [quarter.join('')] }))).text).toBe(
      '第一行在右边。\n第二行在左边。',
    );
  });
});

test('ruling lines make a table with its cells, merged ones too', async () => {
  const cells = [
    ['序号', '工作任务', '责任部门'],
    ['1', '公开部门预算', '财政办'],
    ['2', '公开救助结果', '民政办'],
  ];
  const grid = ruledTable([30, 50, 120, 170], [60, 70, 80, 90], cells);
  const merged = [
    line([30, 90], [30, 100]),
    line([170, 90], [170, 100]),
    line([30, 100], [170, 100]),
    textObject('合计两项', { x: 80, y: 97, size: 4 }),
  ].join('');
  const text = await ofdText(
    rawOfd({ pages: [textObject('任务表', { x: 90, y: 40 }) + grid + merged] }),
  );
  expect(showBlocks(text)).toEqual(['p 任务表', [...cells, ['1x3 合计两项']]]);
});

test('a table that runs over two pages is one table', async () => {
  const columns = [30, 60, 170];
  const first = ruledTable(
    columns,
    [250, 260, 270, 280],
    [
      ['序号', '任务'],
      ['1', '甲'],
      ['2', '乙'],
    ],
  );
  const second = ruledTable(
    columns,
    [30, 40, 50],
    [
      ['序号', '任务'],
      ['3', '丙'],
    ],
  );
  const text = await ofdText(rawOfd({ pages: [first, second] }));
  expect(showBlocks(text)).toEqual([
    [
      ['序号', '任务'],
      ['1', '甲'],
      ['2', '乙'],
      ['3', '丙'],
    ],
  ]);
});

test('a template is read once, and its lines hold the table of every page', async () => {
  const template =
    textObject('云溪街道办事处', { x: 70, y: 30, size: 8 }) +
    ruledTable([30, 60, 170], [60, 70, 80], []);
  const content = (words: string): string =>
    textObject('事项', { x: 32, y: 67, size: 4 }) +
    textObject(words, { x: 62, y: 67, size: 4 }) +
    textObject('期限', { x: 32, y: 77, size: 4 }) +
    textObject('五日', { x: 62, y: 77, size: 4 });
  const pages = ['公开预算', '公开决算'].map((words) => ({
    content: content(words),
    templates: [100],
  }));
  const text = await ofdText(rawOfd({ templates: [template], pages }));
  expect(text.text.split('云溪街道办事处')).toHaveLength(2);
  expect(text.text).toContain('公开预算');
  expect(text.text).toContain('公开决算');
  expect(text.blocks.filter(({ kind }) => kind === 'table').length).toBeGreaterThan(0);
});

test('a drawing of a resource file stands where the page uses it, as often as it does', async () => {
  const unit = `<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="77" Width="100" Height="20"><ofd:Content>${textObject('骑缝说明', { x: 0, y: 10 })}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>`;
  const use = (y: number, resource = 77): string =>
    `<ofd:CompositeObject ID="6" ResourceID="${resource}" Boundary="30 ${y} 100 20" CTM="0.5 0 0 0.5 0 0"/>`;
  const words = textObject('正文一行。', { x: 30, y: 120 });
  const files = { 'Doc_0/PublicRes.xml': ofdXml('Res', unit) };
  const bytes = rawOfd({ pages: [use(60) + words + use(200) + use(220, 5)], files });
  const listed = '<ofd:CommonData><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>';
  const text = await ofdText(
    rawOfd({ pages: [use(60) + words + use(200) + use(220, 5)], files, document: listed }),
  );
  expect(text.text).toBe('骑缝说明\n正文一行。\n骑缝说明');
  expect(warningsOf(text)).toEqual(['W_UNREAD_PART composite']);
  expect((await ofdText(bytes)).text).toBe('正文一行。');
  expect(await refusalBy(readOfd, rawOfd({ pages: [use(60)] }))).toBe('NO_TEXT_LAYER');
});

describe('what cannot be read is said', () => {
  test('glyphs without characters are garbled text', async () => {
    const glyphs = glyphObject([101, 202, 303, 404, 505], { x: 30, y: 50 });
    expect(await refusalBy(readOfd, rawOfd({ pages: [glyphs] }))).toBe('GARBLED_TEXT');
    const blanks = glyphs.replace(
      '</ofd:TextObject>',
      '<ofd:TextCode X="0" Y="5">     </ofd:TextCode></ofd:TextObject>',
    );
    expect(await refusalBy(readOfd, rawOfd({ pages: [blanks] }))).toBe('GARBLED_TEXT');
    const secret = textObject('\ue001\ue002\ue003\ue004\ue005\ue006', { x: 30, y: 50 });
    expect(await refusalBy(readOfd, rawOfd({ pages: [secret] }))).toBe('GARBLED_TEXT');
  });
  test('a blank with its glyph is only a blank', async () => {
    const blank = glyphObject([3], { x: 30, y: 50 }).replace(
      '</ofd:TextObject>',
      '<ofd:TextCode X="0" Y="5"> </ofd:TextCode></ofd:TextObject>',
    );
    expect(warningsOf(await ofdText(rawOfd({ pages: [LETTER + blank] })))).toEqual([]);
  });
  test('a page of glyphs or of a picture among others is listed as unread', async () => {
    const glyphs = glyphObject([101, 202, 303, 404], { x: 30, y: 50 });
    const text = await ofdText(rawOfd({ pages: [LETTER, glyphs, picture()] }));
    expect(text.pages.map(({ state }) => state)).toEqual(['read', 'unread', 'unread']);
    expect(warningsOf(text)).toEqual(['W_PAGE_UNREAD 2', 'W_PAGE_UNREAD 3', 'W_PICTURES 1']);
  });
  test('pictures alone wait for the reader of scans, empty pages have no text', async () => {
    expect(await refusalBy(readOfd, rawOfd({ pages: [picture(), picture()] }))).toBe(
      'NO_TEXT_LAYER',
    );
    expect(await refusalBy(readOfd, rawOfd({ pages: [''] }))).toBe('NO_TEXT');
    expect(await refusalBy(readOfd, rawOfd({ pages: [] }))).toBe('NO_PAGES');
  });
  test('see-through text over a scan is its text layer; elsewhere it is hidden', async () => {
    const ghost = textObject('看不见的一行字，是扫描件的文字层。', {
      x: 30,
      y: 50,
      more: 'Alpha="0"',
    });
    expect((await ofdText(rawOfd({ pages: [picture() + ghost] }))).text).toContain('文字层');
    const text = await ofdText(rawOfd({ pages: [LETTER + ghost] }));
    expect(text.text).not.toContain('看不见');
    expect(warningsOf(text)).toEqual(['W_HIDDEN_TEXT']);
    const off = textObject('草稿', { x: 30, y: 150, more: 'Visible="false"' });
    expect(warningsOf(await ofdText(rawOfd({ pages: [LETTER + off] })))).toEqual(['W_HIDDEN_TEXT']);
  });
  test('a locked package is refused as such', async () => {
    const files = { 'Encryptions.xml': '<x/>', 'Doc_0/Document.xml': new Uint8Array(40).fill(200) };
    expect(await refusalBy(readOfd, rawOfd({ pages: [LETTER], files }))).toBe('ENCRYPTED');
  });
  test('a page whose part is missing or broken is unread, and the others are read', async () => {
    const files = { 'Doc_0/Pages/Page_1/Content.xml': '<ofd:Page' };
    const text = await ofdText(rawOfd({ pages: [LETTER, 'x'], files }));
    expect(warningsOf(text)).toEqual(['W_PAGE_UNREAD 2']);
    expect(
      await refusalBy(
        readOfd,
        rawOfd({ pages: ['x', 'y'], files: { ...files, 'Doc_0/Pages/Page_0/Content.xml': '' } }),
      ),
    ).toBe('DAMAGED');
  });
});

test('documents of one package follow each other and share the numbering of pages', async () => {
  const documents = ['第一份文件的正文。', '第二份文件的正文。'].map((words) => ({
    pages: [textObject(words, { x: 30, y: 50 })],
  }));
  const text = await ofdText(rawOfds(documents));
  expect(showBlocks(text)).toEqual(['p 第一份文件的正文。', 'p 第二份文件的正文。']);
  expect(text.pages.map(({ number }) => number)).toEqual([1, 2]);
  expect(warningsOf(text)).toEqual(['W_SEVERAL_DOCUMENTS 2']);
});

test('other prefixes, the namespace of the first edition and other letter cases are read alike', async () => {
  const bytes = rawOfd({
    pages: [LETTER],
    files: {
      'OFD.xml':
        '<o:OFD xmlns:o="http://www.ofdspec.org"><o:DocBody><o:DocRoot>/DOC_0/./x/../Document.xml</o:DocRoot></o:DocBody></o:OFD>',
    },
  });
  expect((await ofdText(bytes)).text).toContain('报送目录');
});

test('an ofd comes through the one door of all readers, also under a wrong name', async () => {
  const read = await extract(rawOfd({ pages: [LETTER] }), '通知.pdf');
  expect(read.ok && [read.value.format, warningsOf(read.value)]).toEqual([
    'ofd',
    ['W_ENDING .pdf → ofd'],
  ]);
});

describe('what stands beside the pages', () => {
  test('signatures and seals are reported as not verified', async () => {
    const signature = (inside: string): string =>
      ofdXml(
        'Signature',
        `<ofd:SignedInfo><ofd:Provider ProviderName="某厂" Version="1"/>${inside}<ofd:SignatureDateTime>20220301080000Z</ofd:SignatureDateTime></ofd:SignedInfo>`,
      );
    const text = await ofdText(
      rawOfd({
        pages: [LETTER],
        body: '<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>',
        files: {
          'Doc_0/Signs/Signatures.xml': ofdXml(
            'Signatures',
            '<ofd:Signature ID="1" Type="Seal" BaseLoc="Sign_0/Signature.xml"/><ofd:Signature ID="2" Type="Sign" BaseLoc="/Doc_0/Signs/Sign_1/Signature.xml"/><ofd:Signature ID="3" BaseLoc="Sign_9/Signature.xml"/>',
          ),
          'Doc_0/Signs/Sign_0/Signature.xml': signature(
            '<ofd:StampAnnot ID="1" PageRef="1" Boundary="0 0 40 40"/>',
          ),
          'Doc_0/Signs/Sign_1/Signature.xml': signature(''),
        },
      }),
    );
    expect(warningsOf(text)).toEqual(['W_SIGNED 3', 'W_SEALED 1', 'W_UNREAD_PART signature']);
    expect(text.metadata['signatures']?.split('\n')).toEqual([
      '电子印章 seal · 某厂 · 20220301080000Z · 未验证 not verified',
      '电子签名 signature · 某厂 · 20220301080000Z · 未验证 not verified',
      '电子签名 signature · 未验证 not verified',
    ]);
  });
  test('attachments are listed with their size', async () => {
    const text = await ofdText(
      rawOfd({
        pages: [LETTER],
        document: '<ofd:Attachments>Attachments.xml</ofd:Attachments>',
        files: {
          'Doc_0/Attachments.xml': ofdXml(
            'Attachments',
            '<ofd:Attachment ID="1" Name="名单.xlsx" Size="35.2"><ofd:FileLoc>Res/a.xlsx</ofd:FileLoc></ofd:Attachment><ofd:Attachment ID="2" Name="底稿"><ofd:FileLoc>Res/b</ofd:FileLoc></ofd:Attachment>',
          ),
        },
      }),
    );
    expect(warningsOf(text)).toEqual(['W_ATTACHMENTS 2']);
    expect(text.metadata['attachments']).toBe('名单.xlsx (36 KB)\n底稿');
  });
  test('custom tags give the words that they name', async () => {
    const text = await ofdText(
      rawOfd({
        pages: [
          textObject('云街〔2022〕8号', { x: 85, y: 70, id: 11 }) +
            textObject('关于报送目录的通知', { x: 70, y: 95, id: 12 }),
        ],
        document: '<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags>',
        files: {
          'Doc_0/Tags/CustomTags.xml': ofdXml(
            'CustomTags',
            '<ofd:CustomTag><ofd:FileLoc>CustomTag.xml</ofd:FileLoc></ofd:CustomTag><ofd:CustomTag><ofd:FileLoc>gone.xml</ofd:FileLoc></ofd:CustomTag>',
          ),
          'Doc_0/Tags/CustomTag.xml':
            '<公文><发文字号><ObjectRef PageRef="1">11</ObjectRef></发文字号><标题><ObjectRef PageRef="1">12</ObjectRef></标题><密级>无</密级></公文>',
        },
      }),
    );
    expect([
      text.metadata['tag 发文字号'],
      text.metadata['tag 标题'],
      text.metadata['tag 密级'],
    ]).toEqual(['云街〔2022〕8号', '关于报送目录的通知', '无']);
    expect(warningsOf(text)).toEqual(['W_UNREAD_PART tags']);
  });
  test('what annotations write comes as a note, watermarks are set aside, remarks are left out', async () => {
    const annot = (type: string, inside: string): string =>
      `<ofd:Annot ID="5" Type="${type}">${inside}</ofd:Annot>`;
    const appearance = (words: string): string =>
      `<ofd:Appearance Boundary="0 0 100 100">${textObject(words, { x: 10, y: 10 })}</ofd:Appearance>`;
    const text = await ofdText(
      rawOfd({
        pages: [LETTER],
        document: '<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>',
        files: {
          'Doc_0/Annots/Annotations.xml': ofdXml(
            'Annotations',
            '<ofd:Page PageID="1"><ofd:FileLoc>Page_0/Annot.xml</ofd:FileLoc></ofd:Page>',
          ),
          'Doc_0/Annots/Page_0/Annot.xml': ofdXml(
            'PageAnnot',
            annot('Path', appearance('同意发布')) +
              annot('Watermark', appearance('内部资料')) +
              annot('Highlight', '<ofd:Remark>请再核对</ofd:Remark>'),
          ),
        },
      }),
    );
    expect(showBlocks(text).at(-1)).toBe('n 同意发布');
    expect(text.metadata['SlantedText']).toBe('内部资料');
    expect(text.text).not.toContain('核对');
    expect(warningsOf(text)).toEqual(['W_ANNOTATIONS', 'W_COMMENTS']);
  });
});
