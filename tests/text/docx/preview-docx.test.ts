import { describe, expect, test } from 'vitest';
import { crossCheck } from '../../../shared/text/docx/cross-check.ts';
import { plainHtml } from '../../../shared/text/docx/plain-html.ts';
import { previewDocx } from '../../../shared/text/docx/preview-docx.ts';
import { HOSTILE } from '../../making/hostile-docx.ts';
import { makeDocx } from '../../making/make-docx.ts';
import { numbered, p, rawDocx, run, tbl, tc, tr } from '../../making/raw-docx.ts';
import { readBytes } from './reading.ts';

const previewed = async (bytes: Uint8Array): Promise<string> => {
  const preview = await previewDocx(bytes);
  if (!preview.ok) throw new Error(`refused: ${preview.error.kind} ${preview.error.detail}`);
  return preview.value;
};

const LINKED = (target: string): Uint8Array =>
  rawDocx({
    body: `<w:p><w:hyperlink r:id="rId1">${run('链接')}</w:hyperlink></w:p>`,
    files: {
      'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="${target}" TargetMode="External"/></Relationships>`,
    },
  });

describe('preview', () => {
  test('headings, paragraphs and merged cells are shown', async () => {
    const html = await previewed(
      await makeDocx([
        { kind: 'heading', text: '标题', level: 1 },
        { kind: 'paragraph', text: '甲 & <乙>' },
        {
          kind: 'table',
          rows: [{ cells: ['总'], merged: true }, { cells: ['一', '二'] }],
        },
      ]),
    );
    expect(html).toContain('<h1>标题</h1><p>甲 &amp; &lt;乙&gt;</p><table>');
    expect(html).toMatch(/<t[dh] colspan="2"><p>总<\/p><\/t[dh]>/u);
  });

  test('links lose their target, whatever it is', async () => {
    for (const target of ['https://example.com/', 'javascript:alert(1)'])
      expect(await previewed(LINKED(target))).toBe('<p>链接</p>');
  });

  test.each(HOSTILE.filter(({ kind }) => kind?.endsWith('LIMIT') || kind === 'FORBIDDEN_XML'))(
    '$name is refused before mammoth sees it',
    async ({ make }) => {
      const preview = await previewDocx(make());
      expect(preview.ok ? 'shown' : preview.error.kind).toMatch(
        /^(?:ARCHIVE_LIMIT|STRUCTURE_LIMIT|FORBIDDEN_XML)$/u,
      );
    },
  );

  test('a part that hides its XML under another name is measured too', async () => {
    const deep = `${'<a>'.repeat(500)}${'</a>'.repeat(500)}`;
    const preview = await previewDocx(
      rawDocx({ body: p('文'), files: { 'word/media/picture.png': `\ufeff\n${deep}` } }),
    );
    expect(preview.ok ? null : preview.error.kind).toBe('STRUCTURE_LIMIT');
  });

  test('what mammoth cannot read is refused as damaged', async () => {
    const preview = await previewDocx(rawDocx({ files: { 'word/document.xml': '<x/>' } }));
    expect(preview.ok ? null : preview.error.kind).toBe('DAMAGED');
  });
});

describe('plain html', () => {
  test('keeps plain elements, spans and check boxes, and nothing that acts, loads or names', () => {
    const dirty = [
      '<p id="location" style="color:red" onclick="x()">甲<script>alert(1)</script></p>',
      '<img src="https://example.com/a.png" onerror="x()"><a href="#b" id="b">乙</a>',
      '<table><tbody><tr><td colspan="2" rowspan="x">丙</td></tr></tbody></table>',
      '<svg><style><p>丁</p></style></svg><input type="checkbox" checked><input type="checkbox">',
      '<iframe srcdoc="&lt;p&gt;"></iframe>&lt;b&gt;',
    ].join('');
    const clean = plainHtml(dirty);
    expect(clean).not.toMatch(/script|style|onerror|https|iframe|href|id=|alert/u);
    expect(clean).toContain(
      '<p>甲</p>乙<table><tbody><tr><td colspan="2">丙</td></tr></tbody></table>',
    );
    expect(clean).toContain('☑☐');
    expect(clean.endsWith('&lt;b&gt;')).toBe(true);
    expect(plainHtml(clean)).toBe(clean);
  });

  test('two hundred thousand children of one element do not break it', () => {
    expect(plainHtml(`<p>${'<br>'.repeat(200_000)}</p>`)).toHaveLength(200_000 * 4 + 7);
  });
});

describe('cross-check', () => {
  const checked = async (bytes: Uint8Array) =>
    crossCheck(await previewed(bytes), await readBytes(bytes));

  test('two readings of one file agree although only one shows the numbers', async () => {
    const numbering =
      '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>';
    const body =
      numbered('总体要求', 1) + numbered('主要任务', 1) + tbl([tr([tc('任务 甲'), tc('办公室')])]);
    expect(await checked(rawDocx({ body, numbering }))).toEqual({
      characters: 14,
      agreeing: 14,
      share: 1,
    });
  });

  test('what only the preview shows lowers the share, and no text gives no share', async () => {
    const text = await readBytes(rawDocx({ body: p('甲乙丙丁') }));
    expect(crossCheck('<p>甲乙丙丁</p><p>戊己庚辛</p>', text)).toEqual({
      characters: 8,
      agreeing: 4,
      share: 0.5,
    });
    expect(crossCheck('<p> </p>', text).share).toBeNull();
  });

  test('text in another order does not agree', async () => {
    const text = await readBytes(rawDocx({ body: p('甲乙丙丁') + p('戊己庚辛') }));
    expect(crossCheck('<p>戊己庚辛</p><p>甲乙丙丁</p>', text).share).toBe(0.5);
  });
});
