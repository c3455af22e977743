/** Lowers the most memory that a WebAssembly file may ask for, which its maker set to gigabytes. */

const MEMORY_SECTION = 5;
const HEADER_BYTES = 8;
const PAGE_BYTES = 65_536;

/** A number as WebAssembly writes it: seven bits a byte, the lowest first. */
const numberAt = (bytes: Uint8Array, from: number): { value: number; next: number } => {
  let [value, shift, at] = [0, 0, from];
  for (;;) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * 2 ** shift;
    at += 1;
    shift += 7;
    if (byte < 0x80 || shift > 35) return { value, next: at };
  }
};

/** The same number of bytes as before, so that nothing moves. */
const writeNumber = (
  bytes: Uint8Array,
  value: number,
  { from, next }: { from: number; next: number },
): void => {
  let rest = value;
  for (let at = from; at < next; at += 1) {
    bytes[at] = (rest & 0x7f) | (at < next - 1 ? 0x80 : 0);
    rest = Math.floor(rest / 128);
  }
  if (rest > 0) throw new Error('The limit does not fit where the old one stood');
};

/** A copy of the file whose memory ends at `mostBytes`. Throws where the file is not as expected. */
export const boundedWasm = (wasm: Uint8Array, mostBytes: number): Uint8Array<ArrayBuffer> => {
  const bytes = Uint8Array.from(wasm);
  for (let at = HEADER_BYTES; at < bytes.length; ) {
    const size = numberAt(bytes, at + 1);
    if (bytes[at] !== MEMORY_SECTION) {
      at = size.next + size.value;
      continue;
    }
    const count = numberAt(bytes, size.next);
    const hasMost = ((bytes[count.next] ?? 0) & 1) === 1;
    const least = numberAt(bytes, count.next + 1);
    if (!hasMost) break;
    const most = numberAt(bytes, least.next);
    const pages = Math.floor(mostBytes / PAGE_BYTES);
    writeNumber(bytes, Math.max(least.value, pages), { from: least.next, next: most.next });
    return bytes;
  }
  throw new Error('The WebAssembly file states no limit of its memory');
};
