/** Builds table grids out of ruling lines: connected lines make a table, lines between cells make rows and columns. */
import type { Rule } from './page-marks.ts';

/** Rows and columns count from 0 and index the gaps between `ys` and between `xs`. */
export interface GridCell {
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
}

export interface Grid {
  /** Places of the vertical lines from left to right, of the horizontal ones from top to bottom. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly cells: readonly GridCell[];
  /** No rule closes the table here: its first or last row is cut by the end of the page. */
  readonly openTop: boolean;
  readonly openBottom: boolean;
}

/** Lines closer than this are one; ends closer than this touch. Points. */
const TOUCH = 3;
const OVERHANG = 6;
/** More lines than this on one page are a drawing, not a table. */
export const MOST_LINES = 3_000;
const MOST_GRID_CELLS = 60_000;

/** Lines on one track, joined where they touch. */
export const joinedRules = (rules: readonly Rule[]): Rule[] => {
  const sorted = [...rules].sort((a, b) => Number(a.across) - Number(b.across) || a.at - b.at);
  const tracks: Rule[][] = [];
  for (const rule of sorted) {
    const track = tracks.at(-1);
    const last = track?.at(-1);
    if (track !== undefined && last?.across === rule.across && rule.at - last.at <= 1.2)
      track.push(rule);
    else tracks.push([rule]);
  }
  return tracks.flatMap((track) => {
    const parts = [...track].sort((a, b) => a.from - b.from);
    const joined: Rule[] = [];
    for (const part of parts) {
      const last = joined.at(-1);
      if (last !== undefined && part.from - last.to <= TOUCH)
        joined[joined.length - 1] = { ...last, to: Math.max(last.to, part.to) };
      else joined.push(part);
    }
    return joined;
  });
};

const crosses = (across: Rule, down: Rule): boolean =>
  across.from - TOUCH <= down.at &&
  down.at <= across.to + TOUCH &&
  down.from - TOUCH <= across.at &&
  across.at <= down.to + TOUCH;

const rootsOf = (count: number) => {
  const parents = Array.from({ length: count }, (_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parents[at] !== at && parents[at] !== undefined) {
      parents[at] = parents[parents[at] ?? at] ?? at;
      at = parents[at] ?? at;
    }
    return at;
  };
  return {
    root,
    unite: (one: number, other: number): void => {
      parents[root(one)] = root(other);
    },
  };
};

/** Lines that hang together by crossings. */
const clustersOf = (rules: readonly Rule[]): Rule[][] => {
  const across = rules.filter((rule) => rule.across);
  const down = rules.filter((rule) => !rule.across);
  const { root, unite } = rootsOf(rules.length);
  const ordered = [...across, ...down];
  across.forEach((line, index) => {
    down.forEach((other, offset) => {
      if (crosses(line, other)) unite(index, across.length + offset);
    });
  });
  const indexes = ordered.map((_, index) => index);
  return [...Map.groupBy(indexes, root).values()].map((members) =>
    members.flatMap((index) => ordered[index] ?? []),
  );
};

const positionsOf = (values: readonly number[]): number[] => {
  const positions: number[] = [];
  for (const value of [...values].sort((a, b) => a - b))
    if (value - (positions.at(-1) ?? Number.NEGATIVE_INFINITY) > TOUCH) positions.push(value);
  return positions;
};

/** True where a line on `at` covers the middle of `from`–`to`. */
const borders = (lines: readonly Rule[], at: number, span: readonly [number, number]): boolean => {
  const middle = (span[0] + span[1]) / 2;
  return lines.some(
    (line) => Math.abs(line.at - at) <= TOUCH && line.from <= middle && middle <= line.to,
  );
};

interface Lattice {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly across: readonly Rule[];
  readonly down: readonly Rule[];
}

const onTrack = (lines: readonly Rule[], positions: readonly number[]): Rule[][] =>
  positions.map((at) => lines.filter((line) => Math.abs(line.at - at) <= TOUCH));

/** Neighbours right of and below an elementary cell that no line parts from it. */
const neighboursOf = (lattice: Lattice) => {
  const { xs, ys } = lattice;
  const [columns, rows] = [xs.length - 1, ys.length - 1];
  const acrossOn = onTrack(lattice.across, ys);
  const downOn = onTrack(lattice.down, xs);
  return (cell: number): number[] => {
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    const [left, right] = [xs[column] ?? 0, xs[column + 1] ?? 0];
    const [top, bottom] = [ys[row] ?? 0, ys[row + 1] ?? 0];
    const beside = column + 1 < columns && !borders(downOn[column + 1] ?? [], right, [top, bottom]);
    const below = row + 1 < rows && !borders(acrossOn[row + 1] ?? [], bottom, [left, right]);
    return [...(beside ? [cell + 1] : []), ...(below ? [cell + columns] : [])];
  };
};

