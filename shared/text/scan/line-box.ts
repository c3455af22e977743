/** Fits the box of a line to what the recogniser was trained on: a little paper around, and not too wide. */
import type { Box, InkMap } from './page-image.ts';

/** Of the height of a character. */
const PAPER = 0.18;
const LOWEST = 0.8;
/** Heights of a line that one piece may be wide. */
const WIDEST = 46;
const SEARCH = 3;

/** 一 and — are as high as a character for the recogniser; `room` is not left. */
export const lineBox = (box: Box, room: Box, em: number): Box => {
  const height = box.bottom - box.top;
  const lack = height < LOWEST * em ? (em - height) / 2 : 0;
  const paper = Math.max(2, Math.round(Math.max(height, em) * PAPER));
  const up = Math.round(lack) + paper;
  return {
    left: Math.max(room.left, box.left - paper),
    right: Math.min(room.right, box.right + paper),
    top: Math.max(room.top - paper, box.top - up),
    bottom: Math.min(room.bottom + paper, box.bottom + up),
  };
};

/** Column with the least ink in `from`–`to`, the one nearest to the middle where several have none. */
const gapIn = (map: InkMap, box: Box, { from, to }: { from: number; to: number }): number => {
  const middle = (from + to) / 2;
  let best = { x: Math.round(middle), ink: Number.POSITIVE_INFINITY };
  for (let x = from; x < to; x += 1) {
    let ink = 0;
    for (let y = box.top; y < box.bottom; y += 1) ink += map.ink[y * map.width + x] ?? 0;
    const nearer = Math.abs(x - middle) < Math.abs(best.x - middle);
    if (ink < best.ink || (ink === best.ink && nearer)) best = { x, ink };
  }
  return best.x;
};

/** Pieces of a very wide line, cut between characters, from left to right. */
export const cutWide = (map: InkMap, box: Box): Box[] => {
  const height = Math.max(8, box.bottom - box.top);
  const width = box.right - box.left;
  const count = Math.ceil(width / (height * WIDEST));
  if (count < 2) return [box];
  const pieces: Box[] = [];
  let left = box.left;
  for (let piece = 1; piece < count; piece += 1) {
    const around = box.left + Math.round((width * piece) / count);
    const reach = Math.round(height * SEARCH);
    const at = gapIn(map, box, {
      from: Math.max(left + 1, around - reach),
      to: Math.min(box.right - 1, around + reach),
    });
    pieces.push({ ...box, left, right: at });
    left = at;
  }
  return [...pieces, { ...box, left }];
};
