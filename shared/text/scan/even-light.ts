/** Makes paper white and ink black all over a page, whatever the light it was taken in. */
import { type GreyImage, WHITE } from './page-image.ts';

const BLOCKS_ACROSS = 32;
/** Share of the pixels of a block that are darker than its paper. */
const PAPER_RANK = 0.75;
const DARKEST_PAPER = 0.45;
/** Paper this white needs no mending. */
const WHITE_ENOUGH = 250;

const rankOf = (counts: Uint32Array, wanted: number): number => {
  let sum = 0;
  for (let level = 0; level < 256; level += 1) {
    sum += counts[level] ?? 0;
    if (sum >= wanted) return level;
  }
  return WHITE;
};

interface Paper {
  readonly size: number;
  readonly across: number;
  readonly down: number;
  readonly levels: Float32Array;
}

const paperOf = ({ width, height, pixels }: GreyImage): Paper => {
  const size = Math.max(8, Math.ceil(Math.min(width, height) / BLOCKS_ACROSS));
  const [across, down] = [Math.ceil(width / size), Math.ceil(height / size)];
  const levels = new Float32Array(across * down);
  const counts = new Uint32Array(256);
  for (let block = 0; block < levels.length; block += 1) {
    counts.fill(0);
    const [left, top] = [(block % across) * size, Math.floor(block / across) * size];
    const [right, bottom] = [Math.min(width, left + size), Math.min(height, top + size)];
    for (let y = top; y < bottom; y += 2)
      for (let x = left; x < right; x += 2) {
        const level = pixels[y * width + x] ?? WHITE;
        counts[level] = (counts[level] ?? 0) + 1;
      }
    const total = Math.ceil((bottom - top) / 2) * Math.ceil((right - left) / 2);
    levels[block] = rankOf(counts, total * PAPER_RANK);
  }
  const white = [...levels].sort((a, b) => a - b)[Math.floor(levels.length * 0.9)] ?? WHITE;
  return {
    size,
    across,
    down,
    levels: levels.map((level) => Math.max(level, white * DARKEST_PAPER, 32)),
  };
};

/** Level of the paper at a pixel, between the middles of four blocks. */
const paperRow = ({ size, across, down, levels }: Paper, y: number, row: Float32Array): void => {
  const down0 = Math.max(0, Math.min(down - 1, y / size - 0.5));
  const [above, below] = [Math.floor(down0), Math.min(down - 1, Math.floor(down0) + 1)];
  const dy = down0 - above;
  for (let x = 0; x < row.length; x += 1) {
    const across0 = Math.max(0, Math.min(across - 1, x / size - 0.5));
    const [left, right] = [Math.floor(across0), Math.min(across - 1, Math.floor(across0) + 1)];
    const dx = across0 - left;
    const top =
      (levels[above * across + left] ?? WHITE) * (1 - dx) +
      (levels[above * across + right] ?? WHITE) * dx;
    const bottom =
      (levels[below * across + left] ?? WHITE) * (1 - dx) +
      (levels[below * across + right] ?? WHITE) * dx;
    row[x] = top * (1 - dy) + bottom * dy;
  }
};

const paperWhite = (image: GreyImage): GreyImage => {
  const paper = paperOf(image);
  if (paper.levels.every((level) => level >= WHITE_ENOUGH)) return image;
  const { width, height, pixels } = image;
  const mended = new Uint8Array(pixels.length);
  const row = new Float32Array(width);
  for (let y = 0; y < height; y += 1) {
    paperRow(paper, y, row);
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      mended[at] = Math.min(WHITE, ((pixels[at] ?? WHITE) * (WHITE + 1)) / (row[x] ?? WHITE));
    }
  }
  return { width, height, pixels: mended };
};

/** Level that a tenth of what is darker than `INK` stays under. */
const INK = 190;
const BLACK_RANK = 0.1;

const blackOf = (pixels: Uint8Array): number => {
  const counts = new Uint32Array(256);
  for (let at = 0; at < pixels.length; at += 3) {
    const level = pixels[at] ?? WHITE;
    counts[level] = (counts[level] ?? 0) + 1;
  }
  const dark = counts.subarray(0, INK).reduce((sum, count) => sum + count, 0);
  if (dark * 3 < pixels.length * 0.0005) return 0;
  return Math.min(150, rankOf(counts, dark * BLACK_RANK));
};

export const evenLight = (image: GreyImage): GreyImage => {
  const white = paperWhite(image);
  const black = blackOf(white.pixels);
  if (black <= 8) return white;
  const levels = Uint8Array.from({ length: 256 }, (_, level) =>
    Math.max(0, Math.round(((level - black) * WHITE) / (WHITE - black))),
  );
  return { ...white, pixels: white.pixels.map((level) => levels[level] ?? level) };
};
