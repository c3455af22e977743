/** Reads cut lines: the recogniser scores each, and its scores become characters with confidences. */
import { LINE_HEIGHT, scaledLine, scaledWidth } from './line-pixels.ts';
import type { Box, GreyImage } from './page-image.ts';

/** `pixels` holds 3 × 48 × width values, −1 = black to 1 = white. */
export interface LinePixels {
  readonly width: number;
  readonly pixels: Float32Array;
}

/** Probabilities: steps × classes; class 0 says "nothing here". */
export interface LineScores {
  readonly steps: number;
  readonly classes: number;
  readonly scores: Float32Array;
}

/** The model failed, through no fault of the file: its caller tries again. */
export class RecogniserFault extends Error {
  override readonly name = 'RecogniserFault';
}

/** A model that reads one line of text at a time; throws a RecogniserFault where it cannot. */
export interface LineRecogniser {
  /** What class n + 1 stands for. */
  readonly characters: readonly string[];
  recognise(line: LinePixels): Promise<LineScores>;
}

export interface ReadLine {
  readonly text: string;
  /** Mean probability of its characters, 0–1; 0 where nothing was read. */
  readonly confidence: number;
  readonly count: number;
}

/** Widths are rounded up to this, so that the recogniser meets few different ones. */
const WIDTH_STEP = 32;

/** Scores of one step sum to 1: what is over a half is the largest, and the search ends there. */
const likeliest = (
  scores: Float32Array,
  base: number,
  classes: number,
): { at: number; score: number } => {
  let best = { at: 0, score: scores[base] ?? 0 };
  for (let at = 1; at < classes && best.score <= 0.5; at += 1) {
    const score = scores[base + at] ?? 0;
    if (score > best.score) best = { at, score };
  }
  return best;
};

/** The likeliest class of each step; repeats are one character, and class 0 parts two equal ones. */
export const decodedLine = (
  { scores, steps, classes }: LineScores,
  characters: readonly string[],
): ReadLine => {
  let [text, sum, count, before] = ['', 0, 0, 0];
  for (let step = 0; step < steps; step += 1) {
    const { at, score } = likeliest(scores, step * classes, classes);
    if (at !== 0 && at !== before) {
      text += characters[at - 1] ?? '';
      sum += score;
      count += 1;
    }
    before = at;
  }
  return { text, confidence: count === 0 ? 0 : sum / count, count };
};

/** Three equal planes, with paper to the right of the line. */
const planesOf = (line: Float32Array, width: number): LinePixels => {
  const full = Math.ceil(width / WIDTH_STEP) * WIDTH_STEP;
  const plane = LINE_HEIGHT * full;
  const pixels = new Float32Array(3 * plane).fill(1);
  for (let y = 0; y < LINE_HEIGHT; y += 1)
    for (let x = 0; x < width; x += 1) {
      const value = (line[y * width + x] ?? 255) / 127.5 - 1;
      const at = y * full + x;
      pixels[at] = value;
      pixels[at + plane] = value;
      pixels[at + 2 * plane] = value;
    }
  return { width: full, pixels };
};

/** One by one: batches cost the processor more and take more memory. */
export const recogniseLine = async (
  image: GreyImage,
  box: Box,
  recogniser: LineRecogniser,
): Promise<ReadLine> => {
  const width = scaledWidth(box);
  const scores = await recogniser.recognise(planesOf(scaledLine(image, box, width), width));
  return decodedLine(scores, recogniser.characters);
};
