/** Tells whether the sectors of an OLE file lead to an end, for readers that follow them without asking. */
import { LIMITS } from './limits.ts';
import { type OleEntry, openSectors, readEntries, type Sectors } from './ole-file.ts';

/** From here on a number marks the end, or no sector at all (MS-CFB 2.1). */
const LAST_SECTOR = 0xfffffffa;
const NO_ENTRY = 0xffffffff;
const MINI_CUTOFF = 4_096;
const MINI_BYTES = 64;
const STREAM = 2;

/** The sectors of a chain that comes to its end within `most`; null where it does not, or leaves the file. */
const wholeChain = (
  first: number,
  most: number,
  step: { next: (sector: number) => number; holds: (sector: number) => boolean },
): readonly number[] | null => {
  const seen = new Set<number>();
  let sector = first;
  while (sector < LAST_SECTOR) {
    if (seen.size >= most || seen.has(sector) || !step.holds(sector)) return null;
    seen.add(sector);
    sector = step.next(sector);
  }
  return [...seen];
};

/** Storages and streams hang on one parent each: a tree that is walked once over. */
const isTree = (entries: readonly OleEntry[]): boolean => {
  const seen = new Set<number>();
  const open = [0];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (index === NO_ENTRY) continue;
    const entry = entries[index];
    if (entry === undefined || seen.has(index)) return false;
    seen.add(index);
    open.push(entry.left, entry.right, entry.child);
  }
  return true;
};

/** The table of the sectors of 64 bytes, as a step from one to the next; null where its own chain has no end. */
const miniStep = (sectors: Sectors, chainOf: (first: number) => readonly number[] | null) => {
  const { bytes, size, from } = sectors;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = chainOf(view.getUint32(60, true));
  if (table === null) return null;
  const perTable = size / 4;
  const placeOf = (sector: number): number =>
    from + (table[Math.floor(sector / perTable)] ?? NO_ENTRY) * size + (sector % perTable) * 4;
  const holds = (sector: number): boolean =>
    sector < table.length * perTable && placeOf(sector) + 4 <= bytes.length;
  return { holds, next: (sector: number) => view.getUint32(placeOf(sector), true) };
};

/**
 * False where a chain of sectors or the tree of entries runs in a ring or leaves the file, where the streams together
 * are said to be longer than the file, or where there are more entries than `LIMITS.oleEntries`.
 */
export const isSoundOle = (bytes: Uint8Array): boolean => {
  if (bytes.length < 512) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = 2 ** view.getUint16(30, true);
  if (size !== 512 && size !== 4_096) return false;
  const all = Math.ceil(bytes.length / size);
  // Counts of allocation tables and of the lists of them.
  if (view.getUint32(44, true) > all || view.getUint32(72, true) > all) return false;
  const sectors = openSectors(bytes, size);
  const big = {
    next: sectors.next,
    holds: (sector: number) => sectors.from + sector * size < bytes.length,
  };
  const chainOf = (first: number, most = all) => wholeChain(first, most, big);
  if (chainOf(view.getUint32(48, true), (LIMITS.oleEntries * 128) / size) === null) return false;
  const entries = readEntries(sectors);
  const mini = miniStep(sectors, chainOf);
  const [root, ...others] = entries;
  if (root === undefined || mini === null || !isTree(entries)) return false;
  if (chainOf(root.firstSector) === null) return false;
  const streams = others.filter(({ kind, size: length }) => kind === STREAM && length > 0);
  if (streams.reduce((sum, { size: length }) => sum + length, 0) > bytes.length) return false;
  return streams.every(({ firstSector, size: length }) =>
    length < MINI_CUTOFF
      ? wholeChain(firstSector, MINI_CUTOFF / MINI_BYTES, mini) !== null
      : chainOf(firstSector) !== null,
  );
};
