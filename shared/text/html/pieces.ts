/** The blocks of an article before they are laid into a text, so that its first lines can be looked at. */
import type { CanonicalBuilder } from '../canonical.ts';
import type { Element } from './page-tree.ts';
import { renderInto } from './render.ts';

export interface Piece {
  /** What it says, line by line; the cells of a table each. */
  readonly lines: readonly string[];
  addTo(builder: CanonicalBuilder): void;
}

/** Blocks that say something, in reading order. Throws PageLimit as `renderInto` does. */
export const piecesOf = (main: Element): Piece[] => {
  const pieces: Piece[] = [];
  renderInto(main, {
    heading: (text, level) =>
      pieces.push({ lines: text.split('\n'), addTo: (builder) => builder.heading(text, level) }),
    paragraph: (text) =>
      pieces.push({ lines: text.split('\n'), addTo: (builder) => builder.paragraph(text) }),
    table: (cells, headerRows) =>
      pieces.push({
        lines: cells.map(({ text }) => text),
        addTo: (builder) => builder.table(cells, headerRows),
      }),
  });
  return pieces.filter(({ lines }) => lines.some((line) => line.trim() !== ''));
};
