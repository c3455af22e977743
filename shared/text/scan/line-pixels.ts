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
const tapsOf = (
  from: number,
  to: number,
  target: number,
): { starts: Int32Array; weights: Float32Array[] } => {
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

/** `box` may reach over the edges of the page: beyond them is paper. Levels 0–255, row by row. */
export const scaledLine = (image: GreyImage, box: Box, width: number): Float32Array => {
  const columns = tapsOf(box.left, box.right, width);
  const rows = tapsOf(box.top, box.bottom, LINE_HEIGHT);
  const [first, height] = [
    rows.starts[0] ?? 0,
    (rows.starts[LINE_HEIGHT - 1] ?? 0) +
      (rows.weights[LINE_HEIGHT - 1]?.length ?? 1) -
      (rows.starts[0] ?? 0),
  ];
  const narrow = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const row = first + y;
    const outside = row < 0 || row >= image.height;
    for (let x = 0; x < width; x += 1) {
      const taps = columns.weights[x];
      let sum = outside || taps === undefined ? WHITE : 0;
      if (!outside && taps !== undefined) {
        const start = columns.starts[x] ?? 0;
        for (let tap = 0; tap < taps.length; tap += 1) {
          const at = start + tap;
          const level =
            at < 0 || at >= image.width ? WHITE : (image.pixels[row * image.width + at] ?? WHITE);
          sum += level * (taps[tap] ?? 0);
        }
      }
      narrow[y * width + x] = sum;
    }
  }
  const result = new Float32Array(width * LINE_HEIGHT);
  for (let y = 0; y < LINE_HEIGHT; y += 1) {
    const taps = rows.weights[y];
    const start = (rows.starts[y] ?? 0) - first;
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let tap = 0; taps !== undefined && tap < taps.length; tap += 1)
        sum += (narrow[(start + tap) * width + x] ?? WHITE) * (taps[tap] ?? 0);
      result[y * width + x] = sum;
    }
  }
  return result;
};
