/** Spoils the picture of a page as stamps, scanners and copiers do; seeded, so that it comes out alike each time. */

import { encode } from 'jpeg-js';
import { randomOf } from '../../shared/classify/gate/random-of.ts';
import type { ColourImage } from '../../shared/text/scan/page-image.ts';

const INK = [215, 35, 40] as const;

/** Ring, five-pointed star and marks between them, as on the seal of an office. */
const isSeal = (x: number, y: number, radius: number): boolean => {
  const distance = Math.hypot(x, y);
  if (distance <= radius && distance >= radius * 0.94) return true;
  const angle = Math.atan2(x, -y);
  const sector = (2 * Math.PI) / 5;
  const off = Math.abs((((angle % sector) + sector) % sector) - sector / 2) / (sector / 2);
  if (distance < radius * 0.3 * (0.45 + 0.55 * off)) return true;
  const isMark =
    Math.floor((angle + 4) * 7) % 2 === 0 && Math.floor(distance / (radius * 0.05)) % 2 === 0;
  return distance > radius * 0.66 && distance < radius * 0.86 && Math.abs(angle) < 2.2 && isMark;
};

/** Red ink lets black through: it takes light away and adds none. */
export const stamped = (
  image: ColourImage,
  centre: readonly [number, number],
  radius: number,
): ColourImage => {
  const pixels = image.pixels.slice();
  for (let y = -Math.ceil(radius); y <= radius; y += 1)
    for (let x = -Math.ceil(radius); x <= radius; x += 1) {
      const [column, row] = [Math.round(centre[0] + x), Math.round(centre[1] + y)];
      const outside = column < 0 || row < 0 || column >= image.width || row >= image.height;
      if (outside || !isSeal(x, y, radius)) continue;
      const at = (row * image.width + column) * 4;
      INK.forEach((level, part) => {
        const before = pixels[at + part] ?? 255;
        pixels[at + part] = before * 0.15 + (before * level * 0.85) / 255;
      });
    }
  return { ...image, pixels };
};

/** Between four pixels; white outside. */
const blendAt = ({ width, height, pixels }: ColourImage, x: number, y: number): number[] => {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) return [255, 255, 255];
  const [dx, dy] = [x - left, y - top];
  return [0, 1, 2].map((part) => {
    const at = (top * width + left) * 4 + part;
    const above = (pixels[at] ?? 0) * (1 - dx) + (pixels[at + 4] ?? 0) * dx;
    const below = (pixels[at + width * 4] ?? 0) * (1 - dx) + (pixels[at + width * 4 + 4] ?? 0) * dx;
    return above * (1 - dy) + below * dy;
  });
};

/** Turned with the clock about its middle; what comes in from outside is white. */
export const skewed = (image: ColourImage, degrees: number): ColourImage => {
  const { width, height } = image;
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const turned = new Uint8Array(image.pixels.length).fill(255);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const [across, down] = [x - width / 2, y - height / 2];
      const from = [width / 2 + cos * across + sin * down, height / 2 - sin * across + cos * down];
      turned.set(blendAt(image, from[0] ?? 0, from[1] ?? 0), (y * width + x) * 4);
    }
  return { width, height, pixels: turned };
};

const WEIGHTS = [1, 2, 1, 2, 4, 2, 1, 2, 1];

export const blurred = (image: ColourImage): ColourImage => {
  const { width, height, pixels } = image;
  const soft = pixels.slice();
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1)
      for (let part = 0; part < 3; part += 1) {
        const sum = WEIGHTS.reduce((total, weight, index) => {
          const [dx, dy] = [(index % 3) - 1, Math.floor(index / 3) - 1];
          return total + weight * (pixels[((y + dy) * width + x + dx) * 4 + part] ?? 0);
        }, 0);
        soft[(y * width + x) * 4 + part] = sum / 16;
      }
  return { width, height, pixels: soft };
};

/** Grain of about `strength` levels, and paper a little grey. */
export const grainy = (image: ColourImage, strength: number, seed: number): ColourImage => {
  const next = randomOf(seed);
  const pixels = image.pixels.slice();
  for (let at = 0; at < pixels.length; at += 4) {
    const grain = (next() + next() + next() - 1.5) * 2 * strength;
    for (let part = at; part < at + 3; part += 1)
      pixels[part] = Math.max(0, Math.min(255, (pixels[part] ?? 0) * 0.94 + 6 + grain));
  }
  return { ...image, pixels };
};

export const asJpeg = ({ width, height, pixels }: ColourImage, quality: number): Uint8Array =>
  new Uint8Array(encode({ width, height, data: pixels }, quality).data);

export interface Spoiling {
  readonly degrees: number;
  readonly dpi: number;
  readonly seed: number;
}

/** A seal of 42 mm over the text, askew, blurred, grainy, JPEG of quality 50. */
export const spoiledPage = (image: ColourImage, { degrees, dpi, seed }: Spoiling): Uint8Array => {
  const under = stamped(image, [image.width * 0.6, image.height * 0.5], dpi * 0.83);
  return asJpeg(grainy(blurred(skewed(under, degrees)), 9, seed), 50);
};
