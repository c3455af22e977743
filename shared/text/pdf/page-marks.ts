/** What a page of a PDF holds for us: runs of text and ruling lines, in points from the top left corner as seen. */

/** A piece of text on one line. */
export interface Run {
  readonly text: string;
  /** Left end. */
  readonly x: number;
  /** Baseline, counted downwards. */
  readonly y: number;
  readonly width: number;
  /** Height of the font. */
  readonly size: number;
}

/** A horizontal or vertical line; `from` < `to`. */
export interface Rule {
  readonly across: boolean;
  /** y of a horizontal, x of a vertical line. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface PageMarks {
  readonly width: number;
  readonly height: number;
  readonly runs: readonly Run[];
  /** Text that does not run from left to right, such as watermarks, as it was found. */
  readonly slanted: readonly string[];
  readonly rules: readonly Rule[];
  /** Share of the page that pictures cover, 0–1 and over. */
  readonly pictures: number;
  /** Curves drawn; text turned into outlines has thousands. */
  readonly curves: number;
  /** True where the page holds more lines than are looked at. */
  readonly tooManyRules: boolean;
}

/** [a b c d e f] as PDF writes it: x' = ax + cy + e, y' = bx + dy + f. */
export type Matrix = readonly [number, number, number, number, number, number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** First `inner`, then `outer`. */
export const combine = (outer: Matrix, inner: Matrix): Matrix => {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ];
};

export const place = (matrix: Matrix, x: number, y: number): readonly [number, number] => [
  matrix[0] * x + matrix[2] * y + matrix[4],
  matrix[1] * x + matrix[3] * y + matrix[5],
];

const isNumbers = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

/** A matrix out of whatever a file holds; null unless it is six finite numbers. */
export const matrixOf = (value: unknown): Matrix | null => {
  if (!isNumbers(value) || value.length !== 6) return null;
  const a = Number(value[0]);
  const b = Number(value[1]);
  const c = Number(value[2]);
  const d = Number(value[3]);
  const e = Number(value[4]);
  const f = Number(value[5]);
  return Number.isFinite(a + b + c + d + e + f) ? [a, b, c, d, e, f] : null;
};
