/** Reads drawings that an OFD keeps in its resource files (CompositeGraphicUnit) and puts them where pages use them. */
import type { Refusal } from '../../domain/refusal.ts';
import { accept, type Result } from '../../domain/result.ts';
import { combine, type Matrix, type Rule } from '../pdf/page-marks.ts';
import { readXml } from '../xml-pass.ts';
import { type Drawing, newDrawing, POINTS } from './drawing.ts';
import { isOnlyDamaged, localName, type OfdParts } from './ofd-parts.ts';
import { drawingHandler, overDrawn } from './page-drawing.ts';
import { turnedRule } from './turned-rule.ts';

const UNIT = 'CompositeGraphicUnit';

/** By resource ID. A resource file that is ill-formed gives what came before the fault. */
export const readUnits = (
  parts: OfdParts,
  resources: readonly string[],
): Result<ReadonlyMap<string, Drawing>, Refusal> => {
  const units = new Map<string, Drawing>();
  for (const part of resources) {
    let drawing = newDrawing();
    let inner = drawingHandler(drawing);
    const read = readXml(parts.zip, part, {
      namespaces: new Map(),
      stop: () => overDrawn(drawing, part)(),
      handler: {
        open: (name, attributes) => {
          if (localName(name) === UNIT) {
            drawing = newDrawing();
            inner = drawingHandler(drawing);
            units.set(attributes('ID') ?? '', drawing);
          } else inner.open(name, attributes);
        },
        text: (words) => inner.text?.(words),
        close: (name) => inner.close?.(name),
      },
    });
    if (!read.ok && !isOnlyDamaged(read.error)) return read;
  }
  return accept(units);
};

const placedRule = (rule: Rule, matrix: Matrix): Rule => {
  const [a, b, c, d, e, f] = matrix;
  return turnedRule(rule, [a, b, c, d, e * POINTS, f * POINTS]);
};

const addUnit = (drawing: Drawing, unit: Drawing, matrix: Matrix): void => {
  const scale = Math.hypot(matrix[0], matrix[1]);
  for (const piece of unit.pieces)
    drawing.pieces.push({
      text: piece.text,
      width: piece.width * scale,
      matrix: combine(matrix, piece.matrix),
    });
  for (const rule of unit.rules) drawing.rules.push(placedRule(rule, matrix));
  drawing.patterns.push(...unit.patterns.slice(0, 100));
  drawing.pictures += unit.pictures;
  drawing.pictureArea += unit.pictureArea * scale * scale;
  drawing.curves += unit.curves;
  drawing.lostGlyphs += unit.lostGlyphs;
  // One inside another is hardly ever written, and not followed.
  drawing.lostComposites += unit.composites.length;
};

const MOST_PLACED = 60_000;

/** Puts the drawings that the page uses onto it; what is not found, or is too much, is lost and counts as a picture. */
export const placeUnits = (drawing: Drawing, units: ReadonlyMap<string, Drawing>): void => {
  for (const { resource, matrix, area } of drawing.composites) {
    const unit = units.get(resource);
    const size = drawing.pieces.length + drawing.rules.length;
    const fits = unit !== undefined && size + unit.pieces.length + unit.rules.length <= MOST_PLACED;
    if (fits) addUnit(drawing, unit, matrix);
    else {
      drawing.lostComposites += 1;
      drawing.pictureArea += area;
    }
  }
};
