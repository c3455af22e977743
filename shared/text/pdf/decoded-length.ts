/** Tells how long a compressed stream of a PDF becomes, without ever holding more than the limit allows. */
import { inflateSync } from 'node:zlib';

/** `over`: longer than the limit. `damaged`: its compressed form breaks off or is wrong. */
export type Decoded =
  | { readonly kind: 'plain'; readonly bytes: Uint8Array }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'over' }
  | { readonly kind: 'damaged' };

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : null;

/** Trailing bytes after the compressed data do not matter. */
export const inflated = (bytes: Uint8Array, limit: number): Decoded => {
  try {
    return { kind: 'plain', bytes: inflateSync(bytes, { maxOutputLength: limit }) };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ERR_BUFFER_TOO_LARGE') return { kind: 'over' };
    if (typeof code === 'string' && code.startsWith('Z_')) return { kind: 'damaged' };
    throw error;
  }
};

/** True where the bytes begin as zlib data do. */
export const looksDeflated = (bytes: Uint8Array): boolean => {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && first >> 4 <= 7 && (first * 256 + second) % 31 === 0;
};

export const runLengthDecoded = (bytes: Uint8Array, limit: number): Decoded => {
  let length = 0;
  let at = 0;
  while (at < bytes.length && length <= limit) {
    const step = bytes[at] ?? 128;
    if (step === 128) break;
    length += step < 128 ? step + 1 : 257 - step;
    at += step < 128 ? step + 2 : 2;
  }
  return length > limit ? { kind: 'over' } : { kind: 'length', length };
};

const CLEAR = 256;
const END = 257;

/** Counts the bytes that LZW codes stand for; the words themselves are not built. */
export const lzwDecoded = (bytes: Uint8Array, limit: number): Decoded => {
  const lengths = new Uint32Array(4_097).fill(1, 0, 256);
  let [next, width, before, length] = [258, 9, 0, 0];
  let [held, bits] = [0, 0];
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xff_ffff;
    bits += 8;
    if (bits < width) continue;
    bits -= width;
    const code = (held >> bits) & ((1 << width) - 1);
    if (code === END || length > limit) break;
    if (code === CLEAR) {
      [next, width, before] = [258, 9, 0];
      continue;
    }
    const word = code < next ? (lengths[code] ?? 1) : before + 1;
    if (before > 0 && next < 4_096) {
      lengths[next] = before + 1;
      next += 1;
      if (next + 1 >= 1 << width && width < 12) width += 1;
    }
    before = word;
    length += word;
  }
  return length > limit ? { kind: 'over' } : { kind: 'length', length };
};

/** Text forms of binary data grow shorter when decoded. */
export const hexDecoded = (bytes: Uint8Array): Uint8Array => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  return Buffer.from((text.split('>', 1)[0] ?? '').replace(/[^0-9A-Fa-f]/gu, ''), 'hex');
};

export const base85Decoded = (bytes: Uint8Array): Uint8Array => {
  const out = new Uint8Array(bytes.length * 4);
  let [length, value, count] = [0, 0, 0];
  const flush = (kept: number): void => {
    for (let at = 0; at < kept; at += 1) {
      out[length] = Math.floor(value / 256 ** (3 - at)) % 256;
      length += 1;
    }
    [value, count] = [0, 0];
  };
  for (const byte of bytes) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && count === 0) flush(4);
    else if (byte >= 0x21 && byte <= 0x75) {
      value = value * 85 + (byte - 0x21);
      count += 1;
      if (count === 5) flush(4);
    }
  }
  const kept = count - 1;
  for (; count > 0 && count < 5; count += 1) value = value * 85 + 84;
  if (kept > 0) flush(kept);
  return out.subarray(0, length);
};
