/** Opens a zip held in memory and inflates single parts of it, within bounds that no header of the file can talk away. */
import { crc32 } from 'node:zlib';
import { Inflate } from 'fflate';
import { megabytes } from '../domain/limits.ts';
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import { LIMITS } from './limits.ts';
import { readZipDirectory, type ZipEntry } from './zip-directory.ts';

export interface ZipCaps {
  /** Bytes of the archive itself. */
  readonly archiveBytes: number;
  readonly entries: number;
  /** Bytes that one part really inflates to. */
  readonly partBytes: number;
  /** Bytes that all parts read so far really inflate to. */
  readonly totalBytes: number;
  /** Inflated to packed bytes of one part, looked at once it is over `ratioFrom` bytes. */
  readonly ratio: number;
  readonly ratioFrom: number;
}

export const ZIP_CAPS: ZipCaps = {
  archiveBytes: LIMITS.fileBytes,
  entries: LIMITS.zipEntries,
  partBytes: 64 * 2 ** 20,
  totalBytes: 128 * 2 ** 20,
  ratio: 250,
  ratioFrom: 8 * 2 ** 20,
};

/** Takes pieces of at most 64 KB in order; a refusal it gives back stops the inflating and is the answer. */
export type PieceSink = (piece: Uint8Array) => Refusal | null;

/**
 * Parts are found by name (`\` counts as `/`) and never leave memory; a zip inside a zip is only bytes. Every reading
 * refuses with ARCHIVE_LIMIT over a bound, ENCRYPTED for a locked part, DAMAGED for a part that is absent, stands twice,
 * is packed in an unknown way, or does not match its checksum.
 */
export interface ZipParts {
  readonly entries: readonly ZipEntry[];
  has(name: string): boolean;
  /** Gives the number of bytes that came out. */
  stream(name: string, sink: PieceSink): Result<number, Refusal>;
  read(name: string): Result<Uint8Array, Refusal>;
}

const PACKED_STEP = 8 * 1024;
const PIECE = 64 * 1024;

const STORED = 0;
const DEFLATED = 8;

interface Inflating {
  readonly entry: ZipEntry;
  readonly packed: Uint8Array;
  readonly caps: ZipCaps;
  /** Bytes that other parts took of the total. */
  readonly taken: number;
  readonly sink: PieceSink;
}

const overCap = ({ entry, caps, taken }: Inflating, bytes: number): Refusal | null => {
  if (bytes > caps.partBytes)
    return refusal('ARCHIVE_LIMIT', `${entry.name} > ${megabytes(caps.partBytes)}`);
  if (taken + bytes > caps.totalBytes)
    return refusal('ARCHIVE_LIMIT', `> ${megabytes(caps.totalBytes)}`);
  if (bytes > caps.ratioFrom && bytes > entry.packedBytes * caps.ratio)
    return refusal('ARCHIVE_LIMIT', `${entry.name} 1:${caps.ratio}`);
  return null;
};

/** Counts and checks what really comes out; the directory is not asked. */
const meter = (inflating: Inflating) => {
  let bytes = 0;
  let checksum = 0;
  let stop: Refusal | null = null;
  const take = (chunk: Uint8Array): void => {
    if (stop !== null) return;
    bytes += chunk.length;
    stop = overCap(inflating, bytes);
    for (let at = 0; at < chunk.length && stop === null; at += PIECE) {
      const piece = chunk.subarray(at, at + PIECE);
      checksum = crc32(piece, checksum);
      stop = inflating.sink(piece);
    }
  };
  return { take, bytes: () => bytes, checksum: () => checksum, stop: () => stop };
};

/** fflate throws for bytes that are no deflate stream; that is an answer about the file. */
const pushed = (inflate: Inflate, chunk: Uint8Array, last: boolean): boolean => {
  try {
    inflate.push(chunk, last);
    return true;
  } catch {
    return false;
  }
};

const inflateEntry = (inflating: Inflating): Result<number, Refusal> => {
  const { entry, packed } = inflating;
  const measured = meter(inflating);
  const damaged = refuse(refusal('DAMAGED', entry.name));
  if (entry.method === STORED) measured.take(packed);
  else {
    const inflate = new Inflate((chunk) => measured.take(chunk));
    for (let at = 0; at < packed.length && measured.stop() === null; at += PACKED_STEP) {
      const last = at + PACKED_STEP >= packed.length;
      const fits = pushed(inflate, packed.subarray(at, at + PACKED_STEP), last);
      if (!fits && measured.stop() === null) return damaged;
    }
  }
  const stop = measured.stop();
  if (stop !== null) return refuse(stop);
  return measured.checksum() === entry.checksum ? accept(measured.bytes()) : damaged;
};

/** The packed bytes of an entry by its own header; null where they are not all there. */
const packedBytes = (bytes: Uint8Array, entry: ZipEntry): Uint8Array | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = entry.headerAt;
  if (at + 30 > bytes.length || view.getUint32(at, true) !== 0x04034b50) return null;
  const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const to = from + entry.packedBytes;
  return to > bytes.length ? null : bytes.subarray(from, to);
};

const joined = (pieces: readonly Uint8Array[], length: number): Uint8Array => {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
};

const findable = (entries: readonly ZipEntry[]): Map<string, ZipEntry | null> => {
  const byName = new Map<string, ZipEntry | null>();
  for (const entry of entries) byName.set(entry.name, byName.has(entry.name) ? null : entry);
  return byName;
};

/** The entry with its packed bytes, or why it cannot be inflated. */
const lookUp = (
  bytes: Uint8Array,
  name: string,
  entry: ZipEntry | null,
): Result<Pick<Inflating, 'entry' | 'packed'>, Refusal> => {
  const packed = entry === null ? null : packedBytes(bytes, entry);
  if (entry === null || packed === null) return refuse(refusal('DAMAGED', name));
  if (entry.encrypted) return refuse(refusal('ENCRYPTED'));
  return entry.method === STORED || entry.method === DEFLATED
    ? accept({ entry, packed })
    : refuse(refusal('DAMAGED', `${name}: zip method ${entry.method}`));
};

const partsOf = (bytes: Uint8Array, entries: readonly ZipEntry[], caps: ZipCaps): ZipParts => {
  const byName = findable(entries);
  let taken = 0;
  const stream = (name: string, sink: PieceSink): Result<number, Refusal> => {
    const found = lookUp(bytes, name, byName.get(name) ?? null);
    if (!found.ok) return found;
    const inflating = { ...found.value, caps, taken, sink };
    const early = overCap(inflating, inflating.entry.claimedBytes);
    if (early !== null) return refuse(early);
    const inflated = inflateEntry(inflating);
    if (inflated.ok) taken += inflated.value;
    return inflated;
  };
  return {
    entries,
    has: (name) => byName.has(name),
    stream,
    read: (name) => {
      const pieces: Uint8Array[] = [];
      const inflated = stream(name, (piece) => {
        pieces.push(piece);
        return null;
      });
      return inflated.ok ? accept(joined(pieces, inflated.value)) : inflated;
    },
  };
};

/** Refuses with TOO_LARGE, ARCHIVE_LIMIT (entries), or DAMAGED where there is no whole zip directory. */
export const openZip = (bytes: Uint8Array, caps: ZipCaps = ZIP_CAPS): Result<ZipParts, Refusal> => {
  if (bytes.length > caps.archiveBytes)
    return refuse(refusal('TOO_LARGE', megabytes(caps.archiveBytes)));
  const directory = readZipDirectory(bytes, caps.entries);
  return directory.ok ? accept(partsOf(bytes, directory.value, caps)) : directory;
};
