/** Cuts a whole page into lines: those in the cells of its tables first, then those around the tables. */
import type { Grid } from '../pdf/ruled-grids.ts';
import { cutLines } from './cut-lines.ts';
import type { Box, InkMap } from './page-image.ts';

const POINTS = 72;

export interface CutLine {
  readonly box: Box;
  /** Where the line may reach: its cell, or the page. */
  readonly room: Box;
}

export interface Measures {
  /** Usual height of a character, in pixels. */
  readonly em: number;
  readonly emIn: (box: Box) => number;
  readonly dpi: number;
}

/** The cells without their edges, in pixels; what lies outside the page is left out. */
const cellBoxes = (grid: Grid, map: InkMap, dpi: number): Box[] => {
  const scale = dpi / POINTS;
  const inset = Math.max(1, Math.round(dpi / 120));
  const boxes = grid.cells.map((cell) => ({
    left: Math.max(0, Math.round((grid.xs[cell.column] ?? 0) * scale) + inset),
    right: Math.min(
      map.width,
      Math.round((grid.xs[cell.column + cell.columnSpan] ?? 0) * scale) - inset,
    ),
    top: Math.max(0, Math.round((grid.ys[cell.row] ?? 0) * scale) + inset),
    bottom: Math.min(
      map.height,
      Math.round((grid.ys[cell.row + cell.rowSpan] ?? 0) * scale) - inset,
    ),
  }));
  return boxes.filter((box) => box.right > box.left && box.bottom > box.top);
};

const clearBox = ({ width, height, ink }: InkMap, box: Box): void => {
  for (let y = Math.max(0, box.top); y < Math.min(height, box.bottom); y += 1)
    ink.fill(0, y * width + Math.max(0, box.left), y * width + Math.min(width, box.right));
};

const clearGrid = (map: InkMap, { xs, ys }: Grid, scale: number): void =>
  clearBox(map, {
    left: Math.floor((xs[0] ?? 0) * scale) - 2,
    right: Math.ceil((xs.at(-1) ?? 0) * scale) + 3,
    top: Math.floor((ys[0] ?? 0) * scale) - 2,
    bottom: Math.ceil((ys.at(-1) ?? 0) * scale) + 3,
  });

/** Takes the tables out of the ink of `map`. Grids are in points. */
export const cutPage = (
  map: InkMap,
  grids: readonly Grid[],
  { em, emIn, dpi }: Measures,
): CutLine[] => {
  const cutIn = (room: Box): CutLine[] =>
    cutLines(map, room, { em, emIn }).map((box) => ({ box, room }));
  const inside = grids.flatMap((grid) => cellBoxes(grid, map, dpi).flatMap(cutIn));
  for (const grid of grids) clearGrid(map, grid, dpi / POINTS);
  return [...inside, ...cutIn({ left: 0, top: 0, right: map.width, bottom: map.height })];
};
