/** Reads an uncompressed Windows bitmap: 1, 4, 8, 24 or 32 bits a pixel. */
import { type Refusal, refusal } from '../../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../../domain/result.ts';
import { type ColourImage, resolutionOf } from '../page-image.ts';

const MOST_PIXELS = 40_000_000;
const INCHES_IN_METRE = 39.37;
const FILE_HEADER = 14;
const PLAIN = 0;
const BIT_FIELDS = 3;

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly isTopDown: boolean;
  readonly pixels: number;
  readonly palette: number;
  readonly dpi: number;
}

const layoutOf = (view: DataView): Layout | null => {
  if (view.byteLength < FILE_HEADER + 40) return null;
  const header = view.getUint32(14, true);
  const [width, rows] = [view.getInt32(18, true), view.getInt32(22, true)];
  const [bits, compression] = [view.getUint16(28, true), view.getUint32(30, true)];
  const isPlain = compression === PLAIN || (compression === BIT_FIELDS && bits === 32);
  if (header < 40 || width < 1 || rows === 0 || !isPlain || ![1, 4, 8, 24, 32].includes(bits))
    return null;
  const stated = view.getInt32(38, true) / INCHES_IN_METRE;
  return {
    width,
    height: Math.abs(rows),
    bits,
    isTopDown: rows < 0,
    pixels: view.getUint32(10, true),
    palette: FILE_HEADER + header,
    dpi: resolutionOf(width, Math.abs(rows), stated > 0 ? stated : null),
  };
};

/** Where the blue of a pixel stands; green and red follow. */
const colourAt = (
  bytes: Uint8Array,
  layout: Layout,
  { row, x }: { row: number; x: number },
): number => {
  const { bits, palette } = layout;
  if (bits >= 24) return row + (x * bits) / 8;
  const byte = bytes[row + ((x * bits) >> 3)] ?? 0;
  const index = (byte >> (8 - bits - ((x * bits) & 7))) & ((1 << bits) - 1);
  return palette + index * 4;
};

/** Refuses with DAMAGED where it is cut off or packed, with TOO_LARGE by the declared size. */
export const bmpPicture = (
  bytes: Uint8Array,
): Result<{ image: ColourImage; dpi: number }, Refusal> => {
  const layout = layoutOf(new DataView(bytes.buffer, bytes.byteOffset, bytes.length));
  if (layout === null) return refuse(refusal('DAMAGED', 'BMP'));
  const { width, height, bits, isTopDown } = layout;
  if (width * height > MOST_PIXELS) return refuse(refusal('TOO_LARGE', `${MOST_PIXELS / 1e6} MP`));
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (layout.pixels + stride * height > bytes.length) return refuse(refusal('DAMAGED', 'BMP'));
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const row = layout.pixels + stride * (isTopDown ? y : height - 1 - y);
    for (let x = 0; x < width; x += 1) {
      const from = colourAt(bytes, layout, { row, x });
      const to = (y * width + x) * 4;
      pixels[to] = bytes[from + 2] ?? 0;
      pixels[to + 1] = bytes[from + 1] ?? 0;
      pixels[to + 2] = bytes[from] ?? 0;
    }
  }
  return accept({ image: { width, height, pixels }, dpi: layout.dpi });
};
