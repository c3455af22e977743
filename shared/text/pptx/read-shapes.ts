/** Reads the shapes of a slide, layout, master or notes page in one pass: text, tables, places, groups resolved. */
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { accept, type Result } from '../../domain/result.ts';
import { LIMITS } from '../limits.ts';
import { type Attributes, readXml } from '../xml-pass.ts';
import type { ZipParts } from '../zip-parts.ts';
import { PPTX_NAMESPACES } from './namespaces.ts';
import type { Shape, ShapeMarks } from './shape.ts';
import { placeReader } from './shape-places.ts';
import { tableReader } from './shape-tables.ts';
import { textReader } from './shape-text.ts';

export interface SlideShapes {
  readonly shapes: readonly Shape[];
  readonly pictures: number;
  /** The slide is left out when the presentation is shown. */
  readonly hidden: boolean;
}

/** Contents for old readers, and what is said of shapes rather than in them. */
const SKIPPED = new Set(['mc:Fallback', 'p:extLst', 'a:extLst', 'p:custDataLst', 'p:timing']);

const UNREAD: ReadonlyMap<string, string> = new Map([
  ['c:chart', 'chart'],
  ['dgm:relIds', 'diagram'],
  ['p:oleObj', 'object'],
  ['p:controls', 'control'],
]);

const SHAPES = new Set(['p:sp', 'p:graphicFrame', 'p:cxnSp', 'p:pic']);

const newShape = (): Shape => ({ placeholder: null, box: null, paragraphs: [], table: null });

type Action = (attributes: Attributes) => void;

interface Reading {
  readonly marks: ShapeMarks;
  readonly found: { shapes: Shape[]; pictures: number; hidden: boolean };
  shape: Shape | null;
  /** The shape is marked as not shown. */
  unseen: boolean;
}

type Opening = readonly [string, Action];

const isYes = (value: string | undefined): boolean => value === '1' || value === 'true';

/** Elements that say something of the slide or the open shape. */
const ownActions = (reading: Reading): readonly Opening[] => {
  const picture = (): void => {
    reading.found.pictures += 1;
    reading.marks.pictures += 1;
  };
  return [
    ...[...UNREAD].map(
      ([name, kind]): Opening => [name, () => void reading.marks.unread.add(kind)],
    ),
    ['a:blip', picture],
    [
      'p:sld',
      (at) => {
        const show = at('show');
        reading.found.hidden = show !== undefined && !isYes(show);
      },
    ],
    [
      'p:cNvPr',
      (at) => {
        reading.unseen ||= isYes(at('hidden'));
      },
    ],
    [
      'p:ph',
      (at) => {
        const placeholder = { type: at('type') ?? 'obj', index: at('idx') ?? '' };
        if (reading.shape !== null) reading.shape.placeholder = placeholder;
      },
    ],
  ];
};

const actionsFor = (reading: Reading) => {
  const places = placeReader(() => reading.shape);
  const tables = tableReader(() => reading.shape, reading.marks);
  const texts = textReader({
    lines: () => tables.lines() ?? reading.shape?.paragraphs ?? null,
    marks: reading.marks,
  });
  const begin: Action = () => {
    reading.shape = newShape();
    reading.unseen = false;
  };
  const end = (): void => {
    const { shape, unseen, marks, found } = reading;
    reading.shape = null;
    if (shape === null) return;
    if (unseen) marks.hidden = true;
    else found.shapes.push(shape);
  };
  const shapes = [...SHAPES];
  const open = new Map<string, Action>([
    ...places.open,
    ...tables.open,
    ...texts.open,
    ...ownActions(reading),
    ...shapes.map((name): Opening => [name, begin]),
  ]);
  const close = new Map<string, () => void>([
    ...places.close,
    ...tables.close,
    ...texts.close,
    ...shapes.map((name) => [name, end] as const),
  ]);
  return { open, close, text: texts.text };
};

const overLimit = (marks: ShapeMarks): Refusal | null => {
  if (marks.characters > LIMITS.textCharacters)
    return refusal('TEXT_TOO_LONG', `${LIMITS.textCharacters} characters`);
  return marks.cells > LIMITS.tableCells
    ? refusal('STRUCTURE_LIMIT', `> ${LIMITS.tableCells} cells`)
    : null;
};

/** Refuses like `readXml`, and with TEXT_TOO_LONG or STRUCTURE_LIMIT over the bounds of text and cells. */
export const readShapes = (
  zip: ZipParts,
  part: string,
  marks: ShapeMarks,
): Result<SlideShapes, Refusal> => {
  const reading: Reading = {
    marks,
    found: { shapes: [], pictures: 0, hidden: false },
    shape: null,
    unseen: false,
  };
  const actions = actionsFor(reading);
  let skipping = 0;
  const read = readXml(zip, part, {
    namespaces: PPTX_NAMESPACES,
    stop: () => overLimit(marks),
    handler: {
      open: (name, attributes) => {
        if (skipping > 0 || SKIPPED.has(name)) skipping += 1;
        else actions.open.get(name)?.(attributes);
      },
      text: (text) => {
        if (skipping === 0) actions.text(text);
      },
      close: (name) => {
        if (skipping > 0) skipping -= 1;
        else actions.close.get(name)?.();
      },
    },
  });
  return read.ok ? accept(reading.found) : read;
};
