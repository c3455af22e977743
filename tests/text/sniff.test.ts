import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { sniff } from '../../shared/text/sniff.ts';
import { encodeLegacy, encodeUtf16 } from '../making/encode-legacy.ts';
import { noise, oleContainer, unpairedUtf16 } from '../making/hostile-files.ts';
import { makeDocx } from '../making/make-docx.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const zip = (names: readonly string[], mimetype = ''): Uint8Array =>
  zipSync({
    ...(mimetype === '' ? {} : { mimetype: [strToU8(mimetype), { level: 0 as const }] }),
    ...Object.fromEntries(names.map((name) => [name, strToU8('<x/>')])),
  });
const bytesOf = (...numbers: number[]): Uint8Array =>
  Uint8Array.from([...numbers, ...Array.from({ length: 40 }, () => 0)]);
const found = (bytes: Uint8Array): string => {
  const sniffed = sniff(bytes);
  return sniffed.ok ? sniffed.value.format : sniffed.error.kind;
};
const detailOf = (bytes: Uint8Array): string => {
  const sniffed = sniff(bytes);
  return sniffed.ok ? sniffed.value.detail : sniffed.error.detail;
};

describe('containers are told apart by what is inside', () => {
  test('a docx made by a library', async () => {
    expect(found(await makeDocx([]))).toBe('docx');
  });
  test.each([
    ['docx', zip(['[Content_Types].xml', 'word/document2.xml'])],
    ['docx', zip(['[Content_Types].xml', 'word\\document.xml'])],
    ['xlsx', zip(['[Content_Types].xml', 'xl/workbook.xml'])],
    ['xlsx', zip(['[Content_Types].xml', 'xl/workbook.bin'])],
    ['pptx', zip(['[Content_Types].xml', 'ppt/presentation.xml'])],
    ['ofd', zip(['OFD.xml', 'Doc_0/Document.xml'])],
    ['odt', zip(['content.xml'], 'application/vnd.oasis.opendocument.text')],
    ['ods', zip(['content.xml'], 'application/vnd.oasis.opendocument.spreadsheet')],
    ['odt', zip(['content.xml'], 'application/vnd.oasis.opendocument.presentation')],
    ['odt', zip(['content.xml', 'META-INF/manifest.xml'])],
    ['zip', zip(['通知.docx', '附件.pdf'])],
    ['zip', zip(['mimetype/readme', 'word/notes.txt'])],
  ])('%s', (format, bytes) => {
    expect(found(bytes)).toBe(format);
  });
  test.each([
    ['doc', oleContainer(['WordDocument', '1Table'])],
    ['xls', oleContainer(['Workbook'])],
    ['xls', oleContainer(['Book'])],
    ['ppt', oleContainer(['PowerPoint Document', 'Current User'])],
    ['msg', oleContainer(['__properties_version1.0'])],
    ['wps', oleContainer(['MatOST', 'CONTENTS'])],
    ['ENCRYPTED', oleContainer(['EncryptionInfo', 'EncryptedPackage'])],
    ['UNKNOWN_FORMAT', oleContainer(['Catalog'])],
  ])('OLE: %s', (format, bytes) => {
    expect(found(bytes)).toBe(format);
  });
  test('a zip that was cut off is damaged', () => {
    expect(found(zip(['word/document.xml', '[Content_Types].xml']).subarray(0, 90))).toBe(
      'DAMAGED',
    );
  });
  test('an OLE file that was cut off, or whose sectors run in a circle, is damaged or unknown', () => {
    const whole = oleContainer(['WordDocument']);
    expect(found(whole.subarray(0, 600))).toBe('DAMAGED');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), {
          maxLength: 60,
        }),
        (changes) => {
          const bytes = Uint8Array.from(whole);
          for (const [at, value] of changes) if (at >= 8) bytes[at] = value;
          expect(found(bytes)).toMatch(/^(?:doc|xls|ppt|msg|DAMAGED|ENCRYPTED|UNKNOWN_FORMAT)$/u);
        },
      ),
    );
  });
  test('a directory whose first sector names itself as the next ends', () => {
    const bytes = oleContainer(['WordDocument']);
    const view = new DataView(bytes.buffer);
    const directory = view.getUint32(48, true);
    const table = view.getUint32(76, true);
    view.setUint32((table + 1) * 512 + directory * 4, directory, true);
    view.setUint32(68, directory, true);
    expect(found(bytes)).toBe('doc');
  });
});

