/** Finds ruling lines, pictures and curves in the drawing operators of one page. */
import { combine, IDENTITY, type Matrix, matrixOf, place, type Rule } from './page-marks.ts';

/** Numbers of the pdf.js operators that matter here. */
export interface OperatorNumbers {
  readonly save: number;
  readonly restore: number;
  readonly transform: number;
  readonly constructPath: number;
  readonly paintFormXObjectBegin: number;
  readonly paintFormXObjectEnd: number;
  readonly endPath: number;
  readonly showText: number;
  /** Painting operators that stroke. */
  readonly strokes: ReadonlySet<number>;
}

export interface Drawing {
  readonly rules: readonly Rule[];
  /** Area of pictures in square points. */
  readonly pictureArea: number;
  readonly curves: number;
  readonly tooManyRules: boolean;
}

/** Table borders are thinner than this. */
const THIN = 3;
/** Shorter strokes are corners and glyph parts. */
const SHORTEST = 2;
const MOST_RULES = 20_000;
/** Deeper nesting of graphic states is hostile. */
const DEEPEST = 2_000;

interface State {
  readonly matrix: Matrix;
  /** A matrix was set and nothing was painted with it: what pdf.js leaves of a picture that it was told to skip. */
  readonly waiting: boolean;
}

type Point = readonly [number, number];

const lineOf = ([x, y]: Point, [toX, toY]: Point): Rule | null => {
  const [width, height] = [Math.abs(toX - x), Math.abs(toY - y)];
  if (height <= 1 && width >= SHORTEST)
    return { across: true, at: (y + toY) / 2, from: Math.min(x, toX), to: Math.max(x, toX) };
  if (width <= 1 && height >= SHORTEST)
    return { across: false, at: (x + toX) / 2, from: Math.min(y, toY), to: Math.max(y, toY) };
  return null;
};

/** A thin filled box is a line; a filled area is none. */
const thinBox = (points: readonly Point[]): Rule | null => {
  let [left, top] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [right, bottom] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  if (bottom - top <= THIN && right - left >= SHORTEST && right - left > bottom - top)
    return { across: true, at: (top + bottom) / 2, from: left, to: right };
  if (right - left <= THIN && bottom - top >= SHORTEST)
    return { across: false, at: (left + right) / 2, from: top, to: bottom };
  return null;
};

/** Closed and open polygons of a path in pdf.js's packed form, placed on the page. */
const polygonsOf = (
  packed: Float32Array,
  matrix: Matrix,
): { polygons: Point[][]; curves: number } => {
  const polygons: Point[][] = [];
  let current: Point[] = [];
  let curves = 0;
  let at = 0;
  const point = (offset: number): Point =>
    place(matrix, packed[at + offset] ?? 0, packed[at + offset + 1] ?? 0);
  while (at < packed.length) {
    const step = packed[at];
    if (step === 0) {
      current = [point(1)];
      polygons.push(current);
      at += 3;
    } else if (step === 1) {
      current.push(point(1));
      at += 3;
    } else if (step === 2) {
      curves += 1;
      current = [point(5)];
      polygons.push(current);
      at += 7;
    } else {
      const [first] = current;
      if (first !== undefined) current.push(first);
      at += 1;
    }
  }
  return { polygons, curves };
};

const sidesOf = (polygon: readonly Point[]): Rule[] =>
  polygon.flatMap((to, index) => {
    const from = polygon[index - 1];
    const line = from === undefined ? null : lineOf(from, to);
    return line === null ? [] : [line];
  });

export const rulesIn = (polygon: readonly Point[], stroked: boolean): Rule[] => {
  const thin = thinBox(polygon);
  if (thin !== null) return [thin];
  return stroked ? sidesOf(polygon) : [];
};

/** The path and how it is painted; null for one that only clips, or that is malformed. */
const pathOf = (
  args: readonly unknown[],
  numbers: OperatorNumbers,
): { packed: Float32Array; stroked: boolean } | null => {
  const [operator, paths] = args;
  const packed: unknown = Array.isArray(paths) ? paths[0] : null;
  if (!(packed instanceof Float32Array) || typeof operator !== 'number') return null;
  if (operator === numbers.endPath) return null;
  return { packed, stroked: numbers.strokes.has(operator) };
};

/** Takes the operators of a page in order by `step`; `first` leads from its own space to the page as seen. */
export const collectDrawing = (first: Matrix, numbers: OperatorNumbers) => {
  const rules: Rule[] = [];
  const stack: State[] = [];
  let state: State = { matrix: first, waiting: false };
  let pictureArea = 0;
  let curves = 0;

  const settle = (): void => {
    state = { ...state, waiting: false };
  };
  const endState = (): void => {
    const [a, b, c, d] = state.matrix;
    if (state.waiting) pictureArea += Math.abs(a * d - b * c);
  };
  const paint = (args: readonly unknown[]): void => {
    settle();
    const path = pathOf(args, numbers);
    if (path === null || rules.length > MOST_RULES) return;
    const drawn = polygonsOf(path.packed, state.matrix);
    curves += drawn.curves;
    for (const polygon of drawn.polygons)
      for (const rule of rulesIn(polygon, path.stroked)) rules.push(rule);
  };
  const enter = (inner: Matrix): void => {
    if (stack.length < DEEPEST) stack.push(state);
    state = { matrix: combine(state.matrix, inner), waiting: false };
  };
  const leave = (): void => {
    endState();
    state = { matrix: stack.pop()?.matrix ?? first, waiting: false };
  };
  const turn = (args: readonly unknown[]): void => {
    const matrix = matrixOf(args);
    if (matrix !== null) state = { matrix: combine(state.matrix, matrix), waiting: true };
  };
  const actions = new Map<number, (args: readonly unknown[]) => void>([
    [numbers.save, () => enter(IDENTITY)],
    [numbers.restore, leave],
    [numbers.transform, turn],
    [numbers.constructPath, paint],
    [numbers.showText, settle],
    [
      numbers.paintFormXObjectBegin,
      (args) => {
        settle();
        enter(matrixOf(args[0]) ?? IDENTITY);
      },
    ],
    [numbers.paintFormXObjectEnd, leave],
  ]);
  return {
    step: (operator: number, args: readonly unknown[]): void => actions.get(operator)?.(args),
    end: (): Drawing => {
      endState();
      return { rules, pictureArea, curves, tooManyRules: rules.length > MOST_RULES };
    },
  };
};
