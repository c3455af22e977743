import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { extract } from '../../shared/text/extract.ts';
import { LIMITS } from '../../shared/text/limits.ts';
import { encodeLegacy } from '../making/encode-legacy.ts';
import { noise, oleContainer, unpairedUtf16 } from '../making/hostile-files.ts';
import { onePage, WORDS } from '../making/hostile-pdf.ts';
import { makeDocx } from '../making/make-docx.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const HTML = '<html><body><p>关于公开预算的通知</p></body></html>';

describe('a file is read as what it is, whatever its name claims', () => {
  test('a web page named .doc is read and the ending is warned of', async () => {
    const result = await extract(utf8(HTML), '通知.doc');
    expect(result).toMatchObject({
      ok: true,
      value: {
        text: '关于公开预算的通知',
        format: 'html',
        warnings: [{ code: 'W_ENDING', detail: '.doc → html' }],
      },
    });
  });
  test('a docx named .pdf is read and the ending is warned of', async () => {
    const docx = await makeDocx([{ kind: 'paragraph', text: '关于公开预算的通知' }]);
    expect(await extract(docx, '通知.PDF')).toMatchObject({
      ok: true,
      value: {
        text: '关于公开预算的通知',
        format: 'docx',
        warnings: [{ code: 'W_ENDING', detail: '.pdf → docx' }],
      },
    });
  });
  test.each(['a.html', 'a.HTM', 'a.shtml', '没有后缀', '云街〔2021〕8号.'])(
    '%s gives no warning',
    async (name) => {
      expect(await extract(utf8(HTML), name)).toMatchObject({ ok: true, value: { warnings: [] } });
    },
  );
  test('a pdf is read', async () => {
    const result = await extract(onePage(WORDS), 'a.pdf');
    expect(result).toMatchObject({ ok: true, value: { format: 'pdf' } });
  });
});

test.each([
  ['EMPTY_FILE', new Uint8Array(0), ''],
  ['TOO_LARGE', new Uint8Array(LIMITS.fileBytes + 1), '50 MB'],
  ['UNKNOWN_FORMAT', noise(9_000), 'binary'],
  ['NO_TEXT', utf8(' \n '), ''],
  ['NO_TEXT', utf8('<html><frameset></frameset></html>'), ''],
  ['BROKEN_UNICODE', unpairedUtf16('关于公开的通知'), 'utf-16le'],
  ['ENCRYPTED', oleContainer(['EncryptionInfo', 'EncryptedPackage']), ''],
  ['DAMAGED', oleContainer(['WordDocument']), 'FIB'],
  ['ARCHIVE_NOT_OPENED', new Uint8Array([0x1f, 0x8b, 8, 0]), 'gzip (.gz)'],
  ['FORMAT_NOT_YET_READ', oleContainer(['PowerPoint Document']), 'PowerPoint 97-2003 (.ppt)'],
  ['DAMAGED', zipSync({ 'OFD.xml': strToU8('<x/>') }), 'OFD.xml'],
  ['NO_TEXT_LAYER', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0]), ''],
  ['DAMAGED', zipSync({ 'word/document.xml': strToU8('<x/>') }).subarray(0, 60), 'zip directory'],
])('%s is said by name', async (kind, bytes, detail) => {
  expect(await extract(bytes, 'a.bin')).toEqual({ ok: false, error: { kind, detail } });
});

test('the warning of a spoilt character stays beside the warning of the ending', async () => {
  const bytes = encodeLegacy('关于公开预算的通知。\n'.repeat(60), 'gb18030');
  bytes[200] = 0xff;
  const result = await extract(bytes, 'a.docx');
  expect(result.ok && result.value.warnings.map(({ code }) => code)).toEqual([
    'W_REPLACED_CHARACTERS',
    'W_ENDING',
  ]);
});
