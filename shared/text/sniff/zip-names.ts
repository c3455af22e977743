/** Reads the entry names of a zip container from its central directory, without unpacking anything. */
import { LIMITS } from '../limits.ts';

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;
const LONGEST_MIMETYPE = 100;

export interface ZipNames {
  readonly names: readonly string[];
  /** What the uncompressed first entry `mimetype` of an OpenDocument file says; "" without one. */
  readonly mimetype: string;
}

const latin = new TextDecoder('latin1');

const findEnd = (view: DataView): number | null => {
  const lowest = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= lowest; at -= 1)
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  return null;
};

const readMimetype = (bytes: Uint8Array, view: DataView): string => {
  if (bytes.length < 38 || view.getUint32(0, true) !== LOCAL_SIGNATURE) return '';
  const nameLength = view.getUint16(26, true);
  const size = view.getUint32(18, true);
  const from = 30 + nameLength + view.getUint16(28, true);
  const isStored = view.getUint16(8, true) === 0 && size <= LONGEST_MIMETYPE;
  if (latin.decode(bytes.subarray(30, 30 + nameLength)) !== 'mimetype' || !isStored) return '';
  return latin.decode(bytes.subarray(from, from + size)).trim();
};

/** null where no complete central directory is found: the file was cut off or is no zip. */
export const zipNames = (bytes: Uint8Array): ZipNames | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) return null;
  const count = Math.min(view.getUint16(end + 10, true), LIMITS.zipEntries);
  const stated = view.getUint32(end + 16, true);
  // Bytes before the archive shift every offset; the directory always ends where its end record begins.
  const shifted = end - view.getUint32(end + 12, true);
  let at = stated <= end - 4 && view.getUint32(stated, true) === ENTRY_SIGNATURE ? stated : shifted;
  const names: string[] = [];
  while (names.length < count && at >= 0 && at + 46 <= end) {
    if (view.getUint32(at, true) !== ENTRY_SIGNATURE) break;
    const nameLength = view.getUint16(at + 28, true);
    names.push(latin.decode(bytes.subarray(at + 46, at + 46 + nameLength)));
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  if (names.length === 0 && count > 0) return null;
  return { names, mimetype: readMimetype(bytes, view) };
};
