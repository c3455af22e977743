/** Finds out of a JPEG file what is needed to draw it: size, colours, resolution, which way is up. */
import { type Refusal, refusal } from '../../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../../domain/result.ts';
import { MOST_PIXELS, resolutionOf } from '../page-image.ts';
import type { WrappedPicture } from './picture-pdf.ts';

interface Found {
  width: number;
  height: number;
  components: number;
  bits: number;
  density: number | null;
  rotate: WrappedPicture['rotate'];
  isAdobe: boolean;
  scan: number;
}

const CENTIMETRES = 2;
const ROTATIONS: Readonly<Record<number, WrappedPicture['rotate']>> = { 3: 180, 6: 90, 8: 270 };

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const startsWith = (bytes: Uint8Array, from: number, text: string): boolean =>
  [...text].every((character, index) => bytes[from + index] === character.charCodeAt(0));

/** Exif 2.3, tag 0x0112 of the first directory. */
const orientationOf = (bytes: Uint8Array): number => {
  if (!startsWith(bytes, 0, 'Exif\0\0') || bytes.length < 14) return 1;
  const view = new DataView(bytes.buffer, bytes.byteOffset + 6, bytes.length - 6);
  const little = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return 1;
  const count = Math.min(200, view.getUint16(directory, little));
  for (let entry = 0; entry < count; entry += 1) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > view.byteLength) return 1;
    if (view.getUint16(at, little) === 0x0112) return view.getUint16(at + 8, little);
  }
  return 1;
};

const lookAtFrame = (found: Found, segment: Uint8Array): void => {
  const two = (at: number): number => ((segment[at] ?? 0) << 8) | (segment[at + 1] ?? 0);
  found.bits = segment[0] ?? 0;
  found.height = two(1);
  found.width = two(3);
  found.components = segment[5] ?? 0;
};

/** JFIF 1.02: unit 0 states a shape of the pixels only. */
const densityIn = (segment: Uint8Array): number | null => {
  const unit = segment[7] ?? 0;
  const across = ((segment[8] ?? 0) << 8) | (segment[9] ?? 0);
  if (!startsWith(segment, 0, 'JFIF\0') || unit === 0) return null;
  return across * (unit === CENTIMETRES ? 2.54 : 1);
};

const lookAt = (found: Found, marker: number, segment: Uint8Array): void => {
  if (isFrame(marker)) lookAtFrame(found, segment);
  if (marker === 0xe0) found.density = densityIn(segment) ?? found.density;
  if (marker === 0xe1) found.rotate = ROTATIONS[orientationOf(segment)] ?? found.rotate;
  if (marker === 0xee && startsWith(segment, 0, 'Adobe')) found.isAdobe = true;
};

/** Walks the segments up to the first scan. */
const headerOf = (bytes: Uint8Array): Found | null => {
  const found: Found = {
    width: 0,
    height: 0,
    components: 0,
    bits: 0,
    density: null,
    rotate: 0,
    isAdobe: false,
    scan: 0,
  };
  for (let at = 2; at + 4 <= bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    if (length < 2) return null;
    if (marker === 0xda) return { ...found, scan: at };
    lookAt(found, marker, bytes.subarray(at + 4, at + 2 + length));
    at += 2 + length;
  }
  return null;
};

const COLOURS: Readonly<Record<number, string>> = {
  1: '/DeviceGray',
  3: '/DeviceRGB',
  4: '/DeviceCMYK',
};

/** Programs of Adobe write the inks of CMYK upside down. */
const INVERTED = '/Decode[1 0 1 0 1 0 1 0]';

/** Refuses with DAMAGED where the header or the end is missing, with TOO_LARGE by the declared size. */
export const jpegPicture = (bytes: Uint8Array): Result<WrappedPicture, Refusal> => {
  const header = headerOf(bytes);
  const colours = COLOURS[header?.components ?? 0];
  if (header === null || colours === undefined || header.width === 0 || header.height === 0)
    return refuse(refusal('DAMAGED', 'JPEG'));
  const { width, height, components, bits, density, rotate, isAdobe, scan } = header;
  if (width * height > MOST_PIXELS) return refuse(refusal('TOO_LARGE', `${MOST_PIXELS / 1e6} MP`));
  if (
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf(
      '\u00ff\u00d9',
      undefined,
      'latin1',
    ) < scan
  )
    return refuse(refusal('DAMAGED', 'JPEG'));
  const decode = components === 4 && isAdobe ? INVERTED : '';
  return accept({
    width,
    height,
    rotate,
    dpi: resolutionOf(width, height, density),
    dictionary: `/ColorSpace${colours}/BitsPerComponent ${bits}/Filter/DCTDecode${decode}`,
    content: bytes,
  });
};
