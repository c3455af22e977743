import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { charsetOfLabel, declaredIn, decodeText } from '../../shared/text/charset.ts';
import { encodeLegacy, encodeUtf16 } from '../making/encode-legacy.ts';
import { noise, unknownCharset, unpairedUtf16 } from '../making/hostile-files.ts';

const NOTICE = '关于做好2022年度预决算公开工作的通知\r\n各社区居委会：请于6月30日前报送材料。\r\n';
const SHORT = '公开预算';
const TRADITIONAL = '關於公開年度預算的通知\r\n各辦公室應當主動公開政府信息。\r\n';
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const withMark = (mark: readonly number[], bytes: Uint8Array): Uint8Array =>
  Uint8Array.from([...mark, ...bytes]);

const cases: readonly (readonly [string, Uint8Array, string, string])[] = [
  ['UTF-8', utf8(NOTICE), 'utf-8', NOTICE],
  ['UTF-8 with mark', withMark([0xef, 0xbb, 0xbf], utf8(NOTICE)), 'utf-8', NOTICE],
  ['GBK', encodeLegacy(NOTICE, 'gb18030'), 'gb18030', NOTICE],
  ['four characters of GBK', encodeLegacy(SHORT, 'gb18030'), 'gb18030', SHORT],
  ['two characters of GBK that pass as UTF-8', encodeLegacy('联通', 'gb18030'), 'gb18030', '联通'],
  ['Big5', encodeLegacy(TRADITIONAL, 'big5'), 'big5', TRADITIONAL],
  ['traditional characters in GBK', encodeLegacy(TRADITIONAL, 'gb18030'), 'gb18030', TRADITIONAL],
  ['UTF-16LE with mark', withMark([0xff, 0xfe], encodeUtf16(NOTICE, 'le')), 'utf-16le', NOTICE],
  ['UTF-16BE with mark', withMark([0xfe, 0xff], encodeUtf16(NOTICE, 'be')), 'utf-16be', NOTICE],
  ['UTF-16LE without mark', encodeUtf16(NOTICE, 'le'), 'utf-16le', NOTICE],
  ['UTF-16BE without mark', encodeUtf16(NOTICE, 'be'), 'utf-16be', NOTICE],
  [
    'six characters of UTF-16LE without mark',
    encodeUtf16('政府信息公开', 'le'),
    'utf-16le',
    '政府信息公开',
  ],
  [
    'six characters of UTF-16BE without mark',
    encodeUtf16('政府信息公开', 'be'),
    'utf-16be',
    '政府信息公开',
  ],
  ['plain ASCII', utf8('Notice No. 8, 2021\n'), 'utf-8', 'Notice No. 8, 2021\n'],
];

test.each(cases)('%s is recognised and read whole', (...[, bytes, charset, text]) => {
  expect(decodeText(bytes)).toEqual({ ok: true, value: { text, charset, replaced: 0 } });
});

test('rare surnames of four bytes in GB 18030 survive', () => {
  // U+20BB7 lies 68,535 places after 90 30 81 30, by the rule for the planes above the first; 㐂 is 81 39 EF 31.
  const rare = [0x95, 0x34, 0xb2, 0x35, 0x81, 0x39, 0xef, 0x31];
  const bytes = Uint8Array.from([...encodeLegacy(NOTICE, 'gb18030'), ...rare]);
  const decoded = decodeText(bytes, { declared: 'gb2312' });
  expect(decoded.ok && decoded.value.text.slice(NOTICE.length)).toBe('𠮷㐂');
});

test('a page that claims a wrong character set is read by its bytes', () => {
  expect(decodeText(utf8(NOTICE), { declared: 'gb2312' })).toMatchObject({
    value: { charset: 'utf-8', text: NOTICE },
  });
  expect(decodeText(encodeLegacy(NOTICE, 'gb18030'), { declared: 'utf-8' })).toMatchObject({
    value: { charset: 'gb18030', text: NOTICE },
  });
});

test('Chinese that begins after 100 KB of plain script is still recognised', () => {
  const bytes = encodeLegacy(`${'var a = 1;\n'.repeat(10_000)}${NOTICE}`, 'gb18030');
  expect(decodeText(bytes)).toMatchObject({ value: { charset: 'gb18030' } });
});

test('a long text with one spoilt byte is read and says how much was lost', () => {
  const bytes = utf8(NOTICE.repeat(20));
  bytes[60] = 0xff;
  const decoded = decodeText(bytes);
  expect(decoded).toMatchObject({ ok: true, value: { charset: 'utf-8' } });
  expect(decoded.ok && decoded.value.replaced).toBeGreaterThan(0);
  expect(decoded.ok && decoded.value.replaced).toBeLessThanOrEqual(3);
});

describe('what cannot be decoded is refused by name', () => {
  test('an unpaired surrogate in UTF-16', () => {
    expect(decodeText(unpairedUtf16(NOTICE))).toMatchObject({
      ok: false,
      error: { kind: 'BROKEN_UNICODE' },
    });
  });
  test('half a character at the end of UTF-16', () => {
    const bytes = withMark([0xff, 0xfe], encodeUtf16(NOTICE, 'le')).subarray(0, -1);
    expect(decodeText(bytes)).toMatchObject({ error: { kind: 'BROKEN_UNICODE' } });
  });
  test('a text in none of the known character sets', () => {
    // Pairs of high bytes fall on 汉字 in some decoding, but only on rare ones.
    const bytes = Uint8Array.from({ length: 600 }, (_, index) => 0x80 + ((index * 37) % 0x20));
    for (const strange of [bytes, unknownCharset(40), noise(4_000)])
      expect(decodeText(strange)).toMatchObject({ error: { kind: 'UNKNOWN_CHARSET' } });
  });
});

test('any bytes are decoded or refused, never thrown at', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const decoded = decodeText(bytes);
      expect(decoded.ok ? typeof decoded.value.text : decoded.error.kind).toMatch(
        /^(?:string|UNKNOWN_CHARSET|BROKEN_UNICODE)$/u,
      );
    }),
  );
});

test('what was written as UTF-8 is read back unchanged', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...NOTICE.trim()), minLength: 1 }), (text) => {
      expect(decodeText(utf8(text))).toMatchObject({ value: { text } });
    }),
  );
});

test('sentences of everyday characters are told apart in GBK and in UTF-8', () => {
  const sentence = fc.string({
    unit: fc.constantFrom(...'政府信息公开工作的通知各街道办事处'),
    minLength: 3,
  });
  fc.assert(
    fc.property(sentence, (text) => {
      expect(decodeText(encodeLegacy(text, 'gb18030'))).toMatchObject({ value: { text } });
    }),
  );
});

test.each([
  ['GB2312', 'gb18030'],
  ['gbk', 'gb18030'],
  [' UTF8 ', 'utf-8'],
  ['Big5', 'big5'],
  ['utf-16', 'utf-16le'],
  ['koi8-r', null],
])('the label %s names %s', (label, charset) => {
  expect(charsetOfLabel(label)).toBe(charset);
});

test.each([
  ['<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', 'gb2312'],
  ["<meta charset='GBK'/>", 'GBK'],
  ['<?xml version="1.0" encoding="Big5"?>', 'Big5'],
  ['<p>charset=gbk</p>', ''],
])('in %s the declared character set is %s', (head, label) => {
  expect(declaredIn(utf8(head))).toBe(label);
});
