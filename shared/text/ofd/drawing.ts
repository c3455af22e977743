/** What an OFD page, template or annotation draws. */
import { combine, type Matrix, type Rule } from '../pdf/page-marks.ts';
import type { PlacedText } from '../pdf/placed-runs.ts';
import type { Attributes } from '../xml-pass.ts';
import { type Box, boxIn, matrixIn } from './numbers.ts';

/** A use of a drawing of a resource file; `matrix` leads from its space to the page. */
export interface Composite {
  readonly resource: string;
  readonly matrix: Matrix;
  /** Room that it takes, in square millimetres. */
  readonly area: number;
}

/** Places are in millimetres from the top left corner of the page. */
export interface Drawing {
  area: Box | null;
  readonly pieces: PlacedText[];
  /** Transparent text: drawn over a scan it is the scan's text layer. */
  readonly transparent: PlacedText[];
  /** Text of patterns, such as watermarks. */
  readonly patterns: string[];
  /** Text of an object by its ID, for the tags that point at it. */
  readonly objects: Map<string, string>;
  /** In points, unlike the rest. */
  readonly rules: Rule[];
  /** More lines than are looked at. */
  tooManyRules: boolean;
  /** IDs of the templates that lie under or over the page. */
  readonly templates: string[];
  pictures: number;
  /** Square millimetres. */
  pictureArea: number;
  curves: number;
  /** Drawings that are kept in a resource file and drawn here. */
  readonly composites: Composite[];
  /** Of them, those that were not found. */
  lostComposites: number;
  /** Something is marked as not visible; it is left out. */
  hidden: boolean;
  /** Characters that are only numbers of glyphs. */
  lostGlyphs: number;
}

export const newDrawing = (): Drawing => ({
  area: null,
  pieces: [],
  transparent: [],
  patterns: [],
  objects: new Map(),
  rules: [],
  tooManyRules: false,
  templates: [],
  pictures: 0,
  pictureArea: 0,
  curves: 0,
  composites: [],
  lostComposites: 0,
  hidden: false,
  lostGlyphs: 0,
});

/** Points in a millimetre. */
export const POINTS = 72 / 25.4;

/** From an object's own space to the page, in millimetres. */
export const objectMatrix = (attributes: Attributes): Matrix => {
  const box = boxIn(attributes('Boundary'));
  return combine([1, 0, 0, 1, box?.x ?? 0, box?.y ?? 0], matrixIn(attributes('CTM')));
};

/** Room that an object takes, in square millimetres. */
export const areaOf = (attributes: Attributes): number => {
  const box = boxIn(attributes('Boundary'));
  return (box?.width ?? 0) * (box?.height ?? 0);
};
