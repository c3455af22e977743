/** Reads a PNG file: plain ones are handed on as they are compressed, those with transparency or interlacing are decoded. */
import { inflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { type Refusal, refusal } from '../../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../../domain/result.ts';
import { type ColourImage, MOST_PIXELS, resolutionOf, WHITE } from '../page-image.ts';
import type { WrappedPicture } from './picture-pdf.ts';

export type PngPicture =
  | { readonly kind: 'wrapped'; readonly picture: WrappedPicture }
  | { readonly kind: 'decoded'; readonly image: ColourImage; readonly dpi: number };

/** Decoding takes some 9 bytes a pixel. */
const MOST_DECODED_PIXELS = 30_000_000;
const INCHES_IN_METRE = 39.37;
const GREY = 0;
const COLOUR = 2;
const PALETTE = 3;

interface Chunks {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly colour: number;
  readonly isInterlaced: boolean;
  readonly hasTransparency: boolean;
  readonly palette: Uint8Array | null;
  readonly density: number | null;
  readonly content: readonly Uint8Array[];
}

interface Chunk {
  readonly name: string;
  readonly body: Uint8Array;
}

/** Null where the file does not come to its end. */
const chunkList = (bytes: Uint8Array): Chunk[] | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const chunks: Chunk[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at + 12 + length > bytes.length) return null;
    chunks.push({ name, body: bytes.subarray(at + 8, at + 8 + length) });
    if (name === 'IEND') return chunks;
    at += 12 + length;
  }
  return null;
};

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** Pixels a metre; unit 0 states a shape of the pixels only. */
const densityIn = (body: Uint8Array | null): number | null =>
  body?.length === 9 && body[8] === 1 ? viewOf(body).getUint32(0) / INCHES_IN_METRE : null;

const chunksOf = (bytes: Uint8Array): Chunks | null => {
  const chunks = chunkList(bytes);
  const bodyOf = (name: string): Uint8Array | null =>
    chunks?.find((chunk) => chunk.name === name)?.body ?? null;
  const header = bodyOf('IHDR');
  if (chunks === null || header === null || header.length < 13) return null;
  return {
    width: viewOf(header).getUint32(0),
    height: viewOf(header).getUint32(4),
    bits: header[8] ?? 0,
    colour: header[9] ?? 0,
    isInterlaced: header[12] !== 0,
    hasTransparency: bodyOf('tRNS') !== null,
    palette: bodyOf('PLTE'),
    density: densityIn(bodyOf('pHYs')),
    content: chunks.flatMap(({ name, body }) => (name === 'IDAT' ? [body] : [])),
  };
};

const colourSpace = ({ colour, palette }: Chunks): string | null => {
  if (colour === GREY) return '/DeviceGray';
  if (colour === COLOUR) return '/DeviceRGB';
  if (colour !== PALETTE || palette === null || palette.length < 3) return null;
  const colours = Math.min(256, Math.floor(palette.length / 3));
  return `[/Indexed/DeviceRGB ${colours - 1}<${Buffer.from(palette.subarray(0, colours * 3)).toString('hex')}>]`;
};

const joined = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** Transparent places are paper. */
const onPaper = (pixels: Uint8Array): void => {
  for (let at = 0; at < pixels.length; at += 4) {
    const share = (pixels[at + 3] ?? WHITE) / WHITE;
    if (share === 1) continue;
    for (let part = at; part < at + 3; part += 1)
      pixels[part] = (pixels[part] ?? 0) * share + WHITE * (1 - share);
  }
};

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** No page is longer: the decoder keeps a note of each line of pixels. */
const LONGEST_SIDE = 65_535;

/** False where more comes out than the pixels take: the decoder would hold all of it. */
const fitsPixels = ({ width, height, bits, colour, content }: Chunks): boolean => {
  const line = Math.ceil((width * bits * (CHANNELS[colour] ?? 4)) / 8) + 16;
  try {
    inflateSync(joined(content), { maxOutputLength: line * (height + 8) * 2 });
    return true;
  } catch {
    return false;
  }
};

const decoded = (bytes: Uint8Array, chunks: Chunks): Result<PngPicture, Refusal> => {
  const { width, height, density } = chunks;
  if (width * height > MOST_DECODED_PIXELS || Math.max(width, height) > LONGEST_SIDE)
    return refuse(refusal('TOO_LARGE', `${MOST_DECODED_PIXELS / 1e6} MP`));
  if (!fitsPixels(chunks)) return refuse(refusal('DAMAGED', 'PNG'));
  try {
    const { data } = PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    onPaper(data);
    return accept({
      kind: 'decoded',
      image: { width, height, pixels: data },
      dpi: resolutionOf(width, height, density),
    });
  } catch {
    return refuse(refusal('DAMAGED', 'PNG'));
  }
};

/** Refuses with DAMAGED where it is cut off or contradicts itself, with TOO_LARGE by the declared size. */
export const pngPicture = (bytes: Uint8Array): Result<PngPicture, Refusal> => {
  const chunks = chunksOf(bytes);
  if (chunks === null || chunks.width === 0 || chunks.height === 0 || chunks.content.length === 0)
    return refuse(refusal('DAMAGED', 'PNG'));
  const { width, height, bits, colour, isInterlaced, hasTransparency, density } = chunks;
  if (width * height > MOST_PIXELS) return refuse(refusal('TOO_LARGE', `${MOST_PIXELS / 1e6} MP`));
  const space = isInterlaced || hasTransparency ? null : colourSpace(chunks);
  if (space === null) return decoded(bytes, chunks);
  const colours = colour === COLOUR ? 3 : 1;
  return accept({
    kind: 'wrapped',
    picture: {
      width,
      height,
      rotate: 0,
      dpi: resolutionOf(width, height, density),
      dictionary: `/ColorSpace${space}/BitsPerComponent ${bits}/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors ${colours}/BitsPerComponent ${bits}/Columns ${width}>>`,
      content: joined(chunks.content),
    },
  });
};
