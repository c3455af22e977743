import { describe, expect, test } from 'vitest';
import { recognise } from '../../shared/gongwen/recognise.ts';
import { readHtml } from '../../shared/text/read-html.ts';

const bytes = (html: string): Uint8Array => new TextEncoder().encode(html);

const read = async (html: string) => {
  const result = await readHtml(bytes(html));
  if (!result.ok) throw new Error(result.error.kind);
  const { text, blocks, metadata, warnings } = result.value;
  const told = blocks.map(({ kind, start, end }) => ({ kind, text: text.slice(start, end) }));
  return { source: result.value, metadata, warnings, lines: told.map((one) => one.text), told };
};

const BODY = `<p>　　7月2日上午，东湖街道组织志愿者八十余人，在湖滨步道开展清洁活动，共清理垃圾一吨多，居民纷纷加入。</p>
<p>　　街道负责人表示，今后每月第一个周六都组织一次，请居民关注社区公告栏，也欢迎企业参加。</p>`;

interface Site {
  readonly title: string;
  readonly heading?: string;
  readonly beside?: string;
  readonly body?: string;
}

/** A page whose masthead and side column have headings of their own. */
const page = ({ title, heading, beside = '', body = BODY }: Site): string => `<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>${title}</title></head><body>
<div id="header"><h1>东湖街道办事处</h1><div class="nav"><a href="#">首页</a><a href="#">新闻</a><a href="#">公开</a></div></div>
<div id="left"><h2 class="title">政府信息公开指南</h2><ul><li><a href="#">制度</a></li><li><a href="#">年报</a></li><li><a href="#">目录</a></li></ul></div>
<div id="main">${heading ?? ''}${beside}<div class="TRS_Editor">${body}</div></div>
<div class="footer">主办：东湖街道办事处</div></body></html>`;

describe('the title of a page', () => {
  test('is the heading of the article and not the masthead or a side column', async () => {
    const { told, source } = await read(
      page({
        title: '东湖街道开展“洁净湖滨”活动_东湖街道办事处',
        heading: '<h1 class="title">东湖街道开展“洁净湖滨”活动</h1>',
      }),
    );
    expect(told[0]).toEqual({ kind: 'heading', text: '东湖街道开展“洁净湖滨”活动' });
    expect(recognise(source).title).toMatchObject({
      value: '东湖街道开展“洁净湖滨”活动',
      sure: true,
    });
  });

  test.each([
    '<h2>东湖街道开展“洁净湖滨”活动</h2>',
    '<div class="title">东湖街道开展“洁净湖滨”活动</div>',
    '',
  ])('is found as %s or only in <title>', async (heading) => {
    const { lines } = await read(
      page({ title: '东湖街道开展“洁净湖滨”活动-东湖街道办事处', heading }),
    );
    expect(lines[0]).toBe('东湖街道开展“洁净湖滨”活动');
  });

  test('that begins with the name of the office is not cut to it', async () => {
    const { lines } = await read(
      page({
        title: '东湖街道办事处机构职能_东湖街道办事处',
        heading: '<h1 class="title">东湖街道办事处机构职能</h1>',
      }),
    );
    expect(lines[0]).toBe('东湖街道办事处机构职能');
  });

  test('stands before an article whose first sentence quotes it', async () => {
    const { lines, source } = await read(
      page({
        title: '东湖街道2031年二季度设施养护情况公示_东湖街道办事处',
        heading: '<h1 class="title">东湖街道2031年二季度设施养护情况公示</h1>',
        body: `<p>现将东湖街道2031年二季度设施养护情况公示如下，欢迎监督。</p>${BODY}`,
      }),
    );
    expect(lines[0]).toBe('东湖街道2031年二季度设施养护情况公示');
    expect(recognise(source).title?.value).toBe('东湖街道2031年二季度设施养护情况公示');
  });

  test('is not said twice where the article begins with it, whole or over two lines', async () => {
    const title = '关于做好2031年湖滨步道清洁工作的通知';
    for (const first of [
      `<p>${title}</p>`,
      '<p>关于做好2031年湖滨步道</p><p>清洁工作的通知</p>',
      `<p>东湖街道办事处${title}</p><p>东街办〔2031〕7号</p>`,
    ]) {
      const { lines } = await read(
        page({
          title: `${title}_东湖街道办事处`,
          heading: `<h1 class="title">${title}</h1>`,
          body: first + BODY,
        }),
      );
      expect(lines.join('').split('清洁工作的通知')).toHaveLength(2);
    }
  });
});

