/** Reads a PNG file: plain ones are handed on as they are compressed, those with transparency or interlacing are decoded. */
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

/** Null where the file does not come to its end. */
const chunksOf = (bytes: Uint8Array): Chunks | null => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 33) return null;
  let [palette, density, hasTransparency]: [Uint8Array | null, number | null, boolean] = [
    null,
    null,
    false,
  ];
  const content: Uint8Array[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at + 12 + length > bytes.length) return null;
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (name === 'PLTE') palette = body;
    if (name === 'tRNS') hasTransparency = true;
    if (name === 'pHYs' && length === 9 && body[8] === 1)
      density = view.getUint32(at + 8) / INCHES_IN_METRE;
    if (name === 'IDAT') content.push(body);
    if (name === 'IEND') {
      const [width, height] = [view.getUint32(16), view.getUint32(20)];
      const [bits = 0, colour = 0] = [bytes[24], bytes[25]];
      return {
        width,
        height,
        bits,
        colour,
        isInterlaced: bytes[28] !== 0,
        hasTransparency,
        palette,
        density,
        content,
      };
    }
    at += 12 + length;
  }
  return null;
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

const decoded = (bytes: Uint8Array, chunks: Chunks): Result<PngPicture, Refusal> => {
  const { width, height, density } = chunks;
  if (width * height > MOST_DECODED_PIXELS)
    return refuse(refusal('TOO_LARGE', `${MOST_DECODED_PIXELS / 1e6} MP`));
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
