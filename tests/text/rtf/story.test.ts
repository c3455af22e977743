import { describe, expect, test } from 'vitest';
import type { CanonicalText } from '../../../shared/domain/text.ts';
import { extract } from '../../../shared/text/extract.ts';
import { readRtf } from '../../../shared/text/read-rtf.ts';
import { encodeLegacy } from '../../making/encode-legacy.ts';
import { showBlocks } from '../../making/show-blocks.ts';
import { refusalBy, textBy, warningsOf } from '../ofd/reading.ts';

const latin = (source: string): Uint8Array => Buffer.from(source, 'latin1');

/** 汉字 as bytes of GBK, the way Chinese Word writes them. */
const hex = (text: string): string =>
  [...encodeLegacy(text, 'gb18030')]
    .map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\'${byte.toString(16)}`))
    .join('');

/** 汉字 as \u with a fallback. */
const u = (text: string): string =>
  [...text]
    .map((_, at) => `\\u${((text.charCodeAt(at) + 0x8000) % 0x10000) - 0x8000}\\'3f`)
    .join('');

const FONTS =
  '{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}{\\f1\\fnil\\fcharset134 SimSun{\\*\\falt x};}{\\f2\\fnil\\fcharset2 Wingdings;}{\\f3\\fcharset136 MingLiU;}}';

const rtf = (body: string, head = '\\ansicpg936'): Uint8Array =>
  latin(`{\\rtf1\\ansi${head}\\deff1${FONTS}{\\colortbl;\\red0;}${body}}`);

const read = (body: string, head?: string): Promise<CanonicalText> =>
  textBy(readRtf, rtf(body, head));

const blocksOf = async (body: string): Promise<unknown[]> => showBlocks(await read(body));

describe('characters', () => {
  test('bytes of GBK, \\u with its fallback, and signs make the same words', async () => {
    expect(
      await blocksOf(`${hex('关于公开预算的通知')}\\par ${u('关于公开预算的通知')}\\par`),
    ).toEqual(['p 关于公开预算的通知', 'p 关于公开预算的通知']);
    expect(
      (
        await read(
          'A\\endash B\\emdash C\\ldblquote D\\rdblquote\\~E\\_F\\bullet\\tab G\\line H\\{\\}\\\\',
        )
      ).text,
    ).toBe('A–B—C“D” E-F•\tG\nH{}\\');
  });
  test('the second byte may be a letter, a brace or a backslash', async () => {
    // 0x81 0x5C and 0x83 0x7D are one character each in GBK.
    const words = new TextDecoder('gb18030').decode(
      Uint8Array.from([0x81, 0x5c, 0x83, 0x7d, 0x81, 0x41]),
    );
    expect((await read("\\'81\\\\\\'83\\}\\'81A")).text).toBe(words);
  });
  test('\\uc says how much stands for a character in old readers, and groups end it', async () => {
    expect((await read(`\\uc2\\u20844\\'b9\\'ab\\uc0\\u24320{\\uc1\\u30340 ?}x`)).text).toBe(
      '公开的x',
    );
    expect((await read('\\u20844 {}x')).text).toBe('公x');
  });
  test('characters outside the first plane come in two halves', async () => {
    expect((await read('\\u-10176?\\u-9049?')).text).toBe('\u{200A7}');
  });
  test('the font tells the character set where the file does not', async () => {
    const big5 = "{\\f3\\'a4\\'bd\\'b6\\'7d}";
    expect((await read(`{\\f1${hex('公开')}}${big5}`, '\\ansicpg1252')).text).toBe('公开公開');
    expect((await read(`\\loch\\f0\\hich\\f0\\dbch\\f1${hex('目录')}`, '\\ansicpg1252')).text).toBe(
      '目录',
    );
  });
  test('signs of picture fonts become the signs that they show', async () => {
    const text = await read(
      "{\\f2 \\'fe}是 {\\f2\\u-3928?}否".replace('是', hex('是')).replace('否', hex('否')),
    );
    expect(text.text).toBe('☑是 ☐否');
  });
  test('bytes of no character are replaced and said', async () => {
    expect(warningsOf(await read(`${hex('公开')}\\'ff\\par`))).toEqual(['W_REPLACED_CHARACTERS']);
  });
});

