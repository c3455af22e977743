/** Archives that swell, nest, overlap and lie. */
import { zipSync } from 'fflate';
import { bombOf } from '../../making/hostile-formats.ts';
import { makeRar } from '../../making/make-containers.ts';
import { entriesOf, flood, type HostileEntry, latin, utf8 } from './entry.ts';
import { zipQuine } from './quine.ts';
import { overlappingZip, packedEntry, type RawZipEntry, rawZip, storedEntry } from './raw-zip.ts';

const text = utf8('关于公开有关事项的通知\n现将有关事项通知如下。\n'.repeat(20));

const nested = (levels: number, width: number): Uint8Array => {
  let inner = zipSync({ 'a.txt': text });
  for (let level = 1; level < levels; level += 1)
    inner = zipSync(
      Object.fromEntries(Array.from({ length: width }, (_, at) => [`${at}.zip`, inner])),
    );
  return inner;
};

const lying = (changes: Partial<RawZipEntry>): Uint8Array =>
  rawZip([{ ...packedEntry('a.txt', text), ...changes }]);

const ofNames = (names: readonly string[]): Uint8Array =>
  rawZip(names.map((name) => storedEntry(name, text)));

/** A zip64 end of directory that tells of `count` entries in `size` bytes at `start`. */
const withEnd64 = (count: bigint, size: bigint, start: bigint): Uint8Array => {
  const zip = Buffer.from(rawZip([storedEntry('a.txt', text)]));
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeBigUInt64LE(count, 32);
  end64.writeBigUInt64LE(size, 40);
  end64.writeBigUInt64LE(start, 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(zip.length - 22), 8);
  return new Uint8Array(Buffer.concat([zip.subarray(0, -22), end64, locator, zip.subarray(-22)]));
};

