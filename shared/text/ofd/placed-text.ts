/** Places the characters of one TextCode on the page and cuts them into pieces that stand together. */
import { isWide } from '../pdf/clean-line.ts';
import { combine, type Matrix } from '../pdf/page-marks.ts';
import type { PlacedText } from '../pdf/placed-runs.ts';
import { POINTS } from './drawing.ts';
import { distancesIn, numberIn } from './numbers.ts';

/** What a TextObject says of all its characters. */
export interface TextShape {
  /** From the object's own space to the page, in millimetres. */
  readonly matrix: Matrix;
  readonly size: number;
  /** Narrowing of the characters, 1 for none. */
  readonly stretch: number;
  /** Quarter turns of the characters, clockwise. */
  readonly turn: 0 | 1 | 2 | 3;
}

export interface TextCode {
  readonly x: string | undefined;
  readonly y: string | undefined;
  readonly deltaX: string | undefined;
  readonly deltaY: string | undefined;
  readonly text: string;
}

type Place = readonly [number, number];

/** Width in ems as usual fonts set it. */
const emsOf = (character: string): number => {
  if (isWide(character)) return 1;
  if (/[iljtfrI.,:;'|!()[\] ]/u.test(character)) return 0.3;
  if (/[mwMW@%]/u.test(character)) return 0.85;
  return /[A-Z]/u.test(character) ? 0.68 : 0.5;
};

const TURNS: readonly Matrix[] = [
  [1, 0, 0, 1, 0, 0],
  [0, 1, -1, 0, 0, 0],
  [-1, 0, 0, -1, 0, 0],
  [0, -1, 1, 0, 0, 0],
];

/** Where each character stands, with the way along which characters follow each other as the x axis. */
const placesOf = (characters: readonly string[], code: TextCode, shape: TextShape): Place[] => {
  const gaps = characters.length - 1;
  const across = distancesIn(code.deltaX, gaps);
  const down = distancesIn(code.deltaY, gaps);
  const places: Place[] = [];
  let [x, y] = [numberIn(code.x), numberIn(code.y)];
  characters.forEach((character, index) => {
    places.push([x, y]);
    const natural = emsOf(character) * shape.size * shape.stretch;
    x += across?.[index] ?? (down === null ? natural : 0);
    y += down?.[index] ?? 0;
  });
  return places;
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

interface Steps {
  /** Index of the first character of each piece. */
  readonly starts: readonly number[];
  readonly downwards: boolean;
}

/** Cuts where the text goes to another line, back, or over a gap that is no letter spacing. */
const stepsOf = (
  characters: readonly string[],
  places: readonly Place[],
  shape: TextShape,
): Steps => {
  const [cos = 1, sin = 0] = TURNS[shape.turn] ?? [];
  const moves = places.slice(1).map(([x, y], index) => {
    const [fromX = 0, fromY = 0] = places[index] ?? [];
    const [stepX, stepY] = [x - fromX, y - fromY];
    return { along: stepX * cos + stepY * sin, beside: stepY * cos - stepX * sin };
  });
  const total = moves.reduce((sum, move) => sum + Math.abs(move.along), 0);
  const aside = moves.reduce((sum, move) => sum + Math.abs(move.beside), 0);
  const downwards = aside > total;
  const usual = median(moves.map((move) => (downwards ? move.beside : move.along)));
  const starts = moves.flatMap(({ along, beside }, index) => {
    const [main, other] = downwards ? [beside, along] : [along, beside];
    const ems = downwards ? 1 : emsOf(characters[index] ?? '') * shape.stretch;
    const wide = main > 2 * Math.max(ems * shape.size, usual) + 0.5 * shape.size;
    const away = Math.abs(other) > 0.5 * shape.size || main < -0.3 * shape.size;
    return wide || away ? [index + 1] : [];
  });
  return { starts: [0, ...starts], downwards };
};

const pieceOf = (
  characters: readonly string[],
  places: readonly Place[],
  { shape, downwards }: { shape: TextShape; downwards: boolean },
): PlacedText => {
  const { size, stretch, turn } = shape;
  const [x = 0, y = 0] = places[0] ?? [];
  const [toX = 0, toY = 0] = places.at(-1) ?? [];
  const glyph = TURNS[turn] ?? [1, 0, 0, 1, 0, 0];
  const placed = combine(combine(shape.matrix, [1, 0, 0, 1, x, y]), glyph);
  const matrix = combine(placed, [size, 0, 0, size, 0, 0]);
  const last = emsOf(characters.at(-1) ?? '') * size * stretch;
  const along = downwards ? size : Math.hypot(toX - x, toY - y) + last;
  const scale = Math.hypot(placed[0], placed[1]);
  return { text: characters.join(''), width: along * scale * POINTS, matrix };
};

/** Pieces of the text in the page's space, in millimetres; their widths are in points. */
export const placedText = (code: TextCode, shape: TextShape): PlacedText[] => {
  const characters = Array.from(code.text);
  const places = placesOf(characters, code, shape);
  const { starts, downwards } = stepsOf(characters, places, shape);
  return starts.map((from, index) => {
    const to = starts[index + 1] ?? characters.length;
    return pieceOf(characters.slice(from, to), places.slice(from, to), { shape, downwards });
  });
};
