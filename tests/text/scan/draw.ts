/** Draws synthetic pages: bars that stand for characters, rules, rings. */
import type { ColourImage, GreyImage } from '../../../shared/text/scan/page-image.ts';

export const paper = (width: number, height: number): GreyImage => ({
  width,
  height,
  pixels: new Uint8Array(width * height).fill(255),
});

export const bar = (
  image: GreyImage,
  [left, top, right, bottom]: readonly [number, number, number, number],
  level = 0,
): void => {
  for (let y = top; y < bottom; y += 1)
    image.pixels.fill(level, y * image.width + left, y * image.width + right);
};

/** Lines of square "characters" with gaps between them. */
export const linesOfSquares = (
  image: GreyImage,
  {
    left,
    right,
    top,
    size,
    pitch,
    count,
  }: Readonly<Record<'left' | 'right' | 'top' | 'size' | 'pitch' | 'count', number>>,
): void => {
  for (let line = 0; line < count; line += 1)
    for (let x = left; x + size <= right; x += Math.round(size * 1.15))
      bar(image, [x, top + line * pitch, x + size, top + line * pitch + size]);
};

export const inColour = ({ width, height, pixels }: GreyImage): ColourImage => {
  const colours = new Uint8Array(width * height * 4).fill(255);
  pixels.forEach((level, at) => {
    colours.fill(level, at * 4, at * 4 + 3);
  });
  return { width, height, pixels: colours };
};
