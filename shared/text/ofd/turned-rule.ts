/** Moves ruling lines from one space to another. */
import type { Matrix, Rule } from '../pdf/page-marks.ts';

/** A ruling line as it lies in a view. */
export const turnedRule = ({ across, at, from, to }: Rule, matrix: Matrix): Rule => {
  const [a, b, c, d, e, f] = matrix;
  const point = (x: number, y: number) => [a * x + c * y + e, b * x + d * y + f] as const;
  const [x, y] = across ? point(from, at) : point(at, from);
  const [toX, toY] = across ? point(to, at) : point(at, to);
  const level = Math.abs(toY - y) <= Math.abs(toX - x);
  return level
    ? { across: true, at: (y + toY) / 2, from: Math.min(x, toX), to: Math.max(x, toX) }
    : { across: false, at: (x + toX) / 2, from: Math.min(y, toY), to: Math.max(y, toY) };
};
