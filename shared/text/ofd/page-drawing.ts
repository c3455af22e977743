/** Reads the XML of an OFD page, template or annotation into what it draws: placed text, ruling lines, pictures. */
import type { Refusal } from '../../domain/refusal.ts';
import { refusal } from '../../domain/refusal.ts';
import { accept, type Result } from '../../domain/result.ts';
import { rulesIn } from '../pdf/drawn-rules.ts';
import { combine, type Matrix } from '../pdf/page-marks.ts';
import { type Attributes, readXml, type XmlHandler } from '../xml-pass.ts';
import { drawnPath } from './abbreviated-path.ts';
import { areaOf, type Drawing, newDrawing, objectMatrix, POINTS } from './drawing.ts';
import { boxIn } from './numbers.ts';
import { localName, type OfdParts } from './ofd-parts.ts';
import { textCollector } from './text-objects.ts';

const MOST_PIECES = 50_000;
const MOST_RULES = 20_000;
const IN_POINTS: Matrix = [POINTS, 0, 0, POINTS, 0, 0];
const OBJECTS = new Set([
  'PathObject',
  'TextObject',
  'ImageObject',
  'CompositeObject',
  'PageBlock',
  'Layer',
]);
/** What stands inside is drawn only as an edge to cut along, or round a picture. */
const NOT_DRAWN = new Set(['Clips', 'Border']);

interface OpenPath {
  readonly matrix: Matrix;
  readonly stroked: boolean;
  readonly painted: boolean;
}

const pathCollector = (drawing: Drawing, inPattern: () => boolean) => {
  let path: OpenPath | null = null;
  return {
    open: (attributes: Attributes): void => {
      const stroked = attributes('Stroke') !== 'false';
      const painted = stroked || attributes('Fill') === 'true';
      path = { matrix: combine(IN_POINTS, objectMatrix(attributes)), stroked, painted };
    },
    data: (words: string): void => {
      if (path === null || !path.painted || inPattern()) return;
      const { polygons, curves } = drawnPath(words, path.matrix);
      drawing.curves += curves;
      for (const polygon of polygons) {
        if (drawing.rules.length > MOST_RULES) drawing.tooManyRules = true;
        else drawing.rules.push(...rulesIn(polygon, path.stroked));
      }
    },
  };
};

const addPicture = (drawing: Drawing, attributes: Attributes): void => {
  drawing.pictures += 1;
  drawing.pictureArea += areaOf(attributes);
};

/** What is done at the beginning and, with the words inside, at the end of an element. */
const actionsFor = (drawing: Drawing, inPattern: () => boolean) => {
  const texts = textCollector(drawing, inPattern);
  const paths = pathCollector(drawing, inPattern);
  const open = new Map<string, (attributes: Attributes) => void>([
    ['TextObject', texts.openObject],
    ['TextCode', texts.openCode],
    ['PathObject', paths.open],
    ['ImageObject', (attributes) => addPicture(drawing, attributes)],
    [
      'CompositeObject',
      (attributes) => {
        const resource = attributes('ResourceID') ?? '';
        const area = areaOf(attributes);
        drawing.composites.push({ resource, matrix: objectMatrix(attributes), area });
      },
    ],
    ['Template', (attributes) => void drawing.templates.push(attributes('TemplateID') ?? '')],
  ]);
  const close = new Map<string, (words: string) => void>([
    ['TextCode', texts.closeCode],
    ['Glyphs', texts.closeGlyphs],
    ['TextObject', texts.closeObject],
    ['AbbreviatedData', paths.data],
    [
      'PhysicalBox',
      (words) => {
        drawing.area = boxIn(words) ?? drawing.area;
      },
    ],
  ]);
  return { open, close };
};

/** Passes over drawn objects; `skips` says of other elements whether they are left out with all they hold. */
export const drawingHandler = (
  drawing: Drawing,
  skips: (name: string, attributes: Attributes) => boolean = () => false,
): XmlHandler => {
  let patterns = 0;
  let skipping = 0;
  let words: string[] = [];
  const actions = actionsFor(drawing, () => patterns > 0);
  const isSkipped = (name: string, attributes: Attributes): boolean => {
    const invisible = OBJECTS.has(name) && attributes('Visible') === 'false';
    if (invisible) drawing.hidden = true;
    return invisible || NOT_DRAWN.has(name) || skips(name, attributes);
  };
  return {
    open: (full, attributes) => {
      const name = localName(full);
      if (skipping > 0 || isSkipped(name, attributes)) {
        skipping += 1;
        return;
      }
      words = [];
      if (name === 'Pattern') patterns += 1;
      actions.open.get(name)?.(attributes);
    },
    text: (piece) => {
      if (skipping === 0) words.push(piece);
    },
    close: (full) => {
      if (skipping > 0) {
        skipping -= 1;
        return;
      }
      const name = localName(full);
      if (name === 'Pattern') patterns -= 1;
      actions.close.get(name)?.(words.join(''));
      words = [];
    },
  };
};

export const overDrawn = (drawing: Drawing, part: string) => (): Refusal | null =>
  drawing.pieces.length + drawing.transparent.length > MOST_PIECES
    ? refusal('STRUCTURE_LIMIT', `${part}: > ${MOST_PIECES} texts`)
    : null;

/** Refuses like `readXml`, and with STRUCTURE_LIMIT for more text than one page holds. */
export const readDrawing = (parts: OfdParts, part: string): Result<Drawing, Refusal> => {
  const drawing = newDrawing();
  const read = readXml(parts.zip, part, {
    namespaces: new Map(),
    handler: drawingHandler(drawing),
    stop: overDrawn(drawing, part),
  });
  return read.ok ? accept(drawing) : read;
};
