/** Reads text set from top to bottom out of the drawing operators: pdf.js's own text of a page loses part of it. */
import { combine, IDENTITY, type Matrix, matrixOf, place, type Run } from './page-marks.ts';

/** Numbers of the pdf.js operators that place and show text. */
export interface TextOperators {
  readonly save: number;
  readonly restore: number;
  readonly transform: number;
  readonly paintFormXObjectBegin: number;
  readonly paintFormXObjectEnd: number;
  readonly beginText: number;
  readonly setFont: number;
  readonly setTextMatrix: number;
  readonly moveText: number;
  readonly setLeadingMoveText: number;
  readonly showText: number;
}

interface State {
  readonly matrix: Matrix;
  readonly vertical: boolean;
  readonly size: number;
}

const DEEPEST = 2_000;

const glyphsText = (glyphs: unknown): string => {
  if (!Array.isArray(glyphs)) return '';
  return glyphs
    .map((glyph: unknown) => {
      const unicode: unknown =
        typeof glyph === 'object' && glyph !== null ? Reflect.get(glyph, 'unicode') : '';
      return typeof unicode === 'string' ? unicode : '';
    })
    .join('');
};

/** Vertical text hangs centred below its place. */
const runAt = (matrix: Matrix, fontSize: number, text: string): Run => {
  const size = fontSize * Math.hypot(matrix[2], matrix[3]);
  const [x, y] = place(matrix, 0, 0);
  return { text, x: x - size / 2, y: y + size * 0.88, width: size, size };
};

/** Pieces under each other at one x are one run; it is as wide as one character. */
const joinedDown = (runs: readonly Run[]): Run[] => {
  const joined: Run[] = [];
  let bottom = Number.NEGATIVE_INFINITY;
  for (const run of runs) {
    const last = joined.at(-1);
    const near = last !== undefined && Math.abs(last.x - run.x) < run.size * 0.5;
    if (near && run.y > last.y && run.y - bottom < run.size * 1.5)
      joined[joined.length - 1] = { ...last, text: last.text + run.text };
    else joined.push(run);
    bottom = run.y + (Array.from(run.text).length - 1) * run.size;
  }
  return joined;
};

/** Takes the operators of a page in order; `fonts` are the names of its vertical fonts. */
export const collectVertical = (
  first: Matrix,
  numbers: TextOperators,
  fonts: ReadonlySet<string>,
) => {
  const runs: Run[] = [];
  const stack: State[] = [];
  let state: State = { matrix: first, vertical: false, size: 0 };
  let line: Matrix = IDENTITY;

  const enter = (inner: Matrix): void => {
    if (stack.length < DEEPEST) stack.push(state);
    state = { ...state, matrix: combine(state.matrix, inner) };
  };
  const leave = (): void => {
    state = stack.pop() ?? state;
  };
  const move = ([x, y]: readonly unknown[]): void => {
    line = combine(line, [1, 0, 0, 1, Number(x) || 0, Number(y) || 0]);
  };
  const show = ([glyphs]: readonly unknown[]): void => {
    const text = state.vertical ? glyphsText(glyphs) : '';
    if (text.trim() === '') return;
    const run = runAt(combine(state.matrix, line), state.size, text);
    if (Number.isFinite(run.x + run.y + run.size)) runs.push(run);
  };
  const actions = new Map<number, (args: readonly unknown[]) => void>([
    [numbers.save, () => enter(IDENTITY)],
    [numbers.restore, leave],
    [numbers.paintFormXObjectEnd, leave],
    [numbers.paintFormXObjectBegin, ([matrix]) => enter(matrixOf(matrix) ?? IDENTITY)],
    [
      numbers.transform,
      (args) => {
        state = { ...state, matrix: combine(state.matrix, matrixOf(args) ?? IDENTITY) };
      },
    ],
    [
      numbers.beginText,
      () => {
        line = IDENTITY;
      },
    ],
    [
      numbers.setFont,
      ([name, size]) => {
        const vertical = typeof name === 'string' && fonts.has(name);
        state = { ...state, vertical, size: Math.abs(Number(size)) };
      },
    ],
    [
      numbers.setTextMatrix,
      ([matrix]) => {
        line = matrixOf(matrix) ?? IDENTITY;
      },
    ],
    [numbers.moveText, move],
    [numbers.setLeadingMoveText, move],
    [numbers.showText, show],
  ]);
  return {
    step: (operator: number, args: readonly unknown[]): void => actions.get(operator)?.(args),
    end: (): Run[] => joinedDown(runs),
  };
};
