/** Shows a canonical text block by block, as tests read it. */
import type { CanonicalText } from '../../shared/domain/text.ts';

/** `h1 …`, `p …`, `n …`; a table as its rows of cell texts, a merged cell with its spans in front. */
export const showBlocks = ({ text, blocks }: CanonicalText): unknown[] =>
  blocks.map((block) => {
    const words = text.slice(block.start, block.end);
    if (block.kind === 'heading') return `h${block.level} ${words}`;
    if (block.kind !== 'table') return `${block.kind === 'note' ? 'n' : 'p'} ${words}`;
    const rows: string[][] = Array.from({ length: block.rows }, () => []);
    for (const cell of block.cells) {
      const spans = cell.rowSpan + cell.columnSpan > 2 ? `${cell.rowSpan}x${cell.columnSpan} ` : '';
      rows[cell.row]?.push(`${spans}${text.slice(cell.start, cell.end)}`);
    }
    return rows;
  });
