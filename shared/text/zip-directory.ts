/** Reads the central directory of a zip: what entries it claims to hold and where they start. */
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';

/** As the directory states it; `claimedBytes` may be a lie. `name` has `/` for `\`. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly checksum: number;
  readonly packedBytes: number;
  readonly claimedBytes: number;
  readonly headerAt: number;
}

interface Directory {
  readonly start: number;
  readonly end: number;
  readonly count: number;
}

const END_MARK = 0x06054b50;
const END64_MARK = 0x06064b50;
const LOCATOR64_MARK = 0x07064b50;
const ENTRY_MARK = 0x02014b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;
const IN_ZIP64 = 0xffffffff;

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const big = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

const endRecordAt = (view: DataView): number => {
  const lowest = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= lowest; at -= 1)
    if (view.getUint32(at, true) === END_MARK) return at;
  return -1;
};

const directory64 = (view: DataView, endAt: number): Directory | null => {
  const locator = endAt - 20;
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR64_MARK) return null;
  const at = big(view, locator + 8);
  if (at + 56 > view.byteLength || view.getUint32(at, true) !== END64_MARK) return null;
  const start = big(view, at + 48);
  return { start, end: start + big(view, at + 40), count: big(view, at + 32) };
};

const findDirectory = (view: DataView): Directory | null => {
  const endAt = endRecordAt(view);
  if (endAt < 0) return null;
  const wide = directory64(view, endAt);
  if (wide !== null) return wide.end <= endAt ? wide : null;
  const start = view.getUint32(endAt + 16, true);
  const end = start + view.getUint32(endAt + 12, true);
  return end <= endAt ? { start, end, count: view.getUint16(endAt + 10, true) } : null;
};

const UTF8 = new TextDecoder('utf-8', { fatal: true });
const GB18030 = new TextDecoder('gb18030');

/** Names without the UTF-8 flag come from Chinese Windows more often than from code page 437. */
const decodeName = (raw: Uint8Array): string => {
  try {
    return UTF8.decode(raw).replaceAll('\\', '/');
  } catch {
    return GB18030.decode(raw).replaceAll('\\', '/');
  }
};

/** Sizes and offset that stand in the zip64 field, in its fixed order, where the 32-bit ones are full. */
const wideNumbers = (view: DataView, extra: { from: number; to: number }): number[] => {
  for (let at = extra.from; at + 4 <= extra.to; ) {
    const length = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === 1 && at + 4 + length <= extra.to)
      return Array.from({ length: Math.min(3, length >> 3) }, (_, index) =>
        big(view, at + 4 + index * 8),
      );
    at += 4 + length;
  }
  return [];
};

const readEntry = (bytes: Uint8Array, at: number): { entry: ZipEntry; next: number } | null => {
  const view = viewOf(bytes);
  if (at + 46 > bytes.length || view.getUint32(at, true) !== ENTRY_MARK) return null;
  const nameEnd = at + 46 + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  const next = extraEnd + view.getUint16(at + 32, true);
  if (next > bytes.length) return null;
  const wide = wideNumbers(view, { from: nameEnd, to: extraEnd });
  const number = (from: number): number => {
    const narrow = view.getUint32(from, true);
    return narrow === IN_ZIP64 ? (wide.shift() ?? narrow) : narrow;
  };
  const claimedBytes = number(at + 24);
  const packedBytes = number(at + 20);
  const entry = {
    name: decodeName(bytes.subarray(at + 46, nameEnd)),
    method: view.getUint16(at + 10, true),
    encrypted: (view.getUint16(at + 8, true) & 1) === 1,
    checksum: view.getUint32(at + 16, true),
    packedBytes,
    claimedBytes,
    headerAt: number(at + 42),
  };
  return { entry, next };
};

/** Refuses with DAMAGED where the directory is not whole, with ARCHIVE_LIMIT over `most` entries. */
export const readZipDirectory = (
  bytes: Uint8Array,
  most: number,
): Result<readonly ZipEntry[], Refusal> => {
  const damaged = refuse(refusal('DAMAGED', 'zip directory'));
  const directory = bytes.length < END_BYTES ? null : findDirectory(viewOf(bytes));
  if (directory === null) return damaged;
  const entries: ZipEntry[] = [];
  let at = directory.start;
  while (at < directory.end) {
    if (entries.length >= most) return refuse(refusal('ARCHIVE_LIMIT', `> ${most} zip entries`));
    const read = readEntry(bytes, at);
    if (read === null) return damaged;
    entries.push(read.entry);
    at = read.next;
  }
  return entries.length === directory.count ? accept(entries) : damaged;
};
