/** Keeps the path of section headings above the row that is being read. */
import { oneLine } from './cell-words.ts';
import type { GridCell } from './grid.ts';
import { type SectionKind, sectionMark } from './task-numbers.ts';

export interface SectionPath {
  /** A heading in a row of its own; its mark says how deep it stands. */
  enter(heading: string): void;
  /** The section columns of a row, left to right; an empty one keeps what stands above it. */
  column(cells: readonly GridCell[]): void;
  /** Outermost first. */
  path(): string[];
}

export const openSections = (): SectionPath => {
  const stack: { kind: SectionKind; heading: string }[] = [];
  let columns: string[] = [];
  return {
    enter: (heading) => {
      const { kind } = sectionMark(heading);
      const known = stack.findIndex((above) => above.kind === kind);
      if (known >= 0) stack.splice(known);
      stack.push({ kind, heading });
      columns = [];
    },
    column: (cells) => {
      const words = cells.map((cell) => oneLine(cell.text));
      const changed = words.findIndex((word, at) => word !== '' && word !== columns[at]);
      columns = words.map((word, at) =>
        word !== '' ? word : changed < 0 || at <= changed ? (columns[at] ?? '') : '',
      );
    },
    path: () => [...stack.map(({ heading }) => heading), ...columns.filter((word) => word !== '')],
  };
};
