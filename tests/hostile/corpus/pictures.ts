/** Pictures that state absurd sizes, hold thousands of frames, or swell; for the reader of scans. */
import { crc32, deflateSync } from 'node:zlib';
import { entriesOf, type HostileEntry, latin } from './entry.ts';

const ENDS = [
  'TOO_LARGE',
  'DAMAGED',
  'NO_TEXT',
  'SCAN_UNREADABLE',
  'FORMAT_NOT_YET_READ',
  'TOO_MANY_PAGES',
  'NO_PAGES',
];

const chunk = (name: string, content: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
};

interface Png {
  readonly width: number;
  readonly height: number;
  readonly bits?: number;
  readonly colour?: number;
  readonly interlaced?: boolean;
}

const head = ({ width, height, bits = 8, colour = 0, interlaced = false }: Png): Buffer => {
  const content = Buffer.alloc(13);
  content.writeUInt32BE(width, 0);
  content.writeUInt32BE(height, 4);
  content.set([bits, colour, 0, 0, interlaced ? 1 : 0], 8);
  return chunk('IHDR', content);
};

const png = (...chunks: readonly Buffer[]): Uint8Array =>
  new Uint8Array(
    Buffer.concat([
      Buffer.from('89504e470d0a1a0a', 'hex'),
      Buffer.concat(chunks),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );

const pixels = (bytes: number): Buffer => chunk('IDAT', deflateSync(Buffer.alloc(bytes)));

const frame = (at: number): Buffer => {
  const control = Buffer.alloc(26);
  control.writeUInt32BE(at, 0);
  control.writeUInt32BE(100, 4);
  control.writeUInt32BE(100, 8);
  return Buffer.concat([chunk('fcTL', control), chunk('fdAT', Buffer.alloc(20))]);
};

const PNGS: readonly HostileEntry[] = entriesOf('png', {
  '60,000 by 60,000': {
    attacks: 'allocation by a stated size',
    make: () => png(head({ width: 60_000, height: 60_000 }), pixels(1_000)),
    ends: ENDS,
  },
  '60,000 by 60,000, interlaced': {
    attacks: 'allocation by a stated size',
    make: () => png(head({ width: 60_000, height: 60_000, interlaced: true }), pixels(1_000)),
    ends: ENDS,
  },
  '2^31 by 1': {
    attacks: 'sizes that wrap around',
    make: () => png(head({ width: 0x7fffffff, height: 1 }), pixels(1_000)),
    ends: ENDS,
  },
  '40 million by 1': {
    attacks: 'a strip under the limit of pixels',
    make: () => png(head({ width: 39_000_000, height: 1 }), pixels(39_000_001)),
    ends: ENDS,
  },
  '1 by 25 million, interlaced': {
    attacks: 'a strip under the limit of pixels',
    make: () => png(head({ width: 1, height: 25_000_000, interlaced: true }), pixels(50_000_001)),
    ends: ENDS,
  },
  'pixels of a gigabyte for 100 by 100': {
    attacks: 'memory: more comes out than the size says',
    make: () => png(head({ width: 100, height: 100 }), pixels(2 ** 30)),
    ends: ENDS,
  },
  'pixels of a gigabyte for 100 by 100, interlaced': {
    attacks: 'memory: more comes out than the size says',
    make: () => png(head({ width: 100, height: 100, interlaced: true }), pixels(2 ** 30)),
    ends: ENDS,
  },
  'no pixels for 5,000 by 5,000': {
    attacks: 'less comes out than the size says',
    make: () => png(head({ width: 5_000, height: 5_000, colour: 6 }), pixels(10)),
    ends: ENDS,
  },
  'a text of a gigabyte': {
    attacks: 'memory: packed text (zTXt)',
    make: () =>
      png(
        head({ width: 50, height: 50 }),
        chunk('zTXt', Buffer.concat([latin('Comment\0\0'), deflateSync(Buffer.alloc(2 ** 30))])),
        pixels(51 * 50),
      ),
    ends: ENDS,
  },
  '10,000 frames': {
    attacks: 'frames without number (APNG)',
    make: () =>
      png(
        head({ width: 100, height: 100 }),
        chunk('acTL', Buffer.from('0000271000000000', 'hex')),
        pixels(101 * 100),
        ...Array.from({ length: 10_000 }, (_, at) => frame(at)),
      ),
    ends: ENDS,
  },
  'a million empty chunks': {
    attacks: 'a walk from chunk to chunk',
    make: () =>
      png(
        head({ width: 50, height: 50 }),
        Buffer.concat(Array.from({ length: 1_000_000 }, () => chunk('IDAT', Buffer.alloc(0)))),
        pixels(51 * 50),
      ),
    ends: ENDS,
  },
  'a chunk of 4 GB': {
    attacks: 'reading past the end',
    make: () => {
      const bytes = Buffer.from(png(head({ width: 50, height: 50 }), pixels(51 * 50)));
      bytes.writeUInt32BE(0xffffffff, 33);
      return new Uint8Array(bytes);
    },
    ends: ENDS,
  },
  'colours that are none': {
    attacks: 'tables looked up past their end',
    make: () => png(head({ width: 50, height: 50, bits: 7, colour: 5 }), pixels(51 * 50)),
    ends: ENDS,
  },
  'a palette that is missing': {
    attacks: 'tables looked up past their end',
    make: () => png(head({ width: 50, height: 50, colour: 3 }), pixels(51 * 50)),
    ends: ENDS,
  },
});

const segment = (marker: number, content: Buffer): Buffer => {
  const framed = Buffer.alloc(4);
  framed.set([0xff, marker]);
  framed.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([framed, content]);
};

const frameOf = (
  marker: number,
  [width, height]: readonly [number, number],
  components: number,
): Buffer => {
  const content = Buffer.alloc(6 + components * 3, 0x11);
  content[0] = 8;
  content.writeUInt16BE(height, 1);
  content.writeUInt16BE(width, 3);
  content[5] = components;
  return segment(marker, content);
};

const scan = segment(0xda, Buffer.from('0101000003f0', 'hex').subarray(0, 6));
const jpeg = (...parts: readonly Buffer[]): Uint8Array =>
  new Uint8Array(Buffer.concat([Buffer.from('ffd8', 'hex'), ...parts, Buffer.from('ffd9', 'hex')]));

const JPEGS: readonly HostileEntry[] = entriesOf('jpg', {
  '65,535 by 65,535': {
    attacks: 'allocation by a stated size',
    make: () => jpeg(frameOf(0xc0, [65_535, 65_535], 3), scan),
    ends: ENDS,
  },
  '6,000 by 6,000 of nothing': {
    attacks: 'allocation by a stated size, under the limit',
    make: () => jpeg(frameOf(0xc0, [6_000, 6_000], 3), scan, Buffer.alloc(2_000, 0x55)),
    ends: ENDS,
  },
  '6,000 by 6,000 in a hundred thousand passes': {
    attacks: 'passes without number (progressive)',
    make: () =>
      jpeg(
        frameOf(0xc2, [6_000, 6_000], 1),
        ...Array.from({ length: 5_000 }, () => Buffer.concat([scan, Buffer.alloc(10)])),
      ),
    ends: ENDS,
  },
  '200 components': {
    attacks: 'tables looked up past their end',
    make: () => jpeg(frameOf(0xc0, [100, 100], 200), scan),
    ends: ENDS,
  },
  'tables of nonsense': {
    attacks: 'tables looked up past their end',
    make: () =>
      jpeg(
        segment(0xc4, Buffer.alloc(300, 0xff)),
        segment(0xdb, Buffer.alloc(200, 0xff)),
        frameOf(0xc0, [100, 100], 3),
        scan,
        Buffer.alloc(5_000, 0xaa),
      ),
    ends: ENDS,
  },
  'a direction in a ring': {
    attacks: 'a walk through Exif',
    make: () =>
      jpeg(
        segment(
          0xe1,
          Buffer.concat([
            Buffer.from('Exif\0\0II*\0\x08\0\0\0\xff\xff', 'latin1'),
            Buffer.alloc(100, 0xff),
          ]),
        ),
        frameOf(0xc0, [100, 100], 1),
        scan,
      ),
    ends: ENDS,
  },
  'a million empty segments': {
    attacks: 'a walk from segment to segment',
    make: () =>
      jpeg(
        Buffer.concat(Array.from({ length: 1_000_000 }, () => segment(0xe2, Buffer.alloc(0)))),
        frameOf(0xc0, [50, 50], 1),
        scan,
      ),
    ends: ENDS,
  },
  'fill without end': {
    attacks: 'a walk from segment to segment',
    make: () => jpeg(Buffer.alloc(5_000_000, 0xff)),
    ends: ENDS,
  },
});

interface Tag {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly value: number;
}

const directory = (tags: readonly Tag[], next: number): Buffer => {
  const bytes = Buffer.alloc(6 + tags.length * 12);
  bytes.writeUInt16LE(tags.length, 0);
  tags.forEach(({ tag, type, count, value }, at) => {
    bytes.writeUInt16LE(tag, 2 + at * 12);
    bytes.writeUInt16LE(type, 4 + at * 12);
    bytes.writeUInt32LE(count, 6 + at * 12);
    bytes.writeUInt32LE(value, 10 + at * 12);
  });
  bytes.writeUInt32LE(next, 2 + tags.length * 12);
  return bytes;
};

const long = (tag: number, value: number): Tag => ({ tag, type: 4, count: 1, value });

const tiffTags = (size: number, packing: number, more: readonly Tag[] = []): readonly Tag[] => [
  long(256, size),
  long(257, size),
  long(258, 1),
  long(259, packing),
  long(262, 0),
  long(273, 8),
  long(277, 1),
  long(278, size),
  long(279, 200),
  ...more,
];

const tiff = (directories: readonly Buffer[], start = 8): Uint8Array => {
  const mark = Buffer.from('49492a0000000000', 'hex');
  mark.writeUInt32LE(start, 4);
  return new Uint8Array(Buffer.concat([mark, ...directories, Buffer.alloc(300, 0x5a)]));
};

const chained = (count: number, tags: readonly Tag[]): Uint8Array => {
  const length = directory(tags, 0).length;
  return tiff(
    Array.from({ length: count }, (_, at) =>
      directory(tags, at + 1 < count ? 8 + (at + 1) * length : 0),
    ),
  );
};

const TIFFS: readonly HostileEntry[] = entriesOf('tif', {
  '60,000 by 60,000': {
    attacks: 'allocation by a stated size',
    make: () => tiff([directory(tiffTags(60_000, 1), 0)]),
    ends: ENDS,
  },
  '2^31 by 2^31': {
    attacks: 'sizes that wrap around',
    make: () => tiff([directory(tiffTags(0x7fffffff, 1), 0)]),
    ends: ENDS,
  },
  ...Object.fromEntries(
    [2, 3, 4, 5, 7, 8, 32773, 34712].map((packing) => [
      `6,000 by 6,000 of nonsense, packed by ${packing}`,
      {
        attacks: 'the decoder, under the limit of pixels',
        make: () => tiff([directory(tiffTags(6_000, packing), 0)]),
        ends: ENDS,
      },
    ]),
  ),
  '10,000 frames': {
    attacks: 'frames without number',
    make: () => chained(10_000, tiffTags(50, 1)),
    ends: ENDS,
  },
  '900 frames of 6,000 by 6,000': {
    attacks: 'frames under their number, each large',
    make: () => chained(900, tiffTags(6_000, 1)),
    ends: ENDS,
  },
  'directories in a ring': {
    attacks: 'a walk from directory to directory',
    make: () => tiff([directory(tiffTags(50, 1), 8)]),
    ends: ENDS,
  },
  'directories within directories in a ring': {
    attacks: 'a walk into sub-directories',
    make: () =>
      tiff([
        directory(
          tiffTags(50, 1, [
            { tag: 330, type: 4, count: 1, value: 8 },
            { tag: 34665, type: 4, count: 1, value: 8 },
          ]),
          0,
        ),
      ]),
    ends: ENDS,
  },
  'a tag of 2^32 values': {
    attacks: 'allocation by a stated count',
    make: () =>
      tiff([directory(tiffTags(50, 1, [{ tag: 320, type: 3, count: 0xffffffff, value: 8 }]), 0)]),
    ends: ENDS,
  },
  'strips of 2^32 bytes': {
    attacks: 'reading past the end',
    make: () =>
      tiff([
        directory([...tiffTags(50, 1).filter(({ tag }) => tag !== 279), long(279, 0xffffffff)], 0),
      ]),
    ends: ENDS,
  },
  '64 bits and 60,000 samples a pixel': {
    attacks: 'sizes multiplied',
    make: () =>
      tiff([
        directory(
          [
            ...tiffTags(5_000, 1).filter(({ tag }) => tag !== 258 && tag !== 277),
            long(258, 64),
            long(277, 60_000),
          ],
          0,
        ),
      ]),
    ends: ENDS,
  },
  'tiles of one by one': {
    attacks: 'a loop over a million tiles',
    make: () =>
      tiff([
        directory(tiffTags(6_000, 1, [long(322, 1), long(323, 1), long(324, 8), long(325, 1)]), 0),
      ]),
    ends: ENDS,
  },
  'tiles of nothing': {
    attacks: 'loops that step by nothing',
    make: () =>
      tiff([
        directory(tiffTags(6_000, 1, [long(322, 0), long(323, 0), long(324, 8), long(325, 1)]), 0),
      ]),
    ends: ENDS,
  },
});

const OTHERS: readonly HostileEntry[] = [
  ...entriesOf('gif', {
    '65,535 by 65,535': {
      attacks: 'allocation by a stated size',
      make: () => latin('GIF89a\xff\xff\xff\xff\x00\x00\x00;'),
      ends: ENDS,
    },
  }),
  ...entriesOf('bmp', {
    '2^31 by -2^31': {
      attacks: 'sizes that wrap around',
      make: () => {
        const bytes = Buffer.alloc(60);
        bytes.write('BM', 'latin1');
        bytes.writeUInt32LE(54, 10);
        bytes.writeUInt32LE(40, 14);
        bytes.writeInt32LE(0x7fffffff, 18);
        bytes.writeInt32LE(-0x80000000, 22);
        bytes.writeUInt16LE(1, 26);
        bytes.writeUInt16LE(24, 28);
        return new Uint8Array(bytes);
      },
      ends: ENDS,
    },
  }),
];

export const PICTURES: readonly HostileEntry[] = [...PNGS, ...JPEGS, ...TIFFS, ...OTHERS].map(
  (entry) => ({ ...entry, reader: 'scan' as const }),
);
