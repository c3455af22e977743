/** Builds OLE compound files (MS-CFB) from streams, and breaks them in the ways that hostile ones are broken. */

const SECTOR = 512;
const END_OF_CHAIN = 0xfffffffe;
const FREE = 0xffffffff;
const FAT_SECTOR = 0xfffffffd;
const ENTRY = 128;

const sectorsOf = (length: number): number => Math.ceil(length / SECTOR);

const writeEntry = (
  view: DataView,
  at: number,
  entry: { name: string; kind: number; right: number; child: number; first: number; size: number },
): void => {
  for (const [index, unit] of [...entry.name].entries())
    view.setUint16(at + index * 2, unit.charCodeAt(0), true);
  view.setUint16(at + 64, (entry.name.length + 1) * 2, true);
  view.setUint8(at + 66, entry.kind);
  view.setUint8(at + 67, 1);
  view.setUint32(at + 68, FREE, true);
  view.setUint32(at + 72, entry.right, true);
  view.setUint32(at + 76, entry.child, true);
  view.setUint32(at + 116, entry.first, true);
  view.setUint32(at + 120, entry.size, true);
};

/** Streams of the root, each in sectors that follow one another; none is small enough for the mini stream. */
export const rawOle = (streams: Readonly<Record<string, Uint8Array>>): Uint8Array<ArrayBuffer> => {
  const all = Object.entries(streams);
  const directorySectors = sectorsOf((all.length + 1) * ENTRY);
  const dataSectors = all.reduce((sum, [, bytes]) => sum + sectorsOf(bytes.length), 0);
  let fatSectors = 1;
  while (fatSectors * 128 < fatSectors + directorySectors + dataSectors) fatSectors += 1;
  const total = fatSectors + directorySectors + dataSectors;
  const bytes = new Uint8Array((total + 1) * SECTOR);
  const view = new DataView(bytes.buffer);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  view.setUint16(26, 3, true);
  view.setUint16(28, 0xfffe, true);
  view.setUint16(30, 9, true);
  view.setUint16(32, 6, true);
  view.setUint32(44, fatSectors, true);
  view.setUint32(48, fatSectors, true);
  view.setUint32(60, END_OF_CHAIN, true);
  view.setUint32(68, END_OF_CHAIN, true);
  for (let slot = 0; slot < 109; slot += 1)
    view.setUint32(76 + slot * 4, slot < fatSectors ? slot : FREE, true);
  const fat = (sector: number, value: number): void =>
    view.setUint32(SECTOR + sector * 4, value, true);
  for (let sector = 0; sector < fatSectors * 128; sector += 1) fat(sector, FREE);
  for (let sector = 0; sector < fatSectors; sector += 1) fat(sector, FAT_SECTOR);
  const link = (first: number, count: number): void => {
    for (let at = 0; at < count; at += 1)
      fat(first + at, at + 1 < count ? first + at + 1 : END_OF_CHAIN);
  };
  link(fatSectors, directorySectors);
  const directoryAt = (fatSectors + 1) * SECTOR;
  const root = { name: 'Root Entry', kind: 5, right: FREE, child: 1, first: END_OF_CHAIN, size: 0 };
  writeEntry(view, directoryAt, root);
  let next = fatSectors + directorySectors;
  for (const [at, [name, content]] of all.entries()) {
    const right = at + 1 < all.length ? at + 2 : FREE;
    const entry = { name, kind: 2, right, child: FREE, first: next, size: content.length };
    writeEntry(view, directoryAt + (at + 1) * ENTRY, entry);
    bytes.set(content, (next + 1) * SECTOR);
    link(next, sectorsOf(content.length));
    next += sectorsOf(content.length);
  }
  return bytes;
};

/** Every sector says that it is followed by the first one of the file. */
export const withCyclicSectors = (ole: Uint8Array): Uint8Array<ArrayBuffer> => {
  const bytes = Uint8Array.from(ole);
  const view = new DataView(bytes.buffer);
  const fatAt = (view.getUint32(76, true) + 1) * SECTOR;
  for (let slot = 0; slot < 128; slot += 1) {
    const next = view.getUint32(fatAt + slot * 4, true);
    if (next < 0xfffffffa) view.setUint32(fatAt + slot * 4, 2, true);
  }
  return bytes;
};

/** The same changes for the same seed: bits turned, a stretch cut out, the end cut off, a stretch written over. */
export const mutated = (source: Uint8Array, seed: number): Uint8Array => {
  let state = (seed + 1) * 0x9e3779b1;
  const random = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  const bytes = Uint8Array.from(source);
  for (let change = random(12) + 1; change > 0; change -= 1) {
    const at = random(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
  }
  const how = seed % 4;
  if (how === 1) return bytes.subarray(0, random(bytes.length) + 1);
  if (how === 2) bytes.copyWithin(random(bytes.length), random(bytes.length));
  if (how === 3) bytes.fill(random(256), random(bytes.length), random(bytes.length));
  return bytes;
};
