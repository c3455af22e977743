import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CanonicalText } from '../../../shared/domain/text.ts';
import { readHtml } from '../../../shared/text/read-html.ts';
import { encodeLegacy, encodeUtf16 } from '../../making/encode-legacy.ts';
import { showBlocks } from '../../making/show-blocks.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const readBytes = async (bytes: Uint8Array): Promise<CanonicalText> => {
  const result = await readHtml(bytes);
  if (!result.ok) throw new Error(`${result.error.kind} ${result.error.detail}`);
  return result.value;
};
const read = (html: string): Promise<CanonicalText> => readBytes(utf8(html));
const show = async (html: string): Promise<unknown[]> => showBlocks(await read(html));

const BODY = [
  '各社区居委会、街道各部门：',
  '为做好年度预决算公开工作，现将有关事项通知如下，请认真贯彻执行。',
  '各部门要在六月底前，把本部门的预算和决算在门户网站上公开，并保持长期可查。',
];
const NAVIGATION = Array.from(
  { length: 12 },
  (_, index) =>
    `<li><a href="/c${index}">栏目第${index}号的名称很长，也有标点，看起来像正文</a></li>`,
).join('');

const page = (article: string, head = ''): string => `<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>关于做好预决算公开工作的通知_云溪街道办事处</title>${head}
<style>p { color: red }</style><script>var title = '不是正文';</script></head>
<body><div class="header"><ul>${NAVIGATION}</ul></div>
<table class="xxgk-table"><tr><td>索引号</td><td>YX0100-2021-00012</td><td>发文机关</td><td>云溪街道办事处</td></tr>
<tr><td>文　　号：</td><td>云街〔2021〕12号</td><td>成文日期：</td><td>2021-06-29</td></tr>
<tr><td>主题词：</td><td></td><td>公开方式：</td><td>主动公开</td></tr></table>
${article}
<div class="sidebar"><h3>相关阅读</h3><ul>${NAVIGATION}</ul></div>
<div id="footer">版权所有：云溪街道办事处，网站标识码 0000000000，联系电话见首页。</div></body></html>`;

/** The entries beside the article stand before it, those without a value do not. */
const TOLD = [
  'p 索引号：YX0100-2021-00012',
  'p 发文机关：云溪街道办事处',
  'p 文号：云街〔2021〕12号',
  'p 成文日期：2021-06-29',
  'p 公开方式：主动公开',
];
const TITLE = 'h1 关于做好预决算公开工作的通知';

const paragraphs = BODY.map((text) => `<p>　　${text}</p>`).join('\n');

describe('a page of a government site', () => {
  const article = `<h1>关于做好预决算公开工作的通知</h1><div class="share">分享到：微信</div><div id="zoom">${paragraphs}</div>`;

  test('gives entries, title and article, without navigation, side bar and footer', async () => {
    expect(await show(page(article))).toEqual([...TOLD, TITLE, ...BODY.map((text) => `p ${text}`)]);
  });

  test('gives the entries beside the article as metadata, empty ones not at all', async () => {
    const { metadata } = await read(
      page(
        article,
        '<meta name="ArticleTitle" content="通知标题"><meta name="PubDate" content="2021-06-30">',
      ),
    );
    expect(metadata).toMatchObject({
      索引号: 'YX0100-2021-00012',
      发文机关: '云溪街道办事处',
      文号: '云街〔2021〕12号',
      成文日期: '2021-06-29',
      公开方式: '主动公开',
      ArticleTitle: '通知标题',
      PubDate: '2021-06-30',
    });
    expect(metadata).not.toHaveProperty('主题词');
  });

  test('in GBK, in Big5 and in UTF-16 reads the same', async () => {
    const expected = (await read(page(article))).text;
    expect((await readBytes(encodeLegacy(page(article), 'gb18030'))).text).toBe(expected);
    expect((await readBytes(encodeUtf16(page(article), 'le'))).text).toBe(expected);
    const big5 =
      '<html><head><meta charset="big5"><title>通知</title></head><body><p>關於公開年度預算的通知，請各辦公室遵照辦理。</p></body></html>';
    expect((await readBytes(encodeLegacy(big5, 'big5'))).text).toBe(
      '關於公開年度預算的通知，請各辦公室遵照辦理。',
    );
  });

  test.each([
    ['class TRS_Editor', `<div class="TRS_Editor">${paragraphs}</div>`],
    ['id UCAP-CONTENT', `<div id="UCAP-CONTENT">${paragraphs}</div>`],
    ['id ending in Zoom', `<font id=newsZoom>${paragraphs}</font>`],
    ['class pages_content among others', `<div class="b12c pages_content">${paragraphs}</div>`],
    [
      'a common container with more around',
      `<div class="content"><ul>${NAVIGATION}</ul><div>${paragraphs}</div></div>`,
    ],
    ['no name at all', `<div><table><tr><td>${paragraphs}</td></tr></table></div>`],
  ])('with %s gives the article', async (_name, markup) => {
    const shown = await show(page(markup));
    expect(shown).toEqual([...TOLD, TITLE, ...BODY.map((text) => `p ${text}`)]);
  });

  test('whose article begins with the title does not repeat it', async () => {
    const inside = `<div id="zoom"><p>关于做好预决算<br>公开工作的通知</p>${paragraphs}</div>`;
    const shown = await show(page(inside));
    expect(shown).toContain('p 关于做好预决算\n公开工作的通知');
    expect(shown).not.toContain(TITLE);
  });

  test('with its article twice, for screen and for print, is read once', async () => {
    const twice = `<div id="zoom">${paragraphs}</div><div class="print" id="Zoom">${paragraphs}</div>`;
    expect((await show(page(twice))).filter((block) => block === `p ${BODY[0]}`)).toHaveLength(1);
  });

  test('whose named container holds hardly anything is read where the text is', async () => {
    const teaser = `<div id="zoom">图片</div><div>${paragraphs.repeat(2)}</div>`;
    expect(await show(page(teaser))).toContain(`p ${BODY[2]}`);
  });
});

