/** Finds by how much a page lies askew, and turns it straight. */
import { type GreyImage, inkBelow, shrunk, WHITE } from './page-image.ts';

/** Degrees that are looked at to either side. */
const MOST_DEGREES = 5;
const LOOK_AT_WIDTH = 900;
/** A page askew by less than this is left as it is. */
const STRAIGHT_DEGREES = 0.04;
const DARK = 140;
const MOST_POINTS = 120_000;

interface Points {
  readonly xs: Float32Array;
  readonly ys: Float32Array;
  readonly height: number;
  readonly width: number;
}

const pointsOf = (image: GreyImage): Points => {
  const small = shrunk(image, Math.max(1, Math.min(image.width, image.height) / LOOK_AT_WIDTH));
  const { ink, width, height } = inkBelow(small, DARK);
  const count = ink.reduce((sum, one) => sum + one, 0);
  const every = Math.max(1, Math.ceil(count / MOST_POINTS));
  const xs = new Float32Array(Math.ceil(count / every));
  const ys = new Float32Array(xs.length);
  let [seen, kept] = [0, 0];
  for (let at = 0; at < ink.length; at += 1) {
    if (ink[at] !== 1) continue;
    if (seen % every === 0) {
      xs[kept] = (at % width) - width / 2;
      ys[kept] = Math.floor(at / width);
      kept += 1;
    }
    seen += 1;
  }
  return { xs, ys, width, height };
};

/** How sharply lines of text part from the gaps between them when rows are read at this slope. */
const sharpness = ({ xs, ys, width, height }: Points, degrees: number): number => {
  const slope = Math.tan((degrees * Math.PI) / 180);
  const margin = Math.ceil((width / 2) * Math.abs(slope)) + 1;
  const rows = new Float32Array(height + 2 * margin + 2);
  for (let at = 0; at < xs.length; at += 1) {
    const row = (ys[at] ?? 0) - (xs[at] ?? 0) * slope + margin;
    const whole = Math.floor(row);
    rows[whole] = (rows[whole] ?? 0) + 1 - (row - whole);
    rows[whole + 1] = (rows[whole + 1] ?? 0) + (row - whole);
  }
  let sum = 0;
  for (let at = 1; at < rows.length; at += 1) sum += ((rows[at] ?? 0) - (rows[at - 1] ?? 0)) ** 2;
  return sum;
};

const sharpest = (
  points: Points,
  around: number,
  { reach, step }: { reach: number; step: number },
): number => {
  let best = { degrees: around, sharp: sharpness(points, around) };
  for (let off = -reach; off <= reach + 1e-9; off += step) {
    const degrees = around + off;
    const sharp = sharpness(points, degrees);
    if (sharp > best.sharp) best = { degrees, sharp };
  }
  return best.degrees;
};

/** Degrees by which lines run down to the right; 0 for a page without ink. */
export const skewOf = (image: GreyImage): number => {
  const points = pointsOf(image);
  if (points.xs.length < 50) return 0;
  const coarse = sharpest(points, 0, { reach: MOST_DEGREES, step: 0.5 });
  const fine = sharpest(points, coarse, { reach: 0.45, step: 0.1 });
  return sharpest(points, fine, { reach: 0.09, step: 0.02 });
};

/** Turned about its middle by `degrees` against the clock; what comes in from outside is white. */
export const turned = (image: GreyImage, degrees: number): GreyImage => {
  const { width, height, pixels } = image;
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [middleX, middleY] = [width / 2, height / 2];
  const result = new Uint8Array(pixels.length).fill(WHITE);
  for (let y = 0; y < height; y += 1) {
    let sourceX = middleX - cos * middleX - sin * (y - middleY);
    let sourceY = middleY - sin * middleX + cos * (y - middleY);
    for (let x = 0; x < width; x += 1, sourceX += cos, sourceY += sin) {
      const [left, top] = [Math.floor(sourceX), Math.floor(sourceY)];
      if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) continue;
      const [dx, dy] = [sourceX - left, sourceY - top];
      const at = top * width + left;
      const above = (pixels[at] ?? 0) * (1 - dx) + (pixels[at + 1] ?? 0) * dx;
      const below = (pixels[at + width] ?? 0) * (1 - dx) + (pixels[at + width + 1] ?? 0) * dx;
      result[y * width + x] = above * (1 - dy) + below * dy;
    }
  }
  return { width, height, pixels: result };
};

export const straightened = (image: GreyImage): { image: GreyImage; degrees: number } => {
  const degrees = skewOf(image);
  if (Math.abs(degrees) < STRAIGHT_DEGREES) return { image, degrees: 0 };
  return { image: turned(image, degrees), degrees };
};
