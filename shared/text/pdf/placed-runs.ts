/** Turns placed text of a page into runs that read from left to right, whichever way the page was written. */
import { combine, type Matrix, type Run } from './page-marks.ts';

/** Text with its own matrix, in the page's unturned space; `width` along the text in points. */
export interface PlacedText {
  readonly text: string;
  readonly width: number;
  readonly matrix: Matrix;
}

const LEVEL = 0.05;

/** Watermarks and other slanted text is set aside; blanks are dropped, since gaps show from the places. */
export const runsOf = (
  pieces: readonly PlacedText[],
  view: Matrix,
): { runs: Run[]; slanted: string[] } => {
  const runs: Run[] = [];
  const slanted: string[] = [];
  for (const piece of pieces) {
    if (piece.text.trim() === '') continue;
    const [a, b, c, d, x, y] = combine(view, piece.matrix);
    const size = Math.hypot(c, d);
    const stretch = Math.hypot(a, b);
    if (![x, y, size, piece.width].every(Number.isFinite)) continue;
    const level = a > 0 && Math.abs(b) <= LEVEL * stretch;
    if (level) runs.push({ text: piece.text, x, y, width: Math.max(0, piece.width), size });
    else slanted.push(piece.text);
  }
  return { runs, slanted };
};
