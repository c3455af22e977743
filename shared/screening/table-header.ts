/** The words at the head of the table that a place stands in: they say what its columns hold. */
import type { CanonicalText } from '../domain/text.ts';

/** Characters taken for the head of a table. */
const HEADER = 300;

/** Empty where the place stands in no table. */
export const tableHeader = ({ text, blocks }: CanonicalText, at: number): string => {
  let [low, high] = [0, blocks.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((blocks[middle]?.start ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  const block = blocks[low];
  return block?.kind === 'table' && at < block.end
    ? text.slice(block.start, block.start + HEADER)
    : '';
};
