/** Reads where shapes stand, through the groups that they are in. */
import { wholeNumber } from '../docx/on-off.ts';
import type { Attributes } from '../xml-pass.ts';
import type { Box, Shape } from './shape.ts';

/** x' = x·scaleX + x0, and y alike. */
interface Placing {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly x0: number;
  readonly y0: number;
}

const AS_IT_IS: Placing = { scaleX: 1, scaleY: 1, x0: 0, y0: 0 };
const BOUNDS = { least: -1e10, most: 1e10 };

type Pair = readonly [number, number];

interface Frame {
  off: Pair;
  ext: Pair;
  childOff: Pair;
  childExt: Pair | null;
}

const newFrame = (): Frame => ({ off: [0, 0], ext: [0, 0], childOff: [0, 0], childExt: null });

const numberAt = (attributes: Attributes, name: string): number =>
  wholeNumber(attributes(name), BOUNDS) ?? 0;

const boxIn = ({ off, ext }: Frame, placing: Placing): Box => ({
  x: off[0] * placing.scaleX + placing.x0,
  y: off[1] * placing.scaleY + placing.y0,
  width: Math.abs(ext[0] * placing.scaleX),
  height: Math.abs(ext[1] * placing.scaleY),
});

/** From the children of a group to the slide. */
const inside = ({ off, ext, childOff, childExt }: Frame, outer: Placing): Placing => {
  const [width, height] = childExt ?? ext;
  const scaleX = width === 0 ? 1 : ext[0] / width;
  const scaleY = height === 0 ? 1 : ext[1] / height;
  return {
    scaleX: outer.scaleX * scaleX,
    scaleY: outer.scaleY * scaleY,
    x0: (off[0] - childOff[0] * scaleX) * outer.scaleX + outer.x0,
    y0: (off[1] - childOff[1] * scaleY) * outer.scaleY + outer.y0,
  };
};

export const placeReader = (shape: () => Shape | null) => {
  const groups: Placing[] = [];
  let frame: Frame | null = null;
  const outer = (): Placing => groups.at(-1) ?? AS_IT_IS;
  const begin = (): void => {
    frame = newFrame();
  };
  const set =
    (name: keyof Frame, [first, second]: readonly [string, string]) =>
    (attributes: Attributes): void => {
      if (frame !== null)
        Object.assign(frame, {
          [name]: [numberAt(attributes, first), numberAt(attributes, second)],
        });
    };
  /** Outside of any shape it places the group that is open. */
  const end = (): void => {
    const own = shape();
    if (frame !== null && own !== null) own.box ??= boxIn(frame, outer());
    else if (frame !== null && groups.length > 0)
      groups.push(inside(frame, groups.pop() ?? AS_IT_IS));
    frame = null;
  };
  const open: readonly (readonly [string, (attributes: Attributes) => void])[] = [
    ['p:grpSp', () => void groups.push(outer())],
    ['a:xfrm', begin],
    ['p:xfrm', begin],
    ['a:off', set('off', ['x', 'y'])],
    ['a:ext', set('ext', ['cx', 'cy'])],
    ['a:chOff', set('childOff', ['x', 'y'])],
    ['a:chExt', set('childExt', ['cx', 'cy'])],
  ];
  const close: readonly (readonly [string, () => void])[] = [
    ['p:grpSp', () => void groups.pop()],
    ['a:xfrm', end],
    ['p:xfrm', end],
  ];
  return { open, close };
};
