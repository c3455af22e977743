/** Draws the pages of a TIFF file, as fax machines and scanners write them. */
import UTIF from 'utif2';
import { type Refusal, refusal } from '../../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../../domain/result.ts';
import { MOST_PIXELS, resolutionOf } from '../page-image.ts';
import { greyWithoutSeals } from '../without-seal.ts';
import type { PagePicture, PictureSource } from './picture-source.ts';

const MOST_DIRECTORIES = 1_000;
/** Decoded pages take four bytes a pixel, twice. */
const MOST_DECODED_PIXELS = 40_000_000;
const CENTIMETRES = 3;

/** Bytes of one value by its type. TIFF 6.0, section 2. */
const VALUE_BYTES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const MOST_TILES = 50_000;

/** False where an entry states more values than the file has bytes: a decoder would make room for them. */
const holdsValues = (view: DataView, at: number, little: boolean): boolean => {
  const entries = view.getUint16(at, little);
  for (let entry = 0; entry < entries; entry += 1) {
    const from = at + 2 + entry * 12;
    const each = VALUE_BYTES[view.getUint16(from + 2, little)] ?? 1;
    if (view.getUint32(from + 4, little) * each > view.byteLength) return false;
  }
  return true;
};

/** True where the directories follow one another to an end; a decoder would walk a ring for ever. */
const hasEnd = (bytes: Uint8Array): boolean => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const little = bytes[0] === 0x49;
  const seen = new Set<number>();
  let at = bytes.length < 8 ? 0 : view.getUint32(4, little);
  if (at === 0) return false;
  while (at !== 0) {
    if (seen.has(at) || seen.size >= MOST_DIRECTORIES || at + 2 > bytes.length) return false;
    seen.add(at);
    const next = at + 2 + view.getUint16(at, little) * 12;
    if (next + 4 > bytes.length || !holdsValues(view, at, little)) return false;
    at = view.getUint32(next, little);
  }
  return true;
};

type Directory = ReturnType<typeof UTIF.decode>[number];

const numberIn = (directory: Directory, tag: string): number | null => {
  const value: unknown = directory[tag];
  const first: unknown =
    Array.isArray(value) || ArrayBuffer.isView(value) ? Object.values(value)[0] : null;
  return typeof first === 'number' && Number.isFinite(first) ? first : null;
};

/** Pages only: a directory marked as a smaller version of another is none. TIFF 6.0, tag 254. */
const isPage = (directory: Directory): boolean =>
  numberIn(directory, 't256') !== null && ((numberIn(directory, 't254') ?? 0) & 1) === 0;

/** A tile without extent is drawn for ever; TIFF 6.0, section 15, wants multiples of 16. */
const hasSoundTiles = (directory: Directory, width: number, height: number): boolean => {
  if (directory['t322'] === undefined && directory['t323'] === undefined) return true;
  const [across, down] = [numberIn(directory, 't322') ?? 0, numberIn(directory, 't323') ?? 0];
  return (
    across >= 1 && down >= 1 && Math.ceil(width / across) * Math.ceil(height / down) <= MOST_TILES
  );
};

const drawn = (buffer: ArrayBuffer, directory: Directory): Result<PagePicture, Refusal> => {
  const [width, height] = [numberIn(directory, 't256') ?? 0, numberIn(directory, 't257') ?? 0];
  if (!(width >= 1 && height >= 1) || !hasSoundTiles(directory, width, height))
    return refuse(refusal('DAMAGED', 'TIFF'));
  if (width * height > Math.min(MOST_PIXELS, MOST_DECODED_PIXELS))
    return refuse(refusal('TOO_LARGE', `${MOST_DECODED_PIXELS / 1e6} MP`));
  const unit = numberIn(directory, 't296') === CENTIMETRES ? 2.54 : 1;
  const stated = numberIn(directory, 't282');
  try {
    UTIF.decodeImage(buffer, directory);
    const pixels = UTIF.toRGBA8(directory);
    if (pixels.length < width * height * 4) return refuse(refusal('DAMAGED', 'TIFF'));
    const dpi = resolutionOf(width, height, stated === null ? null : stated * unit);
    return accept({ ...greyWithoutSeals({ width, height, pixels }), dpi });
  } catch {
    return refuse(refusal('DAMAGED', 'TIFF'));
  }
};

/** Refuses with DAMAGED; a page with TOO_LARGE by its declared size, before it is decoded. */
export const tiffPictures = (bytes: Uint8Array): Result<PictureSource, Refusal> => {
  if (!hasEnd(bytes)) return refuse(refusal('DAMAGED', 'TIFF'));
  const buffer = Uint8Array.from(bytes).buffer;
  let directories: Directory[] = [];
  try {
    directories = UTIF.decode(buffer).filter(isPage);
  } catch {
    return refuse(refusal('DAMAGED', 'TIFF'));
  }
  return accept({
    pageCount: directories.length,
    picture: async (number) => {
      const directory = directories[number - 1];
      // A copy: what the decoder adds to it is as large as the page.
      return directory === undefined
        ? refuse(refusal('DAMAGED', 'TIFF'))
        : drawn(buffer, { ...directory });
    },
    close: () => {
      directories = [];
    },
  });
};
