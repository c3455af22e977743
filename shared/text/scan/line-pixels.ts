/** Makes of a line what the recogniser takes: grey, 48 pixels high, as wide as the line needs. */
import { type Box, type GreyImage, WHITE } from './page-image.ts';

/** As the models of PP-OCR were trained. */
export const LINE_HEIGHT = 48;
const NARROWEST = 32;
const WIDEST = 3_200;

/** Width of the line once it is 48 pixels high. */
export const scaledWidth = (box: Box): number =>
  Math.min(
    WIDEST,
    Math.max(
      NARROWEST,
      Math.round(((box.right - box.left) * LINE_HEIGHT) / Math.max(1, box.bottom - box.top)),
    ),
  );

/** Weights of the source pixels of each target pixel: an average when made smaller, between two when made larger. */
const tapsOf = (from: number, to: number, target: number): Taps => {
  const scale = (to - from) / target;
  const reach = Math.max(1, scale);
  const starts = new Int32Array(target);
  const weights: Float32Array[] = [];
  for (let at = 0; at < target; at += 1) {
    const middle = from + (at + 0.5) * scale - 0.5;
    const start = Math.ceil(middle - reach);
    const end = Math.floor(middle + reach);
    const taps = new Float32Array(Math.max(1, end - start + 1));
    let sum = 0;
    for (let tap = 0; tap < taps.length; tap += 1) {
      const weight = Math.max(0, 1 - Math.abs(start + tap - middle) / reach);
      taps[tap] = weight;
      sum += weight;
    }
    starts[at] = start;
    weights.push(sum > 0 ? taps.map((weight) => weight / sum) : taps.fill(1 / taps.length));
  }
  return { starts, weights };
};

interface Taps {
  readonly starts: Int32Array;
  readonly weights: readonly Float32Array[];
}

/** One row of the page at its new width; rows and places beyond the page are paper. */
const narrowedRow = (image: GreyImage, row: number, { starts, weights }: Taps): Float32Array => {
  const narrow = new Float32Array(weights.length).fill(WHITE);
  if (row < 0 || row >= image.height) return narrow;
  weights.forEach((taps, x) => {
    let sum = 0;
    for (let tap = 0; tap < taps.length; tap += 1) {
      const at = (starts[x] ?? 0) + tap;
      const outside = at < 0 || at >= image.width;
      sum += (outside ? WHITE : (image.pixels[row * image.width + at] ?? WHITE)) * (taps[tap] ?? 0);
    }
    narrow[x] = sum;
  });
  return narrow;
};

/** `box` may reach over the edges of the page: beyond them is paper. Levels 0–255, row by row. */
export const scaledLine = (image: GreyImage, box: Box, width: number): Float32Array => {
  const columns = tapsOf(box.left, box.right, width);
  const rows = tapsOf(box.top, box.bottom, LINE_HEIGHT);
  const narrowed = new Map<number, Float32Array>();
  const rowAt = (row: number): Float32Array => {
    const known = narrowed.get(row) ?? narrowedRow(image, row, columns);
    narrowed.set(row, known);
    return known;
  };
  const result = new Float32Array(width * LINE_HEIGHT);
  rows.weights.forEach((taps, y) => {
    taps.forEach((weight, tap) => {
      const row = rowAt((rows.starts[y] ?? 0) + tap);
      for (let x = 0; x < width; x += 1) {
        const at = y * width + x;
        result[at] = (result[at] ?? 0) + (row[x] ?? WHITE) * weight;
      }
    });
  });
  return result;
};
