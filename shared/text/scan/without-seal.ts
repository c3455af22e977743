/** Turns a colour page into a grey one and takes red seals off it; black text under a seal stays. */
import { type Box, type ColourImage, type GreyImage, WHITE } from './page-image.ts';

/** How much red stands out over green and blue in the ink of a seal. */
const RED_BY = 40;
const DARKEST_RED = 90;
/** A seal is 3–6 cm across; the short side of a page about 21 cm. */
const SEAL = { least: 0.09, most: 0.42, aspect: 1.8 } as const;
/** Pixels across the map on which seals are looked for. */
const MAP_WIDTH = 400;
/** Red characters of a letterhead are solid; a ring with a star covers less of its square. */
const MOST_COVERED = 0.6;

const isRed = (red: number, green: number, blue: number): boolean =>
  red > DARKEST_RED && red - Math.max(green, blue) > RED_BY;

interface RedMap {
  readonly width: number;
  readonly height: number;
  readonly step: number;
  readonly red: Uint8Array;
}

const redMapOf = ({ width, height, pixels }: ColourImage): RedMap => {
  const step = Math.max(1, Math.round(Math.min(width, height) / MAP_WIDTH));
  const [across, down] = [Math.ceil(width / step), Math.ceil(height / step)];
  const counts = new Uint16Array(across * down);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor(y / step) * across;
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      if (isRed(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0)) {
        const cell = row + Math.floor(x / step);
        counts[cell] = (counts[cell] ?? 0) + 1;
      }
    }
  }
  const enough = Math.max(1, (step * step) / 8);
  const red = Uint8Array.from(counts, (count) => (count >= enough ? 1 : 0));
  return { width: across, height: down, step, red };
};

/** Places that black strokes over a ring may part it by. */
const BRIDGED = 3;

const around = ({ width, height }: RedMap, at: number): number[] => {
  const [x, y] = [at % width, Math.floor(at / width)];
  const near: number[] = [];
  for (let row = Math.max(0, y - BRIDGED); row <= Math.min(height - 1, y + BRIDGED); row += 1)
    for (
      let column = Math.max(0, x - BRIDGED);
      column <= Math.min(width - 1, x + BRIDGED);
      column += 1
    )
      near.push(row * width + column);
  return near;
};

/** Red places that hang together; those that were taken are no longer red. */
const takePatch = (map: RedMap, start: number): { box: Box; places: number } => {
  const open = [start];
  map.red[start] = 0;
  let [left, top, right, bottom, places] = [map.width, map.height, 0, 0, 0];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const [x, y] = [at % map.width, Math.floor(at / map.width)];
    places += 1;
    [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
    for (const near of around(map, at)) {
      if (map.red[near] !== 1) continue;
      map.red[near] = 0;
      open.push(near);
    }
  }
  return { box: { left, top, right, bottom }, places };
};

const patchesOf = (map: RedMap): { box: Box; places: number }[] => {
  const patches: { box: Box; places: number }[] = [];
  for (let start = 0; start < map.red.length; start += 1)
    if (map.red[start] === 1) patches.push(takePatch(map, start));
  return patches;
};

/** Where seals stand, in pixels of the page: red, about as wide as high, of the size of a seal, and no solid mass. */
export const sealsOf = (image: ColourImage): Box[] => {
  const map = redMapOf(image);
  const short = Math.min(map.width, map.height);
  const margin = 2;
  return patchesOf(map).flatMap(({ box, places }) => {
    const [width, height] = [box.right - box.left, box.bottom - box.top];
    const fits =
      Math.min(width, height) >= SEAL.least * short &&
      Math.max(width, height) <= SEAL.most * short &&
      Math.max(width, height) <= SEAL.aspect * Math.min(width, height) &&
      places < MOST_COVERED * width * height;
    if (!fits) return [];
    return {
      left: Math.max(0, box.left - margin) * map.step,
      top: Math.max(0, box.top - margin) * map.step,
      right: Math.min(image.width, (box.right + margin) * map.step),
      bottom: Math.min(image.height, (box.bottom + margin) * map.step),
    };
  });
};

const whiten = (grey: Uint8Array, { width, pixels }: ColourImage, seal: Box): void => {
  for (let y = seal.top; y < seal.bottom; y += 1)
    for (let x = seal.left; x < seal.right; x += 1) {
      const at = (y * width + x) * 4;
      const red = pixels[at] ?? 0;
      const over = red - Math.max(pixels[at + 1] ?? 0, pixels[at + 2] ?? 0);
      if (over > 8) grey[y * width + x] = Math.min(WHITE, red + over / 2);
    }
};

/** Red that is no seal, such as a letterhead, stays as dark as it looks. */
export const greyWithoutSeals = (image: ColourImage): { grey: GreyImage; seals: number } => {
  const { width, height, pixels } = image;
  const grey = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < grey.length; at += 1, from += 4)
    grey[at] =
      ((pixels[from] ?? 0) * 77 + (pixels[from + 1] ?? 0) * 150 + (pixels[from + 2] ?? 0) * 29) >>
      8;
  const seals = sealsOf(image);
  for (const seal of seals) whiten(grey, image, seal);
  return { grey: { width, height, pixels: grey }, seals: seals.length };
};
