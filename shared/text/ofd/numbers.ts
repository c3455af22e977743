/** Reads the lists of numbers that OFD keeps in attributes: boxes, matrices and distances between characters. */
import { IDENTITY, type Matrix, matrixOf } from '../pdf/page-marks.ts';

const LARGEST = 1e7;

/** 0 for what is no usable number. */
export const numberIn = (text: string | undefined): number => {
  const number = Number(text ?? '');
  return Number.isFinite(number) && Math.abs(number) <= LARGEST ? number : 0;
};

const wordsIn = (text: string | undefined): string[] =>
  (text ?? '')
    .trim()
    .split(/[\s,]+/u)
    .filter((word) => word !== '');

/** In millimetres. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** null unless it is four numbers of which the last two are not negative. */
export const boxIn = (text: string | undefined): Box | null => {
  const words = wordsIn(text);
  const [x = 0, y = 0, width = 0, height = 0] = words.map(numberIn);
  return words.length === 4 && width >= 0 && height >= 0 ? { x, y, width, height } : null;
};

export const matrixIn = (text: string | undefined): Matrix =>
  matrixOf(wordsIn(text).map(numberIn)) ?? IDENTITY;

/** Distances between `count` characters: `g n d` stands for n times d; what is missing goes on with the last one. null without any. */
export const distancesIn = (text: string | undefined, count: number): number[] | null => {
  const words = wordsIn(text);
  const distances: number[] = [];
  for (let at = 0; at < words.length && distances.length < count; at += 1) {
    if (words[at] !== 'g') {
      distances.push(numberIn(words[at]));
      continue;
    }
    const repeats = Math.min(Math.floor(numberIn(words[at + 1])), count - distances.length);
    const distance = numberIn(words[at + 2]);
    for (let done = 0; done < repeats; done += 1) distances.push(distance);
    at += 2;
  }
  const last = distances.at(-1);
  if (last === undefined) return null;
  while (distances.length < count) distances.push(last);
  return distances;
};
