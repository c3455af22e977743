/** One text after another: what a document says itself, then what its pictures say. */
import type { Block, CanonicalText } from '../../domain/text.ts';

const moved = (block: Block, by: number): Block => {
  const place = { start: block.start + by, end: block.end + by };
  if (block.kind !== 'table') return { ...block, ...place };
  const cells = block.cells.map((cell) => ({
    ...cell,
    start: cell.start + by,
    end: cell.end + by,
  }));
  return { ...block, ...place, cells };
};

/** Format and metadata of the first; pages are those of the second, whose numbers count its pictures. */
export const joinTexts = (first: CanonicalText, second: CanonicalText): CanonicalText => {
  const by = first.text === '' ? 0 : first.text.length + 1;
  return {
    ...first,
    text: first.text === '' ? second.text : `${first.text}\n${second.text}`,
    blocks: [...first.blocks, ...second.blocks.map((block) => moved(block, by))],
    pages: second.pages.map((page) => ({ ...page, start: page.start + by, end: page.end + by })),
    warnings: [...first.warnings, ...second.warnings],
  };
};
