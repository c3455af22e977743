/** Writes zips field by field, for what no packer writes: lies, overlaps, names twice. */
import { crc32, deflateRawSync } from 'node:zlib';

const STORED = 0;
const DEFLATED = 8;
const FULL = 0xffffffff;

export interface RawZipEntry {
  readonly name: string;
  readonly packed: Uint8Array;
  readonly method?: number;
  readonly checksum: number;
  /** What the directory says comes out. */
  readonly claimed: number;
  /** What the directory says lies in the archive; the truth where not given. */
  readonly packedClaim?: number;
  /** Sizes stand in the zip64 field as these. */
  readonly wide?: { readonly claimed: bigint; readonly packed: bigint };
  /** The header of this entry stands elsewhere: nothing is written for it. */
  readonly headerAt?: number;
}

export const packedEntry = (name: string, content: Uint8Array): RawZipEntry => ({
  name,
  packed: deflateRawSync(content),
  method: DEFLATED,
  checksum: crc32(content),
  claimed: content.length,
});

export const storedEntry = (name: string, content: Uint8Array): RawZipEntry => ({
  name,
  packed: content,
  method: STORED,
  checksum: crc32(content),
  claimed: content.length,
});

const wideField = (entry: RawZipEntry): Buffer => {
  if (entry.wide === undefined) return Buffer.alloc(0);
  const field = Buffer.alloc(20);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(16, 2);
  field.writeBigUInt64LE(entry.wide.claimed, 4);
  field.writeBigUInt64LE(entry.wide.packed, 12);
  return field;
};

const sizes = (entry: RawZipEntry): readonly [number, number] =>
  entry.wide === undefined
    ? [entry.packedClaim ?? entry.packed.length, entry.claimed]
    : [FULL, FULL];

/** The header before the packed bytes. */
const localHeader = (entry: RawZipEntry): Buffer => {
  const name = Buffer.from(entry.name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(entry.method ?? DEFLATED, 8);
  header.writeUInt32LE(entry.checksum, 14);
  header.writeUInt32LE(sizes(entry)[0], 18);
  header.writeUInt32LE(sizes(entry)[1], 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
};

const directoryEntry = (entry: RawZipEntry, at: number): Buffer => {
  const [name, wide] = [Buffer.from(entry.name), wideField(entry)];
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(entry.method ?? DEFLATED, 10);
  header.writeUInt32LE(entry.checksum, 16);
  header.writeUInt32LE(sizes(entry)[0], 20);
  header.writeUInt32LE(sizes(entry)[1], 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(wide.length, 30);
  header.writeUInt32LE(at, 42);
  return Buffer.concat([header, name, wide]);
};

export const endRecord = (count: number, size: number, start: number): Buffer => {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count & 0xffff, 8);
  end.writeUInt16LE(count & 0xffff, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(start, 16);
  return end;
};

/** A zip of what is packed already at `from` on, and these entries after it. */
export const rawZip = (entries: readonly RawZipEntry[], before: Buffer = Buffer.alloc(0)) => {
  const bodies: Buffer[] = [before];
  const directory: Buffer[] = [];
  let at = before.length;
  for (const entry of entries) {
    directory.push(directoryEntry(entry, entry.headerAt ?? at));
    if (entry.headerAt !== undefined) continue;
    const body = Buffer.concat([localHeader(entry), entry.packed]);
    bodies.push(body);
    at += body.length;
  }
  const listed = Buffer.concat(directory);
  return new Uint8Array(
    Buffer.concat([...bodies, listed, endRecord(entries.length, listed.length, at)]),
  );
};

/** A stored block of deflate that is not the last. */
const quoted = (bytes: Buffer): Buffer => {
  const head = Buffer.from([0, 0, 0, 0, 0]);
  head.writeUInt16LE(bytes.length, 1);
  head.writeUInt16LE(bytes.length ^ 0xffff, 3);
  return Buffer.concat([head, bytes]);
};

/** David Fifield's bomb: every entry quotes the header of the next one, and all of them end in one kernel. */
export const overlappingZip = (count: number, kernelBytes: number): Uint8Array => {
  const kernel = Buffer.alloc(kernelBytes, 'a');
  let [content, tail] = [kernel, deflateRawSync(kernel)];
  const entries: { entry: RawZipEntry; fromEnd: number }[] = [];
  for (let at = count - 1; at >= 0; at -= 1) {
    const name = `${String(at).padStart(5, '0')}.txt`;
    const told = { name, packed: tail, checksum: crc32(content), claimed: content.length };
    const header = localHeader(told);
    entries.unshift({
      entry: { ...told, packed: new Uint8Array(0), packedClaim: tail.length },
      fromEnd: tail.length + header.length,
    });
    const next = at === 0 ? header : quoted(header);
    tail = Buffer.concat([next, tail]);
    content = Buffer.concat([header, content]);
  }
  return rawZip(
    entries.map(({ entry, fromEnd }) => ({ ...entry, headerAt: tail.length - fromEnd })),
    tail,
  );
};
