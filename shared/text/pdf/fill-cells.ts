/** Puts the text of a page into the cells of its ruled tables; what lies outside stays text. */
import { emsOf } from './clean-line.ts';
import { emsToBegin, separatorOf } from './join-paragraphs.ts';
import type { Run } from './page-marks.ts';
import type { Grid, GridCell } from './ruled-grids.ts';
import { type Line, linesOf } from './text-lines.ts';

export interface FilledCell extends GridCell {
  readonly lines: readonly Line[];
  readonly left: number;
  readonly right: number;
}

export interface FilledTable {
  readonly xs: readonly number[];
  readonly top: number;
  readonly bottom: number;
  readonly rows: number;
  readonly cells: readonly FilledCell[];
  readonly openTop: boolean;
  readonly openBottom: boolean;
}

/** Index of the gap that `value` lies in; −1 outside. `edges` ascend. */
const gapOf = (edges: readonly number[], value: number): number => {
  let [low, high] = [0, edges.length - 1];
  if (value < (edges[0] ?? 0) || value > (edges[high] ?? 0)) return -1;
  while (high - low > 1) {
    const mid = (low + high) >> 1;
    if ((edges[mid] ?? 0) <= value) low = mid;
    else high = mid;
  }
  return low;
};

/** Cuts a run where it passes a vertical line, by the widths of Chinese fonts; closing marks may hang over it. */
export const cutRun = (run: Run, edges: readonly number[]): Run[] => {
  const slack = run.size * 0.5;
  const inside = edges.filter((at) => at > run.x + slack && at < run.x + run.width - slack);
  if (inside.length === 0) return [run];
  const scale = run.width / Math.max(0.5, emsOf(run.text));
  const pieces: Run[] = [];
  let piece = '';
  let [start, x, next] = [run.x, run.x, 0];
  const end =
    run.text.length - (/[，。、；：！？）》」』】〕”’]{1,9}$/u.exec(run.text)?.[0].length ?? 0);
  let at = 0;
  for (const character of run.text) {
    const width = emsOf(character) * scale;
    const edge = inside[next];
    if (edge !== undefined && at < end && x + width / 2 > edge) {
      pieces.push({ ...run, text: piece, x: start, width: x - start });
      [piece, start] = ['', x];
      while ((inside[next] ?? Number.POSITIVE_INFINITY) < x + width / 2) next += 1;
    }
    piece += character;
    x += width;
    at += character.length;
  }
  return [...pieces, { ...run, text: piece, x: start, width: x - start }].filter(
    ({ text }) => text.trim() !== '',
  );
};

/** Middle of the characters, above the baseline. */
const heightOf = (run: Run): number => run.y - run.size * 0.35;

const cellIndex = (grid: Grid): Int32Array => {
  const columns = grid.xs.length - 1;
  const owners = new Int32Array(columns * (grid.ys.length - 1)).fill(-1);
  grid.cells.forEach((cell, index) => {
    for (let row = cell.row; row < cell.row + cell.rowSpan; row += 1)
      for (let at = cell.column; at < cell.column + cell.columnSpan; at += 1)
        owners[row * columns + at] = index;
  });
  return owners;
};

/** Vertical lines that stand in the row of the run. */
const edgesAt = (grid: Grid, row: number): number[] => {
  const cells = grid.cells.filter((cell) => cell.row <= row && row < cell.row + cell.rowSpan);
  return cells.map((cell) => grid.xs[cell.column] ?? 0).sort((a, b) => a - b);
};

/** Says in which cell a piece of text lies; −1 outside. Runs are cut at the lines of their row. */
const sorterOf = (grid: Grid) => {
  const owners = cellIndex(grid);
  const columns = grid.xs.length - 1;
  const edges = new Map<number, number[]>();
  return {
    pieces: (run: Run): { piece: Run; owner: number }[] => {
      const row = gapOf(grid.ys, heightOf(run));
      if (row === -1) return [{ piece: run, owner: -1 }];
      const cuts = edges.get(row) ?? edgesAt(grid, row);
      edges.set(row, cuts);
      return cutRun(run, cuts).map((piece) => {
        const column = gapOf(grid.xs, piece.x + piece.width / 2);
        return { piece, owner: column === -1 ? -1 : (owners[row * columns + column] ?? -1) };
      });
    },
  };
};

const fillGrid = (grid: Grid, runs: readonly Run[]): { table: FilledTable; rest: Run[] } => {
  const contents: Run[][] = grid.cells.map(() => []);
  const rest: Run[] = [];
  const sorter = sorterOf(grid);
  for (const run of runs)
    for (const { piece, owner } of sorter.pieces(run)) (contents[owner] ?? rest).push(piece);
  const cells = grid.cells.map((cell, index) => ({
    ...cell,
    lines: linesOf(contents[index] ?? []),
    left: grid.xs[cell.column] ?? 0,
    right: grid.xs[cell.column + cell.columnSpan] ?? 0,
  }));
  const { xs, ys, openTop, openBottom } = grid;
  const table = { xs, cells, openTop, openBottom, rows: ys.length - 1 };
  return { table: { ...table, top: ys[0] ?? 0, bottom: ys.at(-1) ?? 0 }, rest };
};

/** Tables whose cells hold text; empty ones are frames and give their room back. */
export const fillTables = (
  grids: readonly Grid[],
  runs: readonly Run[],
): { tables: FilledTable[]; rest: readonly Run[] } => {
  const tables: FilledTable[] = [];
  let rest: readonly Run[] = runs;
  for (const grid of grids) {
    const filled = fillGrid(grid, rest);
    const withText = filled.table.cells.filter((cell) => cell.lines.length > 0).length;
    if (withText < 2) continue;
    tables.push(filled.table);
    rest = filled.rest;
  }
  return { tables, rest };
};

/** A line that leaves no room for the next character was broken by the cell's edge: the next goes on with it. */
export const cellText = (cell: Pick<FilledCell, 'lines' | 'left' | 'right'>): string => {
  const { lines, left, right } = cell;
  const [first] = lines;
  if (first === undefined) return '';
  const start = lines.reduce((least, line) => Math.min(least, line.x), first.x);
  const padding = Math.min(8, Math.max(1.5, start - left));
  const room = right - left - 2 * padding;
  return lines.reduce((text, line, index) => {
    const before = lines[index - 1];
    if (before === undefined) return line.text;
    const needed = emsToBegin(line.text) * before.size;
    const broken = before.right - before.x + needed > room - before.size * 0.1;
    return text + (broken ? separatorOf(before.text, line.text) : '\n') + line.text;
  }, '');
};