export const ZIPS: readonly HostileEntry[] = [
  ...entriesOf('zip', {
    'a flat gigabyte': {
      attacks: 'memory: one member inflates to 1 GB',
      make: () => bombOf('a.txt', { 'b.txt': 'x' }, 1024),
      ends: ['ARCHIVE_LIMIT'],
    },
    'ten levels, one in another': {
      attacks: 'recursion of the opener',
      make: () => nested(10, 1),
      ends: ['opened'],
      inside: ['opened', 'ARCHIVE_LIMIT'],
    },
    'six levels of ten each': {
      attacks: 'recursion times width: a million files',
      make: () => nested(6, 10),
      ends: ['opened'],
      inside: ['opened', 'ARCHIVE_LIMIT'],
    },
    'a hundred members that share one kernel': {
      attacks: 'sums of sizes: 500 MB out of overlapping members',
      make: () => overlappingZip(100, 5_000_000),
      ends: ['ARCHIVE_LIMIT'],
    },
    'a zip that holds itself': {
      attacks: 'recursion that never ends',
      make: () => zipQuine(),
      ends: ['opened'],
      inside: ['opened', 'ARCHIVE_LIMIT'],
    },
    'says that 1 byte comes out': {
      attacks: 'trust in the directory, too small',
      make: () => lying({ claimed: 1 }),
      ends: ['opened', 'DAMAGED'],
      inside: ['text', 'TEXT_TOO_SHORT'],
    },
    'says that 4 GB come out': {
      attacks: 'trust in the directory: allocation ahead',
      make: () => lying({ claimed: 0xfffffffe }),
      ends: ['ARCHIVE_LIMIT'],
    },
    'says that more is packed than there is': {
      attacks: 'reading past the end',
      make: () => lying({ packedClaim: 0x7fffffff }),
      ends: ['DAMAGED'],
    },
    'zip64 sizes of 2^63': {
      attacks: 'numbers that no double holds',
      make: () => lying({ wide: { claimed: 2n ** 63n, packed: 2n ** 63n } }),
      ends: ['ARCHIVE_LIMIT', 'DAMAGED'],
    },
    'zip64 sizes of 2^64-1, packed and inflated': {
      attacks: 'numbers that wrap around',
      make: () => lying({ wide: { claimed: 2n ** 64n - 1n, packed: 2n ** 64n - 1n } }),
      ends: ['ARCHIVE_LIMIT', 'DAMAGED'],
    },
    'zip64 directory of 2^60 entries': {
      attacks: 'loops over a stated count',
      make: () => withEnd64(2n ** 60n, 10n, 0n),
      ends: ['DAMAGED'],
    },
    'zip64 directory that starts at 2^63': {
      attacks: 'offsets past the end',
      make: () => withEnd64(1n, 2n ** 63n, 2n ** 63n),
      ends: ['DAMAGED'],
    },
    '65,535 entries': {
      attacks: 'time and memory per entry',
      make: () =>
        rawZip(Array.from({ length: 65_535 }, (_, at) => storedEntry(`${at}.txt`, latin('a')))),
      ends: ['ARCHIVE_LIMIT'],
    },
    '19,000 entries of one name': {
      attacks: 'looking names up one by one',
      make: () => ofNames(Array.from({ length: 19_000 }, () => 'a')),
      ends: ['ARCHIVE_LIMIT'],
    },
    'one name twice': {
      attacks: 'which of the two is read: a checker and a reader may differ',
      make: () => ofNames(['a.txt', 'a.txt', 'b.txt']),
      ends: ['opened'],
      inside: ['text'],
    },
    'an unknown way of packing': {
      attacks: 'a method nobody checks',
      make: () => lying({ method: 97 }),
      ends: ['DAMAGED'],
    },
    'names that lead out of the folder': {
      attacks: 'writing elsewhere (zip slip)',
      make: () =>
        ofNames([
          '../../../../tmp/evil.txt',
          '/etc/evil.txt',
          'C:\\Windows\\evil.txt',
          '..\\..\\evil.txt',
          'a/../../evil.txt',
          '\\\\server\\share\\evil.txt',
          'C:evil.txt',
          'a\u0000.txt',
          `${'深/'.repeat(3_000)}evil.txt`,
          `${'长'.repeat(20_000)}.txt`,
          '.',
          '..',
          'CON.txt',
          'a:stream.txt',
          '\u202etxt.exe',
          'expanded/../../x.txt',
        ]),
      ends: ['opened'],
      inside: ['text'],
    },
    'an end record inside its comment': {
      attacks: 'two directories in one file',
      make: () => {
        const zip = Buffer.from(ofNames(['a.txt']));
        const comment = Buffer.from(ofNames(['b.txt']));
        zip.writeUInt16LE(comment.length, zip.length - 2);
        return new Uint8Array(Buffer.concat([zip, comment]));
      },
      ends: ['DAMAGED', 'opened'],
      inside: ['text'],
    },
    'a directory of 4 GB': {
      attacks: 'reading past the end',
      make: () => {
        const zip = Buffer.from(ofNames(['a.txt']));
        zip.writeUInt32LE(0xffffffff, zip.length - 10);
        return new Uint8Array(zip);
      },
      ends: ['DAMAGED'],
    },
    'end marks by the thousand': {
      attacks: 'the search for the end record',
      make: () => latin(`PK\u0003\u0004${flood(16_000, () => 'PK\u0005\u0006')}`),
      ends: ['DAMAGED', 'UNKNOWN_FORMAT'],
    },
  }),
  ...entriesOf('rar', {
    'names that lead out of the folder': {
      attacks: 'writing elsewhere',
      make: () => makeRar({ '../../evil.txt': text, 'C:\\evil.txt': text }),
      ends: ['opened', 'DAMAGED'],
      inside: ['text'],
    },
    'cut off in the middle': {
      attacks: 'the unpacker in WebAssembly',
      make: () => makeRar({ 'a.txt': text, 'b.txt': text }).subarray(0, 300),
      ends: ['DAMAGED', 'opened'],
      inside: ['text'],
    },
    'noise after its mark': {
      attacks: 'the unpacker in WebAssembly',
      make: (random) =>
        Uint8Array.from([
          ...latin('Rar!\u001a\u0007\u0001\u0000'),
          ...Array.from({ length: 100_000 }, () => Math.floor(random() * 256)),
        ]),
      ends: ['DAMAGED', 'NO_TEXT', 'ENCRYPTED'],
    },
    'says that 4 GB come out': {
      attacks: 'allocation ahead',
      make: () => {
        const bytes = Buffer.from(makeRar({ 'a.txt': text }));
        bytes.writeUInt32LE(0xfffffff0, 7 + 13 + 11);
        return new Uint8Array(bytes);
      },
      ends: ['ARCHIVE_LIMIT', 'DAMAGED'],
    },
  }),
];
