import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { streamBody } from '../../../fixtures/pdf-objects.ts';
import {
  base85Decoded,
  hexDecoded,
  inflated,
  looksDeflated,
  lzwDecoded,
  runLengthDecoded,
} from '../../../shared/text/pdf/decoded-length.ts';
import { inspectStreams } from '../../../shared/text/pdf/inspect-streams.ts';
import { flateBomb, onePage, WORDS } from '../../making/hostile-pdf.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** Packs 9-bit codes from the highest bit on. */
const nineBitCodes = (codes: readonly number[]): Uint8Array => {
  const bits = codes.map((code) => code.toString(2).padStart(9, '0')).join('');
  const padded = bits.padEnd(Math.ceil(bits.length / 8) * 8, '0');
  return Uint8Array.from(padded.match(/.{8}/gu) ?? [], (byte) => Number.parseInt(byte, 2));
};

test('the LZW example of the PDF standard counts nine bytes', () => {
  // ISO 32000-1, 7.4.4.2: 45 45 45 45 45 65 45 45 45 66
  const codes = nineBitCodes([256, 45, 258, 258, 65, 259, 66, 257]);
  expect(lzwDecoded(codes, 100)).toEqual({ kind: 'length', length: 10 });
  expect(lzwDecoded(codes, 8)).toEqual({ kind: 'over' });
});

test('run lengths count copied and repeated bytes up to the end mark', () => {
  expect(runLengthDecoded(Uint8Array.of(2, 1, 2, 3, 253, 9, 128, 0, 0), 100)).toEqual({
    kind: 'length',
    length: 7,
  });
});

test('text forms of bytes are decoded', () => {
  expect(Buffer.from(hexDecoded(bytesOf('51 6C\n5f00>')))).toEqual(Buffer.from('516c5f00', 'hex'));
  expect(base85Decoded(bytesOf('87cURD]i,"Ebo80~>'), 100)).toEqual({
    kind: 'plain',
    bytes: Uint8Array.from(bytesOf('Hello World!')),
  });
  expect(base85Decoded(bytesOf('z87cUR~>'), 100)).toEqual({
    kind: 'plain',
    bytes: Uint8Array.from(bytesOf('\0\0\0\0Hell')),
  });
  expect(base85Decoded(bytesOf('z'.repeat(30)), 100)).toEqual({ kind: 'over' });
});

test('deflated bytes are told by their head, and are inflated up to the limit only', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), (plain) => {
      const packed = deflateSync(plain);
      expect(looksDeflated(packed)).toBe(true);
      const decoded = inflated(Buffer.concat([packed, Buffer.from('\nendstream')]), 2_000);
      expect(decoded).toEqual({ kind: 'plain', bytes: Buffer.from(plain) });
      expect(inflated(packed, Math.max(1, plain.length - 1)).kind).toBe(
        plain.length > 1 ? 'over' : 'plain',
      );
    }),
    { numRuns: 50 },
  );
  expect(looksDeflated(bytesOf('q 1 0 0 1 0 0 cm'))).toBe(false);
});

test('a stream that breaks off is counted as damaged', () => {
  const packed = deflateSync(Buffer.from(WORDS.repeat(50)));
  const cut = streamBody(packed.subarray(0, packed.length / 2), '/Filter /FlateDecode');
  expect(inspectStreams(onePage(cut))).toEqual({ ok: true, value: { damaged: 1 } });
  expect(inspectStreams(onePage(WORDS))).toEqual({ ok: true, value: { damaged: 0 } });
});

test('a filter written with codes for its letters hides nothing', () => {
  const packed = deflateSync(deflateSync(Buffer.alloc(40 * 2 ** 20)));
  const hidden = streamBody(packed, '/F#69lter [/Flate#44ecode /Fl#61teDecode]');
  expect(inspectStreams(onePage(hidden))).toMatchObject({
    ok: false,
    error: { kind: 'ARCHIVE_LIMIT' },
  });
});

test('bytes of every kind are looked through without a fault', () => {
  const whole = flateBomb(2_000);
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.uint8Array({ maxLength: 40 }), (at, noise) => {
      const spoilt = whole.slice();
      spoilt.set(noise.subarray(0, whole.length - at), at);
      expect(inspectStreams(spoilt)).toHaveProperty('ok');
    }),
  );
});

const listing = (widths: string, objects: number): Uint8Array =>
  onePage(WORDS, {
    more: [streamBody(Buffer.alloc(objects), `/Type /XRef /Size 9 /W ${widths}`, true)],
  });

test('a list of objects that has no end, or too many, is refused before it is walked', () => {
  for (const widths of ['[0 0 0]', '[-1 0 0]', '[0 0]', '7'])
    expect(inspectStreams(listing(widths, 10)), widths).toMatchObject({
      ok: false,
      error: { kind: 'STRUCTURE_LIMIT' },
    });
  expect(inspectStreams(listing('[1 0 0]', 1_000_001))).toMatchObject({ ok: false });
  expect(inspectStreams(listing('[1 2 1]', 4_000)).ok).toBe(true);
});
