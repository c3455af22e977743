/** Opens an OLE compound file (MS-CFB) held in memory: names and streams of its root, safe on broken, cyclic and lying sectors. */
import { LIMITS } from './limits.ts';

export const OLE_SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

export interface OleFile {
  /** Streams and storages of the root: an embedded workbook of a letter lies deeper and must not name the format. */
  readonly names: ReadonlySet<string>;
  /** A root stream as far as its sectors are there (`whole` says whether all are); null where there is none. */
  stream(name: string): { readonly bytes: Uint8Array; readonly whole: boolean } | null;
  /** Its first bytes, at most one sector; empty where there is none. */
  head(name: string): Uint8Array;
}

const HEADER_BYTES = 512;
const ENTRY_BYTES = 128;
const HEADER_DIFAT = 109;
const LAST_SECTOR = 0xfffffffa;
const NO_ENTRY = 0xffffffff;
const MINI_BYTES = 64;

export interface OleEntry {
  readonly name: string;
  /** 1 storage, 2 stream, 5 root. */
  readonly kind: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly firstSector: number;
  readonly size: number;
}

/** Sectors of one size within some bytes, and the table that chains them. */
export interface Sectors {
  readonly bytes: Uint8Array;
  readonly size: number;
  /** Where sector 0 begins. */
  readonly from: number;
  readonly next: (sector: number) => number;
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const isWhole = ({ bytes, size, from }: Sectors, sector: number): boolean =>
  sector < LAST_SECTOR && from + (sector + 1) * size <= bytes.length;

/** The sectors of one chain, at most `most`; stops at the first that is missing or comes again. */
const chain = (sectors: Sectors, first: number, most: number): number[] => {
  const seen = new Set<number>();
  let sector = first;
  while (seen.size < most && isWhole(sectors, sector) && !seen.has(sector)) {
    seen.add(sector);
    sector = sectors.next(sector);
  }
  return [...seen];
};

const joined = ({ bytes, size, from }: Sectors, chained: readonly number[]): Uint8Array => {
  const whole = new Uint8Array(chained.length * size);
  for (const [at, sector] of chained.entries()) {
    const start = from + sector * size;
    whole.set(bytes.subarray(start, start + size), at * size);
  }
  return whole;
};

/** Sectors that hold the allocation table, in order: 109 named in the header, the rest in a chain of their own. */
const tableSectors = (view: DataView, bare: Sectors): number[] => {
  const found: number[] = [];
  for (let slot = 0; slot < HEADER_DIFAT; slot += 1)
    found.push(view.getUint32(76 + slot * 4, true));
  const seen = new Set<number>();
  let sector = view.getUint32(68, true);
  while (isWhole(bare, sector) && !seen.has(sector)) {
    seen.add(sector);
    const from = bare.from + sector * bare.size;
    for (let slot = 0; slot < bare.size / 4 - 1; slot += 1)
      found.push(view.getUint32(from + slot * 4, true));
    sector = view.getUint32(from + bare.size - 4, true);
  }
  return found;
};

export const openSectors = (bytes: Uint8Array, size: number): Sectors => {
  const view = viewOf(bytes);
  const bare = { bytes, size, from: size, next: () => NO_ENTRY };
  const tables = tableSectors(view, bare);
  const perTable = size / 4;
  const next = (sector: number): number => {
    const table = tables[Math.floor(sector / perTable)] ?? NO_ENTRY;
    return isWhole(bare, table)
      ? view.getUint32(bare.from + table * size + (sector % perTable) * 4, true)
      : NO_ENTRY;
  };
  return { ...bare, next };
};

const utf16 = new TextDecoder('utf-16le');

const readEntry = (bytes: Uint8Array, at: number): OleEntry => {
  const view = viewOf(bytes);
  const nameBytes = Math.min(64, view.getUint16(at + 64, true));
  return {
    name: utf16.decode(bytes.subarray(at, at + Math.max(0, nameBytes - 2))),
    kind: bytes[at + 66] ?? 0,
    left: view.getUint32(at + 68, true),
    right: view.getUint32(at + 72, true),
    child: view.getUint32(at + 76, true),
    firstSector: view.getUint32(at + 116, true),
    size: view.getUint32(at + 120, true),
  };
};

export const readEntries = (sectors: Sectors): OleEntry[] => {
  const first = viewOf(sectors.bytes).getUint32(48, true);
  const most = (LIMITS.oleEntries * ENTRY_BYTES) / sectors.size;
  const directory = joined(sectors, chain(sectors, first, most));
  const entries: OleEntry[] = [];
  for (let at = 0; at + ENTRY_BYTES <= directory.length; at += ENTRY_BYTES)
    entries.push(readEntry(directory, at));
  return entries;
};

const rootEntries = (entries: readonly OleEntry[]): OleEntry[] => {
  const found: OleEntry[] = [];
  const seen = new Set<number>();
  const open = [entries[0]?.child ?? NO_ENTRY];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const entry = entries[index];
    if (entry === undefined || seen.has(index)) continue;
    seen.add(index);
    found.push(entry);
    open.push(entry.left, entry.right);
  }
  return (found.length > 0 ? found : entries.slice(1)).filter(({ name }) => name !== '');
};

/** Small streams lie in a stream of their own, in sectors of 64 bytes. */
const openMini = (sectors: Sectors, root: OleEntry | undefined): Sectors => {
  const all = sectors.bytes.length / sectors.size;
  const held = joined(sectors, chain(sectors, root?.firstSector ?? NO_ENTRY, all));
  const first = viewOf(sectors.bytes).getUint32(60, true);
  const table = viewOf(joined(sectors, chain(sectors, first, all)));
  const next = (sector: number): number =>
    sector * 4 + 4 <= table.byteLength ? table.getUint32(sector * 4, true) : NO_ENTRY;
  return { bytes: held, size: MINI_BYTES, from: 0, next };
};

/** null where header or directory cannot be read. */
export const openOle = (bytes: Uint8Array): OleFile | null => {
  if (bytes.length < HEADER_BYTES) return null;
  const view = viewOf(bytes);
  const shift = view.getUint16(30, true);
  if (shift !== 9 && shift !== 12) return null;
  const sectors = openSectors(bytes, 2 ** shift);
  const entries = readEntries(sectors);
  const root = rootEntries(entries);
  if (root.length === 0) return null;
  const smallest = view.getUint32(56, true);
  let mini: Sectors | null = null;
  const read = (name: string, most: number): { bytes: Uint8Array; whole: boolean } | null => {
    const entry = root.find((known) => known.name === name);
    if (entry === undefined) return null;
    mini ??= entry.size < smallest ? openMini(sectors, entries[0]) : null;
    const from = entry.size < smallest && mini !== null ? mini : sectors;
    const wanted = Math.min(entry.size, most);
    const found = joined(from, chain(from, entry.firstSector, Math.ceil(wanted / from.size)));
    return { bytes: found.subarray(0, wanted), whole: found.length >= wanted };
  };
  return {
    names: new Set(root.map(({ name }) => name)),
    stream: (name) => read(name, bytes.length),
    head: (name) => read(name, sectors.size)?.bytes ?? new Uint8Array(0),
  };
};
