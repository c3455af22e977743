import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openZip, ZIP_CAPS, type ZipCaps, type ZipParts } from '../../shared/text/zip-parts.ts';

const FILES = { 'a.xml': Buffer.from('甲'.repeat(1_000)), 'b/c.xml': Buffer.from('乙') };

const opened = (bytes: Uint8Array, caps: Partial<ZipCaps> = {}): ZipParts => {
  const zip = openZip(bytes, { ...ZIP_CAPS, ...caps });
  if (!zip.ok) throw new Error(zip.error.kind);
  return zip.value;
};

const kindOf = (answer: { ok: boolean; error?: { kind: string } }): string =>
  answer.error?.kind ?? 'ok';

describe('a zip in memory', () => {
  test.each([0, 6] as const)('lists and inflates its parts, packed at level %i', (level) => {
    const zip = opened(zipSync(FILES, { level }));
    expect(zip.entries.map(({ name }) => name)).toEqual(['a.xml', 'b/c.xml']);
    expect(zip.has('a.xml')).toBe(true);
    expect(zip.has('absent')).toBe(false);
    const read = zip.read('a.xml');
    expect(read.ok && Buffer.from(read.value).toString()).toBe('甲'.repeat(1_000));
  });

  test('refuses over each bound, counting what really comes out', () => {
    const bytes = zipSync(FILES);
    expect(kindOf(openZip(bytes, { ...ZIP_CAPS, archiveBytes: 100 }))).toBe('TOO_LARGE');
    expect(kindOf(openZip(bytes, { ...ZIP_CAPS, entries: 1 }))).toBe('ARCHIVE_LIMIT');
    expect(kindOf(opened(bytes, { partBytes: 2_999 }).read('a.xml'))).toBe('ARCHIVE_LIMIT');
    expect(kindOf(opened(bytes, { partBytes: 3_000 }).read('a.xml'))).toBe('ok');
    expect(kindOf(opened(bytes, { ratio: 2, ratioFrom: 1_000 }).read('a.xml'))).toBe(
      'ARCHIVE_LIMIT',
    );
    const twice = opened(bytes, { totalBytes: 5_000 });
    expect([kindOf(twice.read('a.xml')), kindOf(twice.read('a.xml'))]).toEqual([
      'ok',
      'ARCHIVE_LIMIT',
    ]);
  });

  test('a sink can stop the inflating with its own refusal', () => {
    const zip = opened(zipSync(FILES));
    const stopped = zip.stream('a.xml', () => ({ kind: 'TEXT_TOO_LONG', detail: '' }));
    expect(kindOf(stopped)).toBe('TEXT_TOO_LONG');
  });

  test('a name with a backslash is found with a slash, one in GBK is readable', () => {
    const gbk = Buffer.from([0xb9, 0xab, 0xbf, 0xaa]);
    const bytes = Buffer.from(zipSync({ 'b\\c.xml': Buffer.from('乙'), abcd: Buffer.from('丙') }));
    for (let at = bytes.indexOf('abcd'); at >= 0; at = bytes.indexOf('abcd', at))
      gbk.copy(bytes, at);
    const zip = opened(bytes);
    expect(zip.has('b/c.xml')).toBe(true);
    expect(zip.has('公开')).toBe(true);
  });

  test('bytes before or after the archive: a comment is read past, a cut end is damage', () => {
    const bytes = zipSync(FILES);
    const commented = Buffer.concat([bytes, Buffer.from('PK好')]);
    commented.writeUInt16LE(5, bytes.length - 2);
    expect(opened(commented).has('a.xml')).toBe(true);
    for (const length of [0, 3, 21, 40, bytes.length - 1])
      expect(kindOf(openZip(bytes.subarray(0, length)))).toBe('DAMAGED');
  });

  test('a part whose bytes no longer match its checksum is damaged, packed or not', () => {
    const bytes = Buffer.from(zipSync(FILES, { level: 0 }));
    bytes.write('丙', bytes.indexOf('乙'));
    expect(kindOf(opened(bytes).read('b/c.xml'))).toBe('DAMAGED');
    expect(kindOf(opened(bytes).read('a.xml'))).toBe('ok');
  });

  test('locked parts and unknown packing are refused by name', () => {
    const bytes = zipSync(FILES);
    const at = Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    const locked = Uint8Array.from(bytes);
    locked[at + 8] = (locked[at + 8] ?? 0) | 1;
    expect(kindOf(opened(locked).read('a.xml'))).toBe('ENCRYPTED');
    const odd = Uint8Array.from(bytes);
    odd[at + 10] = 14;
    expect(opened(odd).read('a.xml')).toEqual({
      ok: false,
      error: { kind: 'DAMAGED', detail: 'a.xml: zip method 14' },
    });
  });
});
