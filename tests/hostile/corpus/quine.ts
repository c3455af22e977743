/** A zip whose one member is the zip itself, after Russ Cox (Zip Files All The Way Down). */
import { crc32 } from 'node:zlib';
import { endRecord } from './raw-zip.ts';

const UNIT = 5;
/** These lengths are the ones whose repeats fit five bytes. */
const PREFIX_BYTES = 60;
const SUFFIX_BYTES = 126;

/** Says that the next `bytes` are to be written as they are: a stored block. */
const literal = (bytes: number): Buffer => {
  const block = Buffer.alloc(UNIT);
  block.writeUInt16LE(bytes, 1);
  block.writeUInt16LE(bytes ^ 0xffff, 3);
  return block;
};

/** Five bytes out of bits in the order of RFC 1951: plain numbers lowest bit first, codes highest first. */
const bitsOf = (text: string): Buffer => {
  const block = Buffer.alloc(UNIT);
  [...text.replaceAll(' ', '')].forEach((bit, at) => {
    if (bit === '1') block[at >> 3] = (block[at >> 3] ?? 0) | (1 << (at & 7));
  });
  return block;
};

/** header 010 = not last, fixed codes; 0000000 = end of block. */
const REPEAT_20 = bitsOf('010 0001000 01000 110 0001000 01000 110 0000000');
/** Length 65 = code 276 and 6; distance 65 = code 12 and 0; then an empty block. */
const REPEAT_65 = bitsOf('010 0010100 011 01100 00000 0000000 010 0000000');
/** The last block. Length 131 = code 281 and 0; distance 131 = code 14 and 2. */
const REPEAT_131 = bitsOf('110 11000001 00000 01110 010000 0000000');

const programOf = (prefix: Buffer, suffix: Buffer): Buffer => {
  const [l0, l1, l4] = [literal(0), literal(UNIT), literal(4 * UNIT)];
  const before = literal(PREFIX_BYTES + UNIT);
  const after = literal(SUFFIX_BYTES + UNIT);
  return Buffer.concat([
    ...[before, prefix, before, REPEAT_65],
    ...[l1, REPEAT_65, l1, l1],
    ...[l4, REPEAT_65, l1, l1, l4, REPEAT_20],
    ...[l4, REPEAT_20, l4, REPEAT_20, l4, REPEAT_20],
    ...[l4, REPEAT_20, l0, l0, after, REPEAT_20],
    ...[l0, l0, after, REPEAT_131, suffix, REPEAT_131],
  ]);
};

const NAME = 'quine'.padEnd(PREFIX_BYTES - 34, '-').concat('.zip');

/** Offset 14 on: checksum, packed and inflated size, length of the name. */
const told = (checksum: number, packed: number, whole: number): Buffer => {
  const fields = Buffer.alloc(16);
  fields.writeUInt32LE(checksum >>> 0, 0);
  fields.writeUInt32LE(packed, 4);
  fields.writeUInt32LE(whole, 8);
  fields.writeUInt16LE(NAME.length, 12);
  return fields;
};

const withChecksum = (checksum: number, packed: number): Buffer => {
  const whole = PREFIX_BYTES + packed + SUFFIX_BYTES;
  const start = Buffer.from('504b03041400000008000000215a', 'hex');
  const prefix = Buffer.concat([start, told(checksum, packed, whole), Buffer.from(NAME)]);
  const entry = Buffer.from('504b0102140014000000080000002100', 'hex');
  entry.writeUInt16LE(0x5a21, 14);
  entry.writeUInt16LE(0, 8);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt16LE(0, 12);
  const listed = Buffer.concat([
    entry,
    told(checksum, packed, whole),
    Buffer.alloc(14),
    Buffer.from(NAME),
  ]);
  const end = endRecord(1, listed.length, PREFIX_BYTES + packed);
  const comment = Buffer.alloc(SUFFIX_BYTES - listed.length - end.length, ' ');
  end.writeUInt16LE(comment.length, 20);
  const suffix = Buffer.concat([listed, end, comment]);
  return Buffer.concat([prefix, programOf(prefix, suffix), suffix]);
};

interface Row {
  readonly bits: number;
  readonly right: number;
}

const parity = (bits: number): number => {
  let [rest, odd] = [bits >>> 0, 0];
  while (rest !== 0) {
    odd ^= rest & 1;
    rest >>>= 1;
  }
  return odd;
};

/** The x with parity(row.bits & x) = row.right for each row, by Gauss over two elements. */
const solved = (rows: readonly Row[]): number => {
  const done: { pivot: number; row: Row }[] = [];
  for (const one of rows) {
    let row = one;
    for (const { pivot, row: other } of done)
      if (((row.bits >>> pivot) & 1) === 1)
        row = { bits: row.bits ^ other.bits, right: row.right ^ other.right };
    if (row.bits === 0) continue;
    done.push({ pivot: 31 - Math.clz32(row.bits), row });
  }
  let x = 0;
  for (const { pivot, row } of done.reverse())
    if (parity(row.bits & x) !== row.right) x = (x ^ (1 << pivot)) >>> 0;
  return x >>> 0;
};

/** The checksum of the file that tells the checksum is affine in it: 33 files give the equations. */
export const zipQuine = (): Uint8Array => {
  const packed = programOf(Buffer.alloc(PREFIX_BYTES), Buffer.alloc(SUFFIX_BYTES)).length;
  const sum = (checksum: number): number => crc32(withChecksum(checksum, packed));
  const base = sum(0);
  const columns = Array.from({ length: 32 }, (_, bit) => (sum(2 ** bit) ^ base) >>> 0);
  const rows = Array.from({ length: 32 }, (_, out) => {
    const bits = columns.reduce((all, column, bit) => all | (((column >>> out) & 1) << bit), 0);
    return { bits: (bits ^ (1 << out)) >>> 0, right: (base >>> out) & 1 };
  });
  return new Uint8Array(withChecksum(solved(rows), packed));
};
