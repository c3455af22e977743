/** Turns placed text of a page into runs that read from left to right, whichever way the page was written. */
import { combine, type Matrix, type Run } from './page-marks.ts';

/** Text with its own matrix, in the page's unturned space; `width` along the text in points. */
export interface PlacedText {
  readonly text: string;
  readonly width: number;
  readonly matrix: Matrix;
}

/** How a page is looked at: `matrix` leads from its own space to points from the top left corner. */
export interface View {
  readonly matrix: Matrix;
  readonly width: number;
  readonly height: number;
}

const LEVEL = 0.05;

/** Quarter turns clockwise by which the text is turned against the reader; null where it is slanted. */
const turnOf = ([a, b]: Matrix): 0 | 1 | 2 | 3 | null => {
  const length = Math.hypot(a, b);
  if (Math.abs(b) <= LEVEL * length) return a >= 0 ? 0 : 2;
  if (Math.abs(a) <= LEVEL * length) return b >= 0 ? 1 : 3;
  return null;
};

const turnedBack = ({ matrix, width, height }: View, turn: 0 | 1 | 2 | 3): View => {
  if (turn === 1)
    return { matrix: combine([0, -1, 1, 0, 0, width], matrix), width: height, height: width };
  if (turn === 2) return { matrix: combine([-1, 0, 0, -1, width, height], matrix), width, height };
  if (turn === 3)
    return { matrix: combine([0, 1, -1, 0, height, 0], matrix), width: height, height: width };
  return { matrix, width, height };
};

/** Turns the view so that most of the text reads from left to right: landscape pages often lack /Rotate. */
export const readableView = (pieces: readonly PlacedText[], view: View): View => {
  const counts: [number, number, number, number] = [0, 0, 0, 0];
  for (const piece of pieces) {
    const turn = turnOf(combine(view.matrix, piece.matrix));
    if (turn !== null) counts[turn] += piece.text.trim().length;
  }
  const most = Math.max(...counts);
  if (counts[0] === most) return view;
  if (counts[1] === most) return turnedBack(view, 1);
  return turnedBack(view, counts[3] === most ? 3 : 2);
};

/** Watermarks and other slanted text is set aside; blanks are dropped, since gaps show from the places. */
export const runsOf = (
  pieces: readonly PlacedText[],
  view: View,
): { runs: Run[]; slanted: string[] } => {
  const runs: Run[] = [];
  const slanted: string[] = [];
  for (const piece of pieces) {
    if (piece.text.trim() === '') continue;
    const matrix = combine(view.matrix, piece.matrix);
    const [, , c, d, x, y] = matrix;
    const size = Math.hypot(c, d);
    if (!Number.isFinite(x + y + size + piece.width)) continue;
    if (turnOf(matrix) !== 0) slanted.push(piece.text);
    else runs.push({ text: piece.text, x, y, width: Math.max(0, piece.width), size });
  }
  return { runs, slanted };
};