describe('what does not belong to the text', () => {
  test('tables of fonts, colours and styles, pictures, instructions and unknown groups are left out', async () => {
    const text = await read(
      `{\\stylesheet{\\s0 Normal;}}{\\*\\generator Riched20;}{\\*\\unknown{nested}text}{\\field{\\*\\fldinst HYPERLINK "http://x"}{\\fldrslt ${hex('链接')}}}{\\*\\shppict{\\pict\\pngblip 89504e47}}{\\nonshppict{\\pict 00}}{\\xe index}{\\*\\bkmkstart a}\\par`,
    );
    expect(text.text).toBe('链接');
    expect(warningsOf(text)).toEqual(['W_PICTURES 1']);
  });
  test('bytes of \\bin are passed over, whatever they look like', async () => {
    expect((await read('{\\pict\\bin7 }}}}{{\\}after')).text).toBe('after');
  });
  test('what is deleted or hidden is left out, and said', async () => {
    const text = await read(
      'A{\\deleted gone}B{\\revised new}{\\v hidden}C\\par{\\*\\annotation note}',
    );
    expect(text.text).toBe('ABnewC');
    expect(warningsOf(text)).toEqual(['W_TRACKED_CHANGES', 'W_COMMENTS', 'W_HIDDEN_TEXT']);
    expect((await read('one{\\deleted\\par}two\\par three')).text).toBe('onetwo\nthree');
  });
  test('headers, footers and properties stand beside the text; authors are not taken', async () => {
    const text = await read(
      `{\\info{\\title ${hex('通知')}}{\\author Somebody}{\\creatim\\yr2021\\mo6\\dy3\\hr9}}{\\header ${hex('内部资料')}\\par}{\\footer\\pard - {\\field{\\*\\fldinst PAGE}{\\fldrslt 1}} -\\par}${hex('正文')}\\par`,
    );
    expect(text.text).toBe('正文');
    expect(text.metadata).toEqual({
      header: '内部资料',
      footer: '- 1 -',
      title: '通知',
      created: '2021-06-03',
    });
  });
});

describe('paragraphs', () => {
  test('headings are known by outline level or by the name of their style', async () => {
    const styles = '{\\stylesheet{\\s1\\outlinelevel0 A;}{\\s2 heading 2;}{\\s3 Body;}}';
    expect(
      await blocksOf(
        `${styles}\\pard\\s1 one\\par\\pard\\s2 two\\par\\pard\\s3 three\\par\\pard\\outlinelevel2 four\\par\\pard five\\par`,
      ),
    ).toEqual(['h1 one', 'h2 two', 'p three', 'h3 four', 'p five']);
  });
  test('automatic numbers come from what the writer put there', async () => {
    const item = (label: string, words: string): string =>
      `{\\listtext\\pard\\plain ${label}\\tab}${hex(words)}\\par`;
    expect(
      await blocksOf(
        item(hex('（一）'), '预算') +
          item(hex('第一章'), '总则') +
          item("\\f2\\'a8", '同意') +
          item("\\f2\\'6c", '其他'),
      ),
    ).toEqual(['p （一）预算', 'p 第一章 总则', 'p ☐ 同意', 'p • 其他']);
    expect(await blocksOf(`{\\pntext 1.\\tab}${hex('甲')}\\par`)).toEqual(['p 1.甲']);
  });
  test('footnotes and endnotes come after the body', async () => {
    expect(
      await blocksOf(
        `A{\\super\\chftn}{\\footnote\\ftnalt\\pard end}B{\\footnote\\pard{\\super\\chftn}foot\\par more}\\par C\\par`,
      ),
    ).toEqual(['p AB', 'p C', 'n foot\nmore', 'n end']);
  });
  test('a text box comes after the paragraph that it is anchored in', async () => {
    expect(
      await blocksOf(
        'A{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 1}}{\\shptxt\\pard box\\par}}{\\shprslt{\\*\\do{\\dptxbxtext box}}}}B\\par C\\par',
      ),
    ).toEqual(['p AB', 'p box', 'p C']);
  });
});

