/** Pictures of pages as the reader of scans handles them: grey, and ink or no ink. */

/** One byte a pixel, 0 = black; rows from the top, each from the left. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Four bytes a pixel: red, green, blue, and one that is not looked at. */
export interface ColourImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** One byte a pixel: 1 where there is ink. */
export interface InkMap {
  readonly width: number;
  readonly height: number;
  readonly ink: Uint8Array;
}

/** Half-open in pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const WHITE = 255;
const A4_INCHES = { across: 8.27, down: 11.69 } as const;
/** Wider than this a picture is a part cut out of an upright page, and no page laid across. */
const WIDEST_PAGE = 1.6;

/** Pixels over this many are refused before a picture is decoded: A3 at 400 dpi has 31 million. */
export const MOST_PIXELS = 50_000_000;
/** What is left of a finer picture: more adds time and no characters. */
export const MOST_DPI = 300;

/**
 * Dots per inch; `stated` counts only where it makes a page between a card and A2. Otherwise the picture is taken to be
 * as wide as an A4 page.
 */
export const resolutionOf = (width: number, height: number, stated: number | null): number => {
  const short = Math.min(width, height);
  if (stated !== null && stated >= 72 && stated <= 1200) {
    const inches = short / stated;
    if (inches >= 3 && inches <= 17) return stated;
  }
  const isAcross = width > height && width <= WIDEST_PAGE * height;
  return Math.max(40, width / (isAcross ? A4_INCHES.down : A4_INCHES.across));
};

export const inkBelow = ({ width, height, pixels }: GreyImage, level: number): InkMap => {
  const ink = new Uint8Array(pixels.length);
  for (let at = 0; at < pixels.length; at += 1) ink[at] = (pixels[at] ?? WHITE) < level ? 1 : 0;
  return { width, height, ink };
};

export const transposed = ({ width, height, ink }: InkMap): InkMap => {
  const turned = new Uint8Array(ink.length);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) turned[x * height + y] = ink[y * width + x] ?? 0;
  return { width: height, height: width, ink: turned };
};

const meanOf = ({ width, pixels }: GreyImage, { left, top, right, bottom }: Box): number => {
  let sum = 0;
  for (let row = top; row < bottom; row += 1)
    for (let at = row * width + left; at < row * width + right; at += 1) sum += pixels[at] ?? WHITE;
  return sum / ((bottom - top) * (right - left));
};

/** Edges of `count` stretches of `size` pixels, none of them empty. */
const edgesOf = (size: number, count: number): (readonly [number, number])[] =>
  Array.from({ length: count }, (_, at) => {
    const from = Math.floor((at * size) / count);
    return [from, Math.max(from + 1, Math.floor(((at + 1) * size) / count))];
  });

/** Averages over squares of `factor` pixels, which need not be whole. */
export const shrunk = (image: GreyImage, factor: number): GreyImage => {
  if (factor <= 1) return image;
  const columns = edgesOf(image.width, Math.max(1, Math.round(image.width / factor)));
  const rows = edgesOf(image.height, Math.max(1, Math.round(image.height / factor)));
  const pixels = new Uint8Array(columns.length * rows.length);
  rows.forEach(([top, bottom], y) => {
    columns.forEach(([left, right], x) => {
      pixels[y * columns.length + x] = meanOf(image, { left, top, right, bottom });
    });
  });
  return { width: columns.length, height: rows.length, pixels };
};

/** Turned by quarters with the clock. */
export const quarterTurned = (image: GreyImage, turns: 1 | 2 | 3): GreyImage => {
  const { width, height, pixels } = image;
  const turned = new Uint8Array(pixels.length);
  if (turns === 2) {
    for (let at = 0; at < pixels.length; at += 1)
      turned[pixels.length - 1 - at] = pixels[at] ?? WHITE;
    return { width, height, pixels: turned };
  }
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const to = turns === 1 ? x * height + (height - 1 - y) : (width - 1 - x) * height + y;
      turned[to] = pixels[y * width + x] ?? WHITE;
    }
  return { width: height, height: width, pixels: turned };
};
