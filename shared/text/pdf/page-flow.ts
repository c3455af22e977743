/** Puts tables and text of all pages in reading order and joins what runs over from one page to the next. */
import { type FilledTable, fillTables } from './fill-cells.ts';
import { type Column, columnOf, goesOn, paragraphsOf, separatorOf } from './join-paragraphs.ts';
import { sameColumns } from './join-tables.ts';
import { withoutFurniture } from './page-furniture.ts';
import type { PageMarks } from './page-marks.ts';
import { gridsOf } from './ruled-grids.ts';
import { zonesOf } from './text-columns.ts';
import { type Line, linesOf } from './text-lines.ts';

export type FlowPart =
  | { readonly kind: 'paragraph'; readonly parts: string[]; last: Line; column: Column }
  | { readonly kind: 'table'; readonly parts: FilledTable[] };

export interface FlowPage {
  readonly parts: readonly FlowPart[];
  /** All text of the page without furniture, for judging it. */
  readonly text: string;
}

interface LaidZone {
  readonly lines: readonly Line[];
  readonly beside: boolean;
}

interface LaidPage {
  readonly width: number;
  readonly height: number;
  readonly tables: readonly FilledTable[];
  readonly zones: readonly LaidZone[];
}

export const layPage = (marks: PageMarks): LaidPage => {
  const { tables, rest } = fillTables(gridsOf(marks.rules), marks.runs);
  const zones = zonesOf(rest, marks.width).map((zone) => ({
    lines: linesOf(zone.runs),
    beside: zone.beside,
  }));
  return { width: marks.width, height: marks.height, tables, zones };
};

/** Width of the text where a page has enough lines to tell; short last pages take it from the others. */
const usualWidth = (zones: readonly LaidZone[]): number => {
  const widths = zones
    .filter((zone) => !zone.beside && zone.lines.length >= 8)
    .map((zone) => columnOf(zone.lines))
    .map((column) => column.right - column.left)
    .sort((a, b) => a - b);
  return widths[Math.floor(widths.length / 2)] ?? 0;
};

/** Where no page has enough lines to tell, text is at least this share of the page wide: shorter lines end on their own. */
const LEAST_WIDTH = 0.6;

const columnFor = (zone: LaidZone, width: number): Column => {
  const column = columnOf(zone.lines);
  return zone.beside ? column : { ...column, right: Math.max(column.right, column.left + width) };
};

const paragraphParts = (lines: readonly Line[], column: Column): FlowPart[] =>
  paragraphsOf(lines, column).flatMap((paragraph) => {
    const last = paragraph.lines.at(-1);
    if (last === undefined) return [];
    return [{ kind: 'paragraph', parts: [paragraph.text], last, column } as const];
  });

/** Tables stand where their upper edge is among the lines. */
const partsOf = (page: LaidPage, zones: readonly LaidZone[], width: number): FlowPart[] => {
  const parts: FlowPart[] = [];
  const waiting = [...page.tables];
  const emitTables = (until: number): void => {
    while ((waiting[0]?.top ?? Number.POSITIVE_INFINITY) < until) {
      const table = waiting.shift();
      if (table !== undefined) parts.push({ kind: 'table', parts: [table] });
    }
  };
  for (const zone of zones) {
    if (zone.lines.length === 0) continue;
    const column = columnFor(zone, width);
    let open: Line[] = [];
    for (const line of zone.lines) {
      if ((waiting[0]?.top ?? Number.POSITIVE_INFINITY) < line.y) {
        parts.push(...paragraphParts(open, column));
        open = [];
        emitTables(line.y);
      }
      open.push(line);
    }
    parts.push(...paragraphParts(open, column));
  }
  emitTables(Number.POSITIVE_INFINITY);
  return parts;
};

/** True where `next` was taken into `last`, the final part of an earlier page. */
const joinOver = (
  last: FlowPart | undefined,
  next: FlowPart | undefined,
  first: Line | undefined,
): boolean => {
  if (last?.kind === 'table' && next?.kind === 'table') {
    const [table, other] = [last.parts.at(-1), next.parts[0]];
    if (table === undefined || other === undefined || !sameColumns(table, other)) return false;
    last.parts.push(...next.parts);
    return true;
  }
  if (last?.kind !== 'paragraph' || next?.kind !== 'paragraph' || first === undefined) return false;
  if (!goesOn(last.last, first, { column: last.column, next: next.column, apart: true }))
    return false;
  last.parts.push(separatorOf(last.last.text, first.text), ...next.parts);
  last.last = next.last;
  return true;
};

const wordsOf = (zones: readonly LaidZone[], tables: readonly FilledTable[]): string =>
  [
    ...zones.flatMap((zone) => zone.lines),
    ...tables.flatMap((table) => table.cells.flatMap((cell) => cell.lines)),
  ]
    .map((line) => line.text)
    .join('\n');

/** `readable` says of each page whether its text may be used; nothing is joined over a page that may not. */
export const flowOf = (
  marks: readonly PageMarks[],
  readable: (page: number, text: string) => boolean,
): { pages: FlowPage[]; running: readonly string[] } => {
  const laid = marks.map(layPage);
  const furniture = withoutFurniture(
    laid.map((page) => ({ height: page.height, lines: page.zones.flatMap((zone) => zone.lines) })),
  );
  const zonesByPage = laid.map((page, index) => {
    const kept = new Set(furniture.pages[index] ?? []);
    return page.zones.map((zone) => ({
      ...zone,
      lines: zone.lines.filter((line) => kept.has(line)),
    }));
  });
  const width = usualWidth(zonesByPage.flat());
  let last: FlowPart | undefined;
  const pages = laid.map((page, index) => {
    const zones = zonesByPage[index] ?? [];
    const text = wordsOf(zones, page.tables);
    if (!readable(index, text)) {
      last = undefined;
      return { parts: [], text };
    }
    const parts = partsOf(page, zones, width === 0 ? LEAST_WIDTH * page.width : width);
    const first = zones.find((zone) => zone.lines.length > 0)?.lines[0];
    if (joinOver(last, parts[0], first)) parts.shift();
    last = parts.at(-1) ?? last;
    return { parts, text };
  });
  return { pages, running: furniture.running };
};