describe('tables', () => {
  const cellx = (...rights: number[]): string => rights.map((right) => `\\cellx${right}`).join('');
  test('rows and cells, with a cell over columns by its edges', async () => {
    const head = `\\trowd\\trhdr\\trleft0${cellx(1000, 4000, 6000)}\\pard\\intbl A\\cell B\\cell C\\cell\\row`;
    const section = `\\trowd\\trleft0${cellx(6000)}\\pard\\intbl part\\cell\\row`;
    const rows = `\\trowd\\trleft10${cellx(1005, 4000, 6000)}\\pard\\intbl 1\\cell two\\par lines\\cell 3\\cell\\row`;
    const text = await read(`before\\par${head}${section}${rows}\\pard after\\par`);
    expect(showBlocks(text)).toEqual([
      'p before',
      [['A', 'B', 'C'], ['1x3 part'], ['1', 'two\nlines', '3']],
      'p after',
    ]);
    expect(text.blocks.find((block) => block.kind === 'table')).toMatchObject({
      headerRows: 1,
      rows: 3,
      columns: 3,
    });
  });
  test('merged cells, down and across', async () => {
    const first = `\\trowd\\clvmgf\\cellx1000\\clmgf\\cellx2000\\clmrg\\cellx3000\\pard\\intbl A\\cell BC\\cell\\cell\\row`;
    const second = `\\trowd\\clvmrg\\cellx1000\\cellx2000\\cellx3000\\pard\\intbl\\cell b\\cell c\\cell\\row`;
    expect(await blocksOf(first + second)).toEqual([
      [
        ['2x1 A', '1x2 BC'],
        ['b', 'c'],
      ],
    ]);
  });
  test('a row whose properties come again at its end is one row', async () => {
    const own = `\\trowd${cellx(1000, 2000)}`;
    expect(
      await blocksOf(`${own}\\pard\\intbl 1\\cell 2\\cell\\pard{${own}\\row}\\pard end\\par`),
    ).toEqual([[['1', '2']], 'p end']);
  });
  test('a table inside a cell becomes lines of it', async () => {
    const inner = `\\pard\\intbl\\itap2 a\\nestcell b\\nestcell{\\*\\nesttableprops\\trowd\\cellx100\\cellx200\\nestrow}{\\nonesttables\\par}`;
    expect(
      await blocksOf(
        `\\trowd${cellx(1000, 2000)}\\pard\\intbl out\\par${inner}\\pard\\intbl\\itap1\\cell right\\cell\\row`,
      ),
    ).toEqual([[['out\na b', 'right']]]);
  });
  test('nothing is lost of a table that never ends, or of cells without a row', async () => {
    expect(
      (await read('\\trowd\\cellx100\\pard\\intbl A\\cell B\\par C')).text.split('\n'),
    ).toEqual(['A', 'B', 'C']);
  });
});

test('what breaks off is damaged; the last brace alone may be missing', async () => {
  expect(await refusalBy(readRtf, latin('{\\rtf1{\\b text'))).toBe('DAMAGED');
  expect(warningsOf(await textBy(readRtf, latin('{\\rtf1 text\\par')))).toEqual(['W_UNFINISHED']);
  expect(await refusalBy(readRtf, latin('no rtf'))).toBe('DAMAGED');
  expect(await refusalBy(readRtf, latin('{\\rtf1 \\par}'))).toBe('NO_TEXT');
  expect(await refusalBy(readRtf, latin('{\\rtf1{\\pict 00}}'))).toBe('NO_TEXT_LAYER');
});

test('an rtf named .doc comes through the one door, with a warning', async () => {
  const result = await extract(rtf(`${hex('关于公开预算的通知')}\\par`), '通知.doc');
  expect(result.ok && [result.value.format, warningsOf(result.value)]).toEqual([
    'rtf',
    ['W_ENDING .doc → rtf'],
  ]);
});
