/** Reads the TextObjects of a page: their characters, and the glyphs that no character stands for. */
import type { Attributes } from '../xml-pass.ts';
import { type Drawing, objectMatrix } from './drawing.ts';
import { numberIn } from './numbers.ts';
import { placedText, type TextCode, type TextShape } from './placed-text.ts';

/** Stands for a glyph that has no character. */
const LOST = '\ufffd';
const MOST_LOST = 10_000;

type CodePlace = Omit<TextCode, 'text'>;

const NOWHERE: CodePlace = { x: undefined, y: undefined, deltaX: undefined, deltaY: undefined };

interface OpenText {
  readonly id: string;
  readonly shape: TextShape;
  readonly transparent: boolean;
  readonly glyphs: string[];
  readonly words: string[];
  place: CodePlace;
}

const quarterTurns = (value: string | undefined): TextShape['turn'] => {
  const turns = ((Math.round(numberIn(value) / 90) % 4) + 4) % 4;
  if (turns === 1 || turns === 2 || turns === 3) return turns;
  return 0;
};

const opened = (attributes: Attributes): OpenText => ({
  id: attributes('ID') ?? '',
  transparent: attributes('Alpha') === '0',
  glyphs: [],
  words: [],
  place: NOWHERE,
  shape: {
    matrix: objectMatrix(attributes),
    size: Math.abs(numberIn(attributes('Size'))),
    stretch: Math.abs(numberIn(attributes('HScale') ?? '1')) || 1,
    turn: quarterTurns(attributes('CharDirection')),
  },
});

/** A TextCode that does not say where it stands begins where the one before it did. */
const nextPlace = (before: CodePlace, attributes: Attributes): CodePlace => ({
  x: attributes('X') ?? before.x,
  y: attributes('Y') ?? before.y,
  deltaX: attributes('DeltaX'),
  deltaY: attributes('DeltaY'),
});

/** Blanks in place of all characters hide a font without names for its glyphs. */
const isMute = ({ words, glyphs }: OpenText): boolean =>
  glyphs.length > 0 &&
  words.join('').trim() === '' &&
  (words.length === 0 || new Set(glyphs).size > 1);

export interface TextCollector {
  openObject(attributes: Attributes): void;
  openCode(attributes: Attributes): void;
  closeCode(words: string): void;
  closeGlyphs(words: string): void;
  closeObject(): void;
}

/** `inPattern` tells whether what is read is only the filling of a shape. */
export const textCollector = (drawing: Drawing, inPattern: () => boolean): TextCollector => {
  let text: OpenText | null = null;

  const give = (words: string, place: CodePlace, { shape, transparent }: OpenText): void => {
    const into = transparent ? drawing.transparent : drawing.pieces;
    for (const piece of placedText({ ...place, text: words }, shape)) into.push(piece);
  };
  /** A mark for each glyph, so that the page is known to be unreadable. */
  const giveLost = (open: OpenText): void => {
    const count = Math.min(open.glyphs.length, Math.max(0, MOST_LOST - drawing.lostGlyphs));
    drawing.lostGlyphs += count;
    const place = { ...NOWHERE, x: open.place.x, y: open.place.y ?? `${open.shape.size}` };
    if (count > 0) give(LOST.repeat(count), place, open);
  };
  return {
    openObject: (attributes) => {
      text = opened(attributes);
    },
    openCode: (attributes) => {
      if (text !== null) text.place = nextPlace(text.place, attributes);
    },
    closeCode: (raw) => {
      const words = raw.replace(/[\r\n]/gu, '');
      if (text === null || words === '') return;
      if (inPattern()) drawing.patterns.push(words);
      else {
        text.words.push(words);
        give(words, text.place, text);
      }
    },
    closeGlyphs: (words) => {
      for (const [glyph] of words.matchAll(/\S+/gu)) text?.glyphs.push(glyph);
    },
    closeObject: () => {
      if (text !== null && !inPattern()) {
        if (isMute(text)) giveLost(text);
        else if (text.words.length > 0) drawing.objects.set(text.id, text.words.join(''));
      }
      text = null;
    },
  };
};
