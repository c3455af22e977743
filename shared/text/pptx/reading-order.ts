/** Puts boxes on a slide in reading order: bands from top to bottom, and inside a band columns from left to right. */
import type { Box } from './shape.ts';

interface Placed<T> {
  readonly value: T;
  readonly box: Box;
}

/** Boxes of neighbours overlap a little: this share of each end does not count. */
const INSET = 0.15;
/** Above this, boxes are only sorted by their corners. */
const MOST_BOXES = 1_000;

type Axis = 'x' | 'y';

const extent = ({ box }: Placed<unknown>, axis: Axis): readonly [number, number] => {
  const [from, size] = axis === 'x' ? [box.x, box.width] : [box.y, box.height];
  return [from + size * INSET, from + size * (1 - INSET)];
};

/** Groups that a straight empty stripe across the axis parts from each other, in order. */
const parted = <T>(boxes: readonly Placed<T>[], axis: Axis): Placed<T>[][] => {
  const sorted = [...boxes].sort((a, b) => extent(a, axis)[0] - extent(b, axis)[0]);
  const groups: Placed<T>[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const box of sorted) {
    const [from, to] = extent(box, axis);
    if (from >= end || groups.length === 0) groups.push([box]);
    else groups.at(-1)?.push(box);
    end = Math.max(end, to);
  }
  return groups;
};

const byCorner = <T>(boxes: readonly Placed<T>[]): Placed<T>[] =>
  [...boxes].sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x);

export const inReadingOrder = <T>(boxes: readonly Placed<T>[]): T[] => {
  const ordered: T[] = [];
  const waiting: Placed<T>[][] = [[...boxes]];
  for (let group = waiting.pop(); group !== undefined; group = waiting.pop()) {
    const bands = group.length > MOST_BOXES ? [group] : parted(group, 'y');
    const parts = bands.length > 1 || group.length > MOST_BOXES ? bands : parted(group, 'x');
    if (parts.length > 1) waiting.push(...parts.reverse());
    else ordered.push(...byCorner(group).map(({ value }) => value));
  }
  return ordered;
};
