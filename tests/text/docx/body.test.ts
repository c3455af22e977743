import { describe, expect, test } from 'vitest';
import { p, rawDocx, run } from '../../making/raw-docx.ts';
import { codes, readBytes, reading, textOf } from './reading.ts';

const para = (inside: string, properties = ''): string =>
  `<w:p><w:pPr>${properties}</w:pPr>${inside}</w:p>`;

const field = (kind: string): string => `<w:r><w:fldChar w:fldCharType="${kind}"/></w:r>`;
const code = (text: string): string => `<w:r><w:instrText>${text}</w:instrText></w:r>`;

describe('text', () => {
  test('soft breaks become line ends, tabs stay, runs join, blanks at unpreserved ends go', async () => {
    const body = para(
      '<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t> 丙 </w:t><w:noBreakHyphen/><w:t>丁</w:t></w:r>',
      '<w:tabs><w:tab w:val="left" w:pos="100"/></w:tabs>',
    );
    expect(await textOf(body)).toBe('甲\n乙\t丙-丁');
  });

  test('characters outside the basic plane, CDATA and character references come through', async () => {
    expect(await textOf(para('<w:r><w:t><![CDATA[𠮷<]]>&#x3402;&amp;䶮</w:t></w:r>'))).toBe(
      '𠮷<㐂&䶮',
    );
  });

  test('whatever prefix the file uses, and in the strict form, the names are understood', async () => {
    const odd =
      '<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:pPr><x:outlineLvl x:val="1"/></x:pPr><x:r><x:t>甲</x:t></x:r></x:p><y:p xmlns:y="urn:other"><y:r><y:t>别的</y:t></y:r></y:p></x:body></x:document>';
    const read = await reading({ files: { 'word/document.xml': odd } });
    expect(read.text).toBe('甲');
    expect(read.blocks[0]).toMatchObject({ kind: 'heading', level: 2 });
  });

  test('a part in UTF-16 is read', async () => {
    const xml = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${p('甲')}</w:body></w:document>`;
    const utf16 = new Uint8Array(Buffer.from(`\ufeff${xml}`, 'utf16le'));
    expect((await reading({ files: { 'word/document.xml': utf16 } })).text).toBe('甲');
  });

  test('ruby keeps its base, formulas their letters and the bar of a fraction', async () => {
    const ruby =
      '<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t></w:r></w:rubyBase></w:ruby></w:r>';
    const letter = (text: string): string => `<m:r><m:t>${text}</m:t></m:r>`;
    const math = `<m:oMath><m:f><m:num>${letter('3')}</m:num><m:den>${letter('4')}</m:den></m:f></m:oMath>`;
    expect(await textOf(para(ruby + run('字') + math))).toBe('汉字3/4');
  });

  test('hidden text is left out with a warning, by run, by style and not where it is switched off', async () => {
    const styles =
      '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>';
    const body = [
      para(run('明') + run('暗', '<w:vanish/>') + run('亮', '<w:vanish w:val="off"/>')),
      para(
        run('藏', '<w:rStyle w:val="H"/>') +
          run('露', '<w:rStyle w:val="H"/><w:vanish w:val="0"/>'),
      ),
      para(run('隐'), '<w:pStyle w:val="P"/>'),
    ].join('');
    const read = await reading({ body, styles });
    expect(read.text).toBe('明亮\n露');
    expect(codes(read)).toEqual(['W_HIDDEN_TEXT']);
  });

  test('signs of picture fonts become characters, unknown ones a visible gap with a warning', async () => {
    const sym = (font: string, char: string): string =>
      `<w:r><w:sym w:font="${font}" w:char="${char}"/></w:r>`;
    const typed = run('R', '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>');
    const known = sym('Wingdings', 'F0FE') + sym('Wingdings', '00A8') + sym('Wingdings 2', 'F053');
    const read = await reading({ body: para(known + typed + run('是')) });
    expect(read.text).toBe('☑☐☒☑是');
    expect(codes(read)).toEqual([]);
    const unknown = await reading({ body: para(sym('Some Font', 'F041') + run('是')) });
    expect(unknown.text).toBe('\ufffd是');
    expect(codes(unknown)).toEqual(['W_UNKNOWN_SYMBOL']);
  });

  test('a check-box control gives its sign once, its settings give nothing', async () => {
    const body = para(
      '<w:sdt><w:sdtPr><w:alias w:val="x"/><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>',
    );
    expect(await textOf(body)).toBe('☒');
  });
});

describe('fields', () => {
  test('instructions go, the last result stays, nested or simple', async () => {
    const nested = [
      field('begin') + code('IF ') + field('begin') + code('PAGE') + field('separate'),
      run('9') + field('end') + code(' = 1') + field('separate') + run('结果') + field('end'),
    ].join('');
    const simple = `<w:fldSimple w:instr="TITLE">${run('标题')}</w:fldSimple>`;
    expect(await textOf(para(run('前') + nested + simple + run('后')))).toBe('前结果标题后');
  });

  test('a date field shows the day it was saved with', async () => {
    const body = field('begin') + code('DATE \\@ "yyyy年M月d日"') + field('separate');
    expect(await textOf(para(body + run('2021年6月29日') + field('end')))).toBe('2021年6月29日');
  });

  test('a circled sign and an old check box are read from their instruction', async () => {
    const circle = field('begin') + code(' eq \\o\\ac(○,') + code('3)') + field('end');
    const box = (state: string): string =>
      `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/>${state}</w:checkBox></w:ffData></w:fldChar></w:r>${code('FORMCHECKBOX')}${field('end')}`;
    expect(await textOf(para(circle + box('<w:checked/>') + box('')))).toBe('③☑☐');
  });

  test('a field that never ends swallows no later paragraph', async () => {
    expect(await textOf(para(field('begin') + code('TOC')) + p('正文'))).toBe('正文');
  });
});

describe('tracked changes', () => {
  test('insertions stay, deletions and moved-away text go, old properties count for nothing', async () => {
    const old = '<w:pPrChange><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:pPrChange>';
    const body = para(
      `<w:ins>${run('新')}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom>${run('走')}</w:moveFrom><w:moveTo>${run('来')}</w:moveTo>`,
      old,
    );
    const read = await reading({ body });
    expect(read.text).toBe('新来');
    expect(read.blocks[0]?.kind).toBe('paragraph');
    expect(codes(read)).toEqual(['W_TRACKED_CHANGES']);
  });

  test('a deleted paragraph end joins what it parted', async () => {
    const gone = '<w:rPr><w:del w:id="1"/></w:rPr>';
    expect(await textOf(p('前半', gone) + p('后半') + p('末', gone))).toBe('前半后半\n末');
  });

  test('plain text has no warning, comments have one and stay out', async () => {
    expect(codes(await reading({ body: p('甲') }))).toEqual([]);
    const body = para(`${run('甲')}<w:r><w:commentReference w:id="0"/></w:r>`);
    const comments =
      '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="0"><w:p><w:r><w:t>批注</w:t></w:r></w:p></w:comment></w:comments>';
    const read = await reading({ body, files: { 'word/comments.xml': comments } });
    expect(read.text).toBe('甲');
    expect(codes(read)).toEqual(['W_COMMENTS']);
  });
});

describe('beside the body', () => {
  test('headings carry their level from the paragraph, the style or its name', async () => {
    const styles =
      '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 3"/></w:style><w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/></w:style>';
    const body = [
      p('甲', '<w:outlineLvl w:val="0"/>'),
      p('乙', '<w:pStyle w:val="2"/>'),
      p('丙', '<w:pStyle w:val="2"/><w:outlineLvl w:val="9"/>'),
    ].join('');
    const { blocks } = await reading({ body, styles });
    expect(blocks.map((block) => (block.kind === 'heading' ? block.level : block.kind))).toEqual([
      1,
      3,
      'paragraph',
    ]);
  });

  test('notes that are referred to come after the body in order, others do not', async () => {
    const reference = (kind: string, id: number): string =>
      `<w:r><w:${kind}Reference w:id="${id}"/></w:r>`;
    const footnotes = `<w:footnote w:type="separator" w:id="0">${p('线')}</w:footnote><w:footnote w:id="1">${p('注一')}${p('续')}</w:footnote><w:footnote w:id="2">${p('注二')}</w:footnote>`;
    const endnotes = `<w:endnote w:id="1">${p('尾注')}</w:endnote>`;
    const body =
      para(run('甲') + reference('endnote', 1) + reference('footnote', 2)) +
      para(run('乙') + reference('footnote', 1));
    const read = await reading({ body, footnotes, endnotes });
    expect(read.text).toBe('甲\n乙\n注二\n注一\n续\n尾注');
    expect(read.blocks.map(({ kind }) => kind)).toEqual([
      'paragraph',
      'paragraph',
      'note',
      'note',
      'note',
    ]);
  });

  test('headers, footers and watermarks stand in the metadata with the title, never in the text', async () => {
    const mark = para('<w:r><w:pict><v:shape><v:textpath string="机密"/></v:shape></w:pict></w:r>');
    const read = await reading({
      body: p('正文'),
      headers: [p('内部资料') + mark, p('内部资料')],
      footers: [p('第1页')],
      title: '某某通知',
    });
    expect(read.text).toBe('正文');
    expect(read.metadata).toEqual({ header: '内部资料\n机密', footer: '第1页', title: '某某通知' });
  });

  test('a text box comes once, after the paragraph it hangs on, whichever form holds the text', async () => {
    const box = (text: string): string => `<w:txbxContent>${p(text)}</w:txbxContent>`;
    const both = (first: string, second: string): string =>
      para(
        `<w:r><mc:AlternateContent><mc:Choice Requires="wps">${first}</mc:Choice><mc:Fallback><w:pict>${second}</w:pict></mc:Fallback></mc:AlternateContent></w:r>${run('锚')}`,
      );
    expect(await textOf(both(box('框'), box('框')))).toBe('锚\n框');
    expect(await textOf(both('', box('旧框')))).toBe('锚\n旧框');
  });

  test('red heads drawn as WordArt are read', async () => {
    const art =
      '<w:r><w:pict><v:shape><v:textpath string="某某区人民政府文件"/></v:shape></w:pict></w:r>';
    expect(await textOf(para(art) + p('正文'))).toBe('某某区人民政府文件\n正文');
  });

  test('what is not read is named', async () => {
    const body = para(`${run('甲')}<w:r><w:object/></w:r><w:r><pic:pic/></w:r>`);
    const read = await reading({ body, files: { 'word/vbaProject.bin': 'x' } });
    expect(read.warnings).toEqual([
      { code: 'W_PICTURES', detail: '1' },
      { code: 'W_MOSTLY_PICTURES', detail: '1' },
      { code: 'W_MACROS', detail: '' },
      { code: 'W_UNREAD_PART', detail: 'object' },
    ]);
  });

  test('a document of pictures with captions is told from a text with a picture', async () => {
    const scan = '<w:r><pic:pic/></w:r>';
    const scans = [1, 2, 3].map((page) => para(scan) + p(`第${page}页`)).join('');
    const sentence = '各社区应当在每月十日以前把上月办理情况报街道党政办汇总。';
    expect(codes(await reading({ body: scans }))).toEqual(['W_PICTURES', 'W_MOSTLY_PICTURES']);
    expect(codes(await reading({ body: p(sentence.repeat(2)) + para(scan) }))).toEqual([
      'W_PICTURES',
    ]);
  });

  test('the main part is found by its relationship, whatever it is called', async () => {
    const bytes = rawDocx({
      files: {
        '_rels/.rels':
          '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/../word/document2.xml"/></Relationships>',
        'word/document2.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${p('真')}</w:body></w:document>`,
        'word/document.xml': '<nothing/>',
      },
    });
    expect((await readBytes(bytes)).text).toBe('真');
  });
});