test.each([
  ['pdf', utf8('%PDF-1.7\n1 0 obj\n')],
  ['pdf', utf8(`${'junk of a mail gateway\n'.repeat(20)}%PDF-1.4\n1 0 obj\nstartxref\n9\n%%EOF`)],
  ['rtf', utf8('{\\rtf1\\ansi\\ansicpg936 text}')],
  ['rtf', utf8('\r\n {\\rtf1 text}')],
  ['image', bytesOf(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10)],
  ['image', bytesOf(0xff, 0xd8, 0xff, 0xe0)],
  ['image', utf8('GIF89a......')],
  ['image', bytesOf(0x49, 0x49, 42, 0)],
  ['image', bytesOf(0x4d, 0x4d, 0, 42)],
  ['image', bytesOf(0x42, 0x4d, 70, 0, 0, 0, 0, 0, 0, 0, 54)],
  ['image', utf8('RIFF....WEBPVP8 ')],
  ['rar', bytesOf(0x52, 0x61, 0x72, 0x21, 0x1a, 7, 0)],
  ['7z', bytesOf(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c)],
  ['gzip', bytesOf(0x1f, 0x8b, 8)],
  ['EMPTY_FILE', new Uint8Array(0)],
  ['UNKNOWN_FORMAT', noise(5_000)],
  ['UNKNOWN_FORMAT', new Uint8Array(4_000)],
])('%s is known by its first bytes', (format, bytes) => {
  expect(found(bytes)).toBe(format);
});

describe('texts are told apart by what they say', () => {
  test.each([
    ['html', '<!DOCTYPE html><html><head><title>通知</title></head></html>'],
    ['html', '\ufeff\r\n  <HTML><BODY>通知</BODY></HTML>'],
    ['html', '<table border=1><tr><td>序号</td></tr></table>'],
    [
      'html',
      '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html xmlns="http://www.w3.org/1999/xhtml">',
    ],
    ['html', '<!-- 页头 --><p>通知</p>'],
    ['html', '通知\n<p>一</p><p>二</p><p>三</p>'],
    ['xml', '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'],
    ['xml', '<?xml version="1.0" encoding="UTF-8"?><root/>'],
    [
      'odt',
      '<?xml version="1.0"?><office:document xmlns:office="urn:x" office:mimetype="application/vnd.oasis.opendocument.text"/>',
    ],
    ['eml', 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x'],
    ['eml', 'From: a@example.com\r\nTo: b@example.com\r\nMessage-ID: <1@example.com>\r\n\r\ntext'],
    ['txt', 'Subject: 关于例会的通知\n各科室：'],
    ['txt', '关于公开预算的通知\n第一条 按照 <办法> 执行，a < b。'],
    ['txt', '1. %PDF-1.4 是一种格式\n2. 其他'],
    ['txt', '序号,名称\n1,通知\n'],
  ])('%s', (format, text) => {
    expect(found(utf8(text))).toBe(format);
  });
  test('what Word 2003 saved as xml, and as a web archive, is named so', () => {
    expect(detailOf(utf8('<?xml version="1.0"?><w:wordDocument/>'))).toBe('Word XML (.xml)');
    expect(detailOf(utf8('MIME-Version: 1.0\nContent-Type: multipart/related;\n\n'))).toBe(
      'MHTML (.mht)',
    );
  });
  test('texts in GBK and UTF-16, also broken ones, are texts', () => {
    expect(found(encodeLegacy('关于公开预算的通知', 'gb18030'))).toBe('txt');
    expect(found(encodeUtf16('关于公开预算的通知\n', 'le'))).toBe('txt');
    expect(found(encodeLegacy('<html><body>关于公开预算的通知</body></html>', 'gb18030'))).toBe(
      'html',
    );
    expect(found(unpairedUtf16('关于公开预算的通知'))).toBe('txt');
  });
});

test('any bytes, also behind a known beginning, are named or refused and never thrown at', () => {
  const beginnings = [
    [],
    [0x50, 0x4b, 3, 4],
    [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    [0x3c],
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...beginnings),
      fc.uint8Array({ maxLength: 1_200 }),
      (beginning, rest) => {
        expect(found(Uint8Array.from([...beginning, ...rest]))).toMatch(/^[a-zA-Z0-9_]+$/u);
      },
    ),
  );
});
