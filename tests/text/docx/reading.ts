/** Shortens what the docx tests ask of the reader. */
import type { CanonicalText, TableBlock } from '../../../shared/domain/text.ts';
import { readDocx } from '../../../shared/text/read-docx.ts';
import { type RawParts, rawDocx } from '../../making/raw-docx.ts';

export const readBytes = async (bytes: Uint8Array): Promise<CanonicalText> => {
  const read = await readDocx(bytes);
  if (!read.ok) throw new Error(`refused: ${read.error.kind} ${read.error.detail}`);
  return read.value;
};

export const reading = (parts: RawParts): Promise<CanonicalText> => readBytes(rawDocx(parts));

export const textOf = async (body: string): Promise<string> => (await reading({ body })).text;

export const codes = (text: CanonicalText): string[] => text.warnings.map(({ code }) => code);

export const firstTable = (text: CanonicalText): TableBlock => {
  const table = text.blocks.find((block) => block.kind === 'table');
  if (table?.kind !== 'table') throw new Error('no table');
  return table;
};

/** row,column,rowSpan,columnSpan and text of each cell. */
export const cellsOf = (text: CanonicalText): (readonly [string, string])[] =>
  firstTable(text).cells.map((cell) => [
    [cell.row, cell.column, cell.rowSpan, cell.columnSpan].join(),
    text.text.slice(cell.start, cell.end),
  ]);
