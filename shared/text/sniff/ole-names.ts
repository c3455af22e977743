/** Reads the names in the root of an OLE compound file (MS-CFB), safe on broken and cyclic sectors. */
import { LIMITS } from '../limits.ts';

const HEADER_BYTES = 512;
const ENTRY_BYTES = 128;
const HEADER_DIFAT = 109;
const LAST_SECTOR = 0xfffffffa;
const NO_ENTRY = 0xffffffff;

export const OLE_SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

interface Container {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly sectorBytes: number;
}

interface Entry {
  readonly name: string;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly firstSector: number;
  readonly size: number;
}

const offsetOf = ({ sectorBytes }: Container, sector: number): number => (sector + 1) * sectorBytes;

const isWhole = (container: Container, sector: number): boolean =>
  sector < LAST_SECTOR &&
  offsetOf(container, sector) + container.sectorBytes <= container.bytes.length;

/** Sectors that hold the allocation table, in order: 109 named in the header, the rest in a chain of their own. */
const tableSectors = (container: Container): number[] => {
  const { view, sectorBytes } = container;
  const sectors: number[] = [];
  for (let slot = 0; slot < HEADER_DIFAT; slot += 1)
    sectors.push(view.getUint32(76 + slot * 4, true));
  const seen = new Set<number>();
  let sector = view.getUint32(68, true);
  while (isWhole(container, sector) && !seen.has(sector)) {
    seen.add(sector);
    const from = offsetOf(container, sector);
    for (let slot = 0; slot < sectorBytes / 4 - 1; slot += 1)
      sectors.push(view.getUint32(from + slot * 4, true));
    sector = view.getUint32(from + sectorBytes - 4, true);
  }
  return sectors;
};

/** The sectors of one stream, at most `most`; stops at the first that is missing or comes again. */
const chain = (container: Container, first: number, most: number): number[] => {
  const tables = tableSectors(container);
  const perTable = container.sectorBytes / 4;
  const seen = new Set<number>();
  let sector = first;
  while (isWhole(container, sector) && !seen.has(sector) && seen.size < most) {
    seen.add(sector);
    const table = tables[Math.floor(sector / perTable)] ?? NO_ENTRY;
    if (!isWhole(container, table)) break;
    sector = container.view.getUint32(offsetOf(container, table) + (sector % perTable) * 4, true);
  }
  return [...seen];
};

const utf16 = new TextDecoder('utf-16le');

const readEntry = ({ bytes, view }: Container, at: number): Entry => {
  const nameBytes = Math.min(64, view.getUint16(at + 64, true));
  return {
    name: utf16.decode(bytes.subarray(at, at + Math.max(0, nameBytes - 2))),
    left: view.getUint32(at + 68, true),
    right: view.getUint32(at + 72, true),
    child: view.getUint32(at + 76, true),
    firstSector: view.getUint32(at + 116, true),
    size: view.getUint32(at + 120, true),
  };
};

const readEntries = (container: Container): Entry[] => {
  const perSector = container.sectorBytes / ENTRY_BYTES;
  const first = container.view.getUint32(48, true);
  const entries: Entry[] = [];
  for (const sector of chain(container, first, LIMITS.oleEntries / perSector))
    for (let slot = 0; slot < perSector; slot += 1)
      entries.push(readEntry(container, offsetOf(container, sector) + slot * ENTRY_BYTES));
  return entries;
};

/** Entries of the root storage: an embedded workbook of a letter lies deeper and must not name the format. */
const rootEntries = (entries: readonly Entry[]): Entry[] => {
  const found: Entry[] = [];
  const seen = new Set<number>();
  const open = [entries[0]?.child ?? NO_ENTRY];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const entry = entries[index];
    if (entry === undefined || seen.has(index)) continue;
    seen.add(index);
    found.push(entry);
    open.push(entry.left, entry.right);
  }
  return found.length > 0 ? found : [...entries.slice(1)];
};

export interface OleNames {
  readonly names: ReadonlySet<string>;
  /** The first bytes of a root stream, as far as they lie in one sector; empty where absent or in the mini stream. */
  head(name: string): Uint8Array;
}

/** null where header or directory cannot be read. */
export const oleNames = (bytes: Uint8Array): OleNames | null => {
  if (bytes.length < HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shift = view.getUint16(30, true);
  if (shift !== 9 && shift !== 12) return null;
  const container = { bytes, view, sectorBytes: 2 ** shift };
  const root = rootEntries(readEntries(container)).filter((entry) => entry.name !== '');
  if (root.length === 0) return null;
  const smallest = view.getUint32(56, true);
  return {
    names: new Set(root.map((entry) => entry.name)),
    head: (name) => {
      const entry = root.find((known) => known.name === name);
      if (entry === undefined || entry.size < smallest || !isWhole(container, entry.firstSector))
        return new Uint8Array(0);
      const from = offsetOf(container, entry.firstSector);
      return bytes.subarray(from, from + container.sectorBytes);
    },
  };
};