describe('text', () => {
  test('in lines of the source joins between 汉字 and keeps one blank between words', async () => {
    expect(await show('<p>政务公\n  开 Open\n  Government\n公开</p>')).toEqual([
      'p 政务公开 Open Government公开',
    ]);
  });
  test('parted by <br> keeps its lines; a blank or indented line begins a paragraph', async () => {
    expect(await show('<p>甲某<br>乙某<br><br>第二段<br>　　第三段</p>')).toEqual([
      'p 甲某\n乙某',
      'p 第二段',
      'p 第三段',
    ]);
  });
  test('of scripts, comments, forms and hidden elements is not read', async () => {
    const hidden =
      '<p>明<span style="display: none">暗</span><!-- 注 --><script>暗()</script></p><div hidden>暗</div><p style="VISIBILITY:hidden">暗</p><textarea>暗</textarea><noscript>暗</noscript><template>暗</template><span style="mso-hide:all">暗</span>';
    expect(await show(hidden)).toEqual(['p 明']);
  });
  test('of headings and lists keeps level and number', async () => {
    const lists =
      '<h2>目录</h2><ol><li>甲</li><li>乙<ul><li>丙</li></ul></li></ol><ol start=3 type=a><li>丁</li></ol><ol style="list-style: none"><li>1、戊</li></ol>';
    expect(await show(lists)).toEqual([
      'h2 目录',
      'p 1. 甲',
      'p 2. 乙',
      'p 丙',
      'p c. 丁',
      'p 1、戊',
    ]);
  });
  test('of <pre> keeps its lines', async () => {
    expect(await show('<pre>第一行\n第二行</pre>')).toEqual(['p 第一行\n第二行']);
  });
  test('of a page saved by Word is read with its markers, without its notes for Word', async () => {
    const word =
      '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=ProgId content=Word.Document><!--[if gte mso 9]><xml><o:p>暗</o:p></xml><![endif]--></head><body><div class=Section1><p class=MsoNormal><span>关于公开的\n通知<o:p></o:p></span></p><p><![if !supportLists]><span>一、<span>&nbsp;</span></span><![endif]>总体要求</p></div></body></html>';
    const canonical = await read(word);
    expect(showBlocks(canonical)).toEqual(['p 关于公开的通知', 'p 一、 总体要求']);
    expect(canonical.metadata).toMatchObject({ ProgId: 'Word.Document' });
  });
});