/** Elementary cells that no line parts belong together. */
const regionsOf = (lattice: Lattice): number[][] => {
  const count = (lattice.xs.length - 1) * (lattice.ys.length - 1);
  const { root, unite } = rootsOf(count);
  const neighbours = neighboursOf(lattice);
  for (let cell = 0; cell < count; cell += 1)
    for (const other of neighbours(cell)) unite(cell, other);
  const cells = Array.from({ length: count }, (_, cell) => cell);
  return [...Map.groupBy(cells, root).values()];
};

/** A region that is no rectangle is given back cell by cell. */
const cellsOf = (members: readonly number[], columns: number): GridCell[] => {
  const rows = members.map((cell) => Math.floor(cell / columns));
  const places = members.map((cell) => cell % columns);
  const [row, column] = [rows[0] ?? 0, places.reduce((least, at) => Math.min(least, at), columns)];
  const rowSpan = (rows.at(-1) ?? 0) - row + 1;
  const columnSpan = places.reduce((most, at) => Math.max(most, at), 0) - column + 1;
  if (rowSpan * columnSpan === members.length) return [{ row, column, rowSpan, columnSpan }];
  return members.map((cell) => ({
    row: Math.floor(cell / columns),
    column: cell % columns,
    rowSpan: 1,
    columnSpan: 1,
  }));
};

/** Adds an edge where lines run on beyond the last one that crosses them. */
const closed = (positions: readonly number[], ends: readonly Rule[]) => {
  const from = ends.reduce((least, line) => Math.min(least, line.from), Number.POSITIVE_INFINITY);
  const to = ends.reduce((most, line) => Math.max(most, line.to), Number.NEGATIVE_INFINITY);
  const openStart = (positions[0] ?? from) - from > OVERHANG;
  const openEnd = to - (positions.at(-1) ?? to) > OVERHANG;
  return {
    positions: [...(openStart ? [from] : []), ...positions, ...(openEnd ? [to] : [])],
    openStart,
    openEnd,
  };
};

const gridOf = (cluster: readonly Rule[]): Grid | null => {
  const across = cluster.filter((rule) => rule.across);
  const down = cluster.filter((rule) => !rule.across);
  if (across.length === 0 || down.length === 0) return null;
  const wide = closed(positionsOf(down.map((line) => line.at)), across);
  const high = closed(positionsOf(across.map((line) => line.at)), down);
  const [xs, ys] = [wide.positions, high.positions];
  if ((xs.length - 1) * (ys.length - 1) > MOST_GRID_CELLS) return null;
  const regions = regionsOf({ xs, ys, across, down });
  const cells = regions.flatMap((members) => cellsOf(members, xs.length - 1));
  if (cells.length < 2) return null;
  return { xs, ys, cells, openTop: high.openStart, openBottom: high.openEnd };
};

/** The number of the cell of `outer` that all of `inner` lies in; −1 if there is none. */
const lyingIn = (outer: Grid, inner: Grid): number =>
  outer.cells.findIndex(
    (cell) =>
      (outer.xs[cell.column] ?? 0) <= (inner.xs[0] ?? 0) + TOUCH &&
      (outer.xs[cell.column + cell.columnSpan] ?? 0) >= (inner.xs.at(-1) ?? 0) - TOUCH &&
      (outer.ys[cell.row] ?? 0) <= (inner.ys[0] ?? 0) + TOUCH &&
      (outer.ys[cell.row + cell.rowSpan] ?? 0) >= (inner.ys.at(-1) ?? 0) - TOUCH,
  );

/** A table inside a cell: the one with more cells stays; frames that lay out a page give way. */
const withoutNested = (grids: readonly Grid[]): Grid[] =>
  grids.filter((grid) =>
    grids.every((other) => {
      if (other === grid) return true;
      if (lyingIn(grid, other) !== -1) return grid.cells.length >= other.cells.length;
      return lyingIn(other, grid) === -1 || grid.cells.length > other.cells.length;
    }),
  );

/** Tables of a page from top to bottom. A single box is no table. */
export const gridsOf = (rules: readonly Rule[]): Grid[] => {
  const joined = joinedRules(rules);
  if (joined.length > MOST_LINES) return [];
  const grids = clustersOf(joined).flatMap((cluster) => gridOf(cluster) ?? []);
  return withoutNested(grids).sort((a, b) => (a.ys[0] ?? 0) - (b.ys[0] ?? 0));
};
