/** Files of no one format that a hostile or careless hand may drop in. */

const SECTOR = 512;
const END_OF_CHAIN = 0xfffffffe;
const FREE = 0xffffffff;
const FAT_SECTOR = 0xfffffffd;

/** An OLE container (MS-CFB) whose root holds empty streams of these names: what Word writes around a locked docx. */
export const oleContainer = (names: readonly string[]): Uint8Array => {
  const bytes = new Uint8Array(SECTOR * 3);
  const view = new DataView(bytes.buffer);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  view.setUint16(24, 0x3e, true);
  view.setUint16(26, 3, true);
  view.setUint16(28, 0xfffe, true);
  view.setUint16(30, 9, true);
  view.setUint16(32, 6, true);
  view.setUint32(44, 1, true);
  view.setUint32(48, 1, true);
  view.setUint32(56, 4096, true);
  view.setUint32(60, END_OF_CHAIN, true);
  view.setUint32(68, END_OF_CHAIN, true);
  for (let slot = 0; slot < 109; slot += 1)
    view.setUint32(76 + slot * 4, slot === 0 ? 0 : FREE, true);
  for (let slot = 0; slot < SECTOR / 4; slot += 1)
    view.setUint32(SECTOR + slot * 4, [FAT_SECTOR, END_OF_CHAIN][slot] ?? FREE, true);
  const entry = (at: number, name: string, kind: number): void => {
    const from = SECTOR * 2 + at * 128;
    bytes.set(Buffer.from(name, 'utf16le'), from);
    view.setUint16(from + 64, (name.length + 1) * 2, true);
    bytes[from + 66] = kind;
    bytes[from + 67] = 1;
    for (const link of [68, 72, 76]) view.setUint32(from + link, FREE, true);
    view.setUint32(from + 116, END_OF_CHAIN, true);
  };
  entry(0, 'Root Entry', 5);
  view.setUint32(SECTOR * 2 + 76, 1, true);
  for (const [index, name] of names.entries()) {
    entry(index + 1, name, 2);
    if (index + 1 < names.length)
      view.setUint32(SECTOR * 2 + (index + 1) * 128 + 72, index + 2, true);
  }
  return bytes;
};

/** The same bytes every time, spread over all values. */
export const noise = (length: number): Uint8Array => {
  let state = 0x9e3779b9;
  return Uint8Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 255;
  });
};

/** UTF-16 with its mark, and a high surrogate that has no partner. */
export const unpairedUtf16 = (text: string): Uint8Array =>
  Buffer.concat([
    Buffer.from([0xff, 0xfe]),
    Buffer.from(text, 'utf16le'),
    Buffer.from([0x00, 0xd8]),
    Buffer.from(text, 'utf16le'),
  ]);

/** Bytes of the high half without any order that a character set of Chinese knows, line by line. */
export const unknownCharset = (lines: number): Uint8Array =>
  Buffer.concat(
    Array.from({ length: lines }, (_, at) =>
      Buffer.from([0x41, 0x80, 0xff, 0x20, 0xfe, 0x81, 0x20, 0xff, 0x42 + (at % 20), 0xff, 0x0a]),
    ),
  );