describe('tables', () => {
  test('keep merged cells and header rows', async () => {
    const table =
      '<table border=1><caption>任务表</caption><thead><tr><th rowspan=2>任务</th><th colspan=2>单位</th></tr><tr><th>牵头</th><th>责任</th></tr></thead><tbody><tr><td colspan=3>一、公开</td></tr><tr><td>1.<br>预算</td><td><p>甲科</p><p>乙科</p></td><td></td></tr></tbody></table>';
    const canonical = await read(table);
    expect(showBlocks(canonical)).toEqual([
      'p 任务表',
      [
        ['2x1 任务', '1x2 单位'],
        ['牵头', '责任'],
        ['1x3 一、公开'],
        ['1.\n预算', '甲科\n乙科', ''],
      ],
    ]);
    expect(canonical.blocks.find((block) => block.kind === 'table')).toMatchObject({
      headerRows: 2,
      columns: 3,
    });
  });
  test('leave out columns and rows that only hold widths', async () => {
    const word =
      '<table><tr><td colspan=2>甲</td><td colspan=3>乙</td></tr><tr><td colspan=2>丙</td><td colspan=3>丁</td></tr><tr height=0><td width=9></td><td colspan=4></td></tr></table>';
    const shown = await show(word);
    expect(shown).toEqual([
      [
        ['1x2 甲', '乙'],
        ['1x2 丙', '丁'],
      ],
    ]);
  });
  test('that only place the article on the page are read as text', async () => {
    const layout = `<table><tr><td>${paragraphs}</td></tr><tr><td><table><tr><td>项目</td><td>金额</td></tr><tr><td>补贴</td><td>100</td></tr></table></td></tr></table>`;
    expect(await show(layout)).toEqual([
      ...BODY.map((text) => `p ${text}`),
      [
        ['项目', '金额'],
        ['补贴', '100'],
      ],
    ]);
  });
});

const refusedBy = async (html: string): Promise<string> => {
  const result = await readHtml(utf8(html));
  return result.ok ? 'read' : `${result.error.kind} ${result.error.detail}`.trim();
};

describe('hostile and empty pages are refused by name, fast', () => {
  test.each([
    ['200,000 nested divs', '<div>'.repeat(200_000), 'STRUCTURE_LIMIT depth 512'],
    ['nested tables', '<table><tr><td>'.repeat(30_000), 'STRUCTURE_LIMIT depth 512'],
    ['a million paragraphs', '<p>甲'.repeat(1_000_000), 'STRUCTURE_LIMIT 300000 elements'],
    [
      'cells that each span everything',
      `<table>${'<tr><td rowspan=65000 colspan=999>甲'.repeat(5_000)}`,
      'STRUCTURE_LIMIT table columns',
    ],
    ['more than 20 MB', ' '.repeat(20 * 1024 * 1024 + 1), 'TOO_LARGE 20 MB'],
    ['a frameset', '<html><frameset><frame src="a.htm"></frameset></html>', 'NO_TEXT'],
    [
      'an empty page',
      '<html><head><script>x</script></head><body> &nbsp; </body></html>',
      'NO_TEXT',
    ],
  ])(
    '%s',
    async (_name, html, refusal) => {
      expect(await refusedBy(html)).toBe(refusal);
    },
    15_000,
  );
  test.each([
    ['attributes', `<p ${Array.from({ length: 200_000 }, (_, index) => `a${index}`).join(' ')}>止`],
    ['open formatting', `${'<b id=1><i id=2>'.repeat(100)}${'<p>x'.repeat(50_000)}止`],
    ['rows', `<table>${'<tr><td>甲<td>乙'.repeat(50_000)}止`],
    ['list entries', `<ol>${'<li>甲'.repeat(50_000)}止`],
    ['angle brackets', `${'<'.repeat(1_000_000)}止`],
  ])(
    'very many %s are read in linear time',
    async (_name, html) => {
      expect(await refusedBy(html)).toBe('read');
    },
    15_000,
  );
});

test('any markup is read or refused, and what is read says what its blocks say', async () => {
  const piece = fc.constantFrom(
    '<table>',
    '<tr>',
    '<td colspan=2>',
    '<td rowspan=3>',
    '</table>',
    '<p>',
    '<div id=zoom>',
    '</div>',
    '<b>',
    '<a href=x>',
    '</a>',
    '<ol>',
    '<li>',
    '<br>',
    '<h1>',
    '甲。',
    '乙 ',
    '&amp;',
    '<!--',
    '-->',
    '<script>',
    '</script>',
    '<body>',
    '<frameset>',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
      const result = await readHtml(utf8(pieces.join('')));
      if (!result.ok) {
        expect(result.error.kind).toBe('NO_TEXT');
        return;
      }
      const { text, blocks } = result.value;
      expect(blocks.map(({ start, end }) => text.slice(start, end)).join('\n')).toBe(text);
    }),
  );
});
