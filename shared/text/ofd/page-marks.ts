/** Turns what an OFD page and its templates draw into the marks that the geometry of pages works on. */
import { combine, type Matrix, type PageMarks } from '../pdf/page-marks.ts';
import { readableView, runsOf, type View } from '../pdf/placed-runs.ts';
import { type Drawing, POINTS } from './drawing.ts';
import type { Box } from './numbers.ts';
import { turnedRule } from './turned-rule.ts';

const A4: Box = { x: 0, y: 0, width: 210, height: 297 };

/** A picture over this share of the page makes transparent text its text layer. */
const WHOLE_PAGE = 0.5;

export interface DrawnPage {
  readonly drawing: Drawing;
  readonly templates: readonly Drawing[];
  /** Templates whose text already stands on an earlier page: only their lines count. */
  readonly repeated: readonly Drawing[];
  readonly area: Box | null;
}

const isBig = ({ width, height }: Box): boolean => width > 1 && height > 1;

/** Text drawn see-through belongs to a scan below it; elsewhere it is hidden. */
const seenThrough = (drawing: Drawing, share: number): boolean =>
  share >= WHOLE_PAGE && drawing.pieces.length === 0;

export const marksOf = ({ drawing, templates, repeated, area }: DrawnPage): PageMarks => {
  const box = [drawing.area, area].find((one) => one !== null && isBig(one)) ?? A4;
  const [width, height] = [box.width * POINTS, box.height * POINTS];
  const matrix: Matrix = [POINTS, 0, 0, POINTS, -box.x * POINTS, -box.y * POINTS];
  const texts = [drawing, ...templates];
  const all = [...texts, ...repeated];
  const share = all.reduce((sum, one) => sum + one.pictureArea, 0) / (box.width * box.height);
  const layer = texts.flatMap((one) => (seenThrough(one, share) ? one.transparent : []));
  const pieces = [...texts.flatMap((one) => one.pieces), ...layer];
  const view: View = readableView(pieces, { matrix, width, height });
  const toView = combine(view.matrix, [1 / POINTS, 0, 0, 1 / POINTS, 0, 0]);
  const { runs, slanted } = runsOf(pieces, view);
  return {
    width: view.width,
    height: view.height,
    runs,
    slanted: [...slanted, ...texts.flatMap((one) => one.patterns)],
    rules: all.flatMap((one) => one.rules.map((rule) => turnedRule(rule, toView))),
    pictures: share,
    curves: all.reduce((sum, one) => sum + one.curves, 0),
    tooManyRules: all.some((one) => one.tooManyRules),
  };
};

/** True where text was left out because nobody sees it. */
export const hidesText = (drawing: Drawing, marks: PageMarks): boolean =>
  drawing.hidden || (drawing.transparent.length > 0 && !seenThrough(drawing, marks.pictures));
