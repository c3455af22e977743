/** Turns the AbbreviatedData of a path (GB/T 33190 9.1) into polygons and a count of curves. */
import { type Matrix, place } from '../pdf/page-marks.ts';
import { numberIn } from './numbers.ts';

export type Point = readonly [number, number];

export interface DrawnPath {
  readonly polygons: readonly (readonly Point[])[];
  readonly curves: number;
}

/** Numbers after each sign; the last two are where the pen stands then. */
const OPERANDS: ReadonlyMap<string, number> = new Map([
  ['S', 2],
  ['M', 2],
  ['L', 2],
  ['Q', 4],
  ['B', 6],
  ['A', 7],
  ['C', 0],
]);

/** No table border has more corners; a longer polygon is a drawing and counts as a curve. */
const MOST_CORNERS = 64;
const SIGN_OR_NUMBER = /[A-Z]|[^\sA-Z,]+/gu;

const isBorder = (polygon: readonly Point[]): boolean =>
  polygon.length > 1 && polygon.length <= MOST_CORNERS;

/** The pen that draws polygons; a curve ends one and begins the next. */
const newPen = (matrix: Matrix) => {
  const polygons: Point[][] = [];
  let current: Point[] = [];
  let curves = 0;
  const start = (point: Point): void => {
    current = [point];
    polygons.push(current);
  };
  return {
    polygons,
    curves: () => curves,
    draw: (sign: string, operands: readonly number[]): void => {
      const [x = 0, y = 0] = operands.slice(-2);
      const point = place(matrix, x, y);
      if (sign === 'L') current.push(point);
      else start(point);
      if (sign !== 'S' && sign !== 'M' && sign !== 'L') curves += 1;
    },
    close: (): void => {
      const [first] = current;
      if (first !== undefined) current.push(first);
    },
  };
};

export const drawnPath = (data: string, matrix: Matrix): DrawnPath => {
  const pen = newPen(matrix);
  let sign = '';
  let operands: number[] = [];
  for (const [word] of data.matchAll(SIGN_OR_NUMBER)) {
    if (OPERANDS.has(word)) {
      sign = word;
      operands = [];
      if (sign === 'C') pen.close();
      continue;
    }
    operands.push(numberIn(word));
    if (operands.length !== OPERANDS.get(sign)) continue;
    pen.draw(sign, operands);
    operands = [];
  }
  const long = pen.polygons.filter((polygon) => polygon.length > MOST_CORNERS).length;
  return { polygons: pen.polygons.filter(isBorder), curves: pen.curves() + long };
};
