/** Writes pages as an uncompressed TIFF of one bit a pixel (TIFF 6.0). */
import type { GreyImage } from '../../../shared/text/scan/page-image.ts';

const SHORT = 3;
const LONG = 4;

const packed = ({ width, height, pixels }: GreyImage): Uint8Array => {
  const stride = Math.ceil(width / 8);
  const bytes = new Uint8Array(stride * height);
  pixels.forEach((level, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    const place = y * stride + (x >> 3);
    if (level >= 128) bytes[place] = (bytes[place] ?? 0) | (0x80 >> (x & 7));
  });
  return bytes;
};

export const tiffOf = (pages: readonly GreyImage[]): Uint8Array => {
  const parts = pages.map(packed);
  const entries = 8;
  const directory = 2 + entries * 12 + 4;
  const size = 8 + parts.reduce((sum, part) => sum + directory + part.length, 0);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0]);
  view.setUint32(4, 8, true);
  let at = 8;
  parts.forEach((part, index) => {
    const { width = 0, height = 0 } = pages[index] ?? {};
    const content = at + directory;
    const tags = [
      [256, LONG, width],
      [257, LONG, height],
      [258, SHORT, 1],
      [259, SHORT, 1],
      [262, SHORT, 1],
      [273, LONG, content],
      [278, LONG, height],
      [279, LONG, part.length],
    ] as const;
    view.setUint16(at, entries, true);
    tags.forEach(([tag, type, value], entry) => {
      const place = at + 2 + entry * 12;
      view.setUint16(place, tag, true);
      view.setUint16(place + 2, type, true);
      view.setUint32(place + 4, 1, true);
      if (type === SHORT) view.setUint16(place + 8, value, true);
      else view.setUint32(place + 8, value, true);
    });
    const next = content + part.length;
    view.setUint32(at + 2 + entries * 12, index === parts.length - 1 ? 0 : next, true);
    bytes.set(part, content);
    at = next;
  });
  return bytes;
};