test('a page of long lines and many headings is read in bounded time', async () => {
  const long = `<p>${'东湖街道办事处 '.repeat(200_000)}。</p>`;
  const headings = '<h2 class="title">来源：东湖街道通知 </h2>'.repeat(5_000);
  const { lines } = await read(
    page({ title: '东湖街道通知', heading: headings, body: `${long}${BODY}` }),
  );
  expect(lines.at(-1)).toContain('欢迎企业参加');
}, 20_000);

describe('what a page says beside its article', () => {
  const index = `<table class="xxgk-head">
<tr><td>索引号：</td><td>DH031-2031-0007</td><td>发文机构：</td><td>乙区人民政府东湖街道办事处</td></tr>
<tr><td>发文字号：</td><td>乙东办〔2031〕7号</td><td>成文日期：</td><td>2031-06-09</td></tr>
<tr><td>主题分类：</td><td>城乡建设</td><td>有 效 性：</td><td>有效</td></tr>
<tr><td>公开方式：</td><td>主动公开</td><td>废止日期：</td><td></td></tr></table>`;
  const heading = '<h1 class="title">关于做好湖滨步道清洁工作的通知</h1>';

  test('is read as lines before the title, so that elements can be quoted from it', async () => {
    const { lines, source, metadata } = await read(page({ title: '通知', heading, beside: index }));
    expect(lines.slice(0, 7)).toEqual([
      '索引号：DH031-2031-0007',
      '发文机构：乙区人民政府东湖街道办事处',
      '发文字号：乙东办〔2031〕7号',
      '成文日期：2031-06-09',
      '有效性：有效',
      '公开方式：主动公开',
      '关于做好湖滨步道清洁工作的通知',
    ]);
    expect(metadata).toMatchObject({ 主题分类: '城乡建设' });
    const found = recognise(source);
    expect(found.title?.value).toBe('关于做好湖滨步道清洁工作的通知');
    expect(found.documentNumber?.value.normalised).toBe('乙东办〔2031〕7号');
    expect(found.date).toMatchObject({ value: '2031-06-09', sure: true });
    expect(found.issuer?.value).toBe('乙区人民政府东湖街道办事处');
    expect(found.attributeNote?.value).toBe('A1');
  });

  test('gives a day of publishing only as a candidate for the date', async () => {
    const { source } = await read(
      page({ title: '通知', heading, beside: '<div>发布时间：2031-06-10 09:30</div>' }),
    );
    expect(recognise(source).date).toMatchObject({ value: '2031-06-10', sure: false });
  });

  test.each([
    ['发布时间：2031-06-10 09:30　来源：东湖街道　浏览次数：<span></span>', '东湖街道'],
    ['来源：东湖街道　供稿：小张　发布日期：2031-06-10', '东湖街道'],
    ['【来源：东湖街道】【字体：大 中 小】', '东湖街道'],
    ['来 源：东湖街道 | 作者：小张', '东湖街道'],
  ])('ends a value where the next label begins: %s', async (line, source) => {
    const { metadata } = await read(page({ title: '通知', heading, beside: `<div>${line}</div>` }));
    expect(metadata['来源']).toBe(source);
  });

  test('is not put into the text where the article is the whole page', async () => {
    const { lines } = await read(`<body><p>关于清洁的通知</p>${BODY}</body>`);
    expect(lines[0]).toBe('关于清洁的通知');
  });
});
