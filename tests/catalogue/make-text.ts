/** Builds canonical text with tables for parser tests: a cell is its words, or words with spans; `null` is no cell. */
import type { CanonicalText } from '../../shared/domain/text.ts';
import { type CellInput, canonicalBuilder } from '../../shared/text/canonical.ts';

export type CellSketch =
  | string
  | null
  | { readonly text: string; readonly rows?: number; readonly columns?: number };
export type TableSketch = readonly (readonly CellSketch[])[];

const taken = (held: Set<string>, row: number, column: number): number => {
  let at = column;
  while (held.has(`${row}:${at}`)) at += 1;
  return at;
};

const spansOf = (sketch: Exclude<CellSketch, null>) =>
  typeof sketch === 'string'
    ? { text: sketch, rowSpan: 1, columnSpan: 1 }
    : { text: sketch.text, rowSpan: sketch.rows ?? 1, columnSpan: sketch.columns ?? 1 };

const hold = (held: Set<string>, { row, column, rowSpan = 1, columnSpan = 1 }: CellInput): void => {
  for (let down = 0; down < rowSpan; down += 1)
    for (let right = 0; right < columnSpan; right += 1) held.add(`${row + down}:${column + right}`);
};

/** Places cells left to right as html does: slots under a row span are skipped. */
const placed = (rows: TableSketch): CellInput[] => {
  const held = new Set<string>();
  const cells: CellInput[] = [];
  for (const [row, sketches] of rows.entries()) {
    let column = 0;
    for (const sketch of sketches) {
      column = taken(held, row, column);
      if (sketch !== null) {
        const cell = { row, column, ...spansOf(sketch) };
        cells.push(cell);
        hold(held, cell);
      }
      column += 1;
    }
  }
  return cells;
};

/** Strings are paragraphs, arrays are tables. */
export const textOf = (...parts: readonly (string | TableSketch)[]): CanonicalText => {
  const builder = canonicalBuilder();
  for (const part of parts) {
    if (typeof part === 'string') builder.paragraph(part);
    else builder.table(placed(part));
  }
  return builder.build('docx');
};
