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

/** The growing table of LZW words, of which only the lengths are kept. */
const lzwWords = () => {
  const lengths = new Uint32Array(4_097).fill(1, 0, 256);
  let [next, width, before] = [258, 9, 0];
  return {
    width: () => width,
    clear: (): void => {
      [next, width, before] = [258, 9, 0];
    },
    /** Bytes that `code` stands for. */
    take: (code: number): number => {
      const word = code < next ? (lengths[code] ?? 1) : before + 1;
      if (before > 0 && next < 4_096) {
        lengths[next] = before + 1;
        next += 1;
        if (next + 1 >= 1 << width && width < 12) width += 1;
      }
      before = word;
      return word;
    },
  };
};

/** Counts the bytes that LZW codes stand for; the words themselves are not built. */
export const lzwDecoded = (bytes: Uint8Array, limit: number): Decoded => {
  const words = lzwWords();
  let [held, bits, length] = [0, 0, 0];
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xff_ffff;
    bits += 8;
    if (bits < words.width()) continue;
    bits -= words.width();
    const code = (held >> bits) & ((1 << words.width()) - 1);
    if (code === END || length > limit) break;
    if (code === CLEAR) words.clear();
    else length += words.take(code);
  }
  return length > limit ? { kind: 'over' } : { kind: 'length', length };
};

/** Text forms of binary data grow shorter when decoded. */
export const hexDecoded = (bytes: Uint8Array): Uint8Array => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  return Buffer.from((text.split('>', 1)[0] ?? '').replace(/[^0-9A-Fa-f]/gu, ''), 'hex');
};

/** Writes the bytes of one group of two to five base-85 digits, and gives their number. */
const writeGroup = (out: Uint8Array, at: number, digits: readonly number[]): number => {
  let value = 0;
  for (let digit = 0; digit < 5; digit += 1) value = value * 85 + (digits[digit] ?? 84);
  for (let byte = 0; byte < digits.length - 1; byte += 1)
    out[at + byte] = Math.floor(value / 2 ** (24 - byte * 8)) % 256;
  return digits.length - 1;
};

const ZERO_GROUP = 0x7a;
const ZEROES = [0, 0, 0, 0, 0];

const withDigit = (digits: number[], byte: number): number[] => {
  if (byte === ZERO_GROUP) return ZEROES;
  if (byte >= 0x21 && byte <= 0x75) digits.push(byte - 0x21);
  return digits;
};

export const base85Decoded = (bytes: Uint8Array, limit: number): Decoded => {
  const end = bytes.indexOf(0x7e);
  // A z alone stands for four bytes.
  const out = new Uint8Array(Math.min(limit, bytes.length * 4) + 4);
  let length = 0;
  let digits: number[] = [];
  for (const byte of bytes.subarray(0, end === -1 ? bytes.length : end)) {
    digits = withDigit(digits, byte);
    if (digits.length < 5) continue;
    length += writeGroup(out, length, digits);
    if (length > limit) return { kind: 'over' };
    digits = [];
  }
  if (digits.length > 1) length += writeGroup(out, length, digits);
  return { kind: 'plain', bytes: out.subarray(0, length) };
};
