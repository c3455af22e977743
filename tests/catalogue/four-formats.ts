/** Writes one notice with a task table as text, docx, pdf and html, all in memory. */
import { layOutDocument, makePdf, type TablePart } from '../../fixtures/make-pdf.ts';
import { makeDocx } from '../making/make-docx.ts';
import type { SeedNotice } from '../making/seed-notice.ts';

const escaped = (text: string): string =>
  text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/\n/gu, '<br>');

export const asText = ({ before, table }: SeedNotice): Uint8Array => {
  const rows = table.rows.map(({ cells }) => `${cells.map((cell) => `\t${cell}`).join('\n')}\n`);
  return new TextEncoder().encode([...before, ...rows].join('\n'));
};

export const asDocx = ({ before, table }: SeedNotice): Promise<Uint8Array> =>
  makeDocx([
    ...before.map((text) => ({ kind: 'paragraph' as const, text })),
    { kind: 'table', rows: table.rows },
  ]);

export const asHtml = ({ before, table }: SeedNotice): Uint8Array => {
  const width = Math.max(...table.rows.map(({ cells }) => cells.length));
  const cell = (text: string, span: number): string =>
    `<td${span > 1 ? ` colspan="${span}"` : ''}><p>${escaped(text)}</p></td>`;
  const rows = table.rows.map(
    ({ cells, merged }) =>
      `<tr>${cells.map((text) => cell(text, merged ? width : 1)).join('')}</tr>`,
  );
  const paragraphs = before.map((text) => `<p>${escaped(text)}</p>`);
  return new TextEncoder().encode(
    `<!DOCTYPE html><html><head><meta charset="utf-8"><title>通知</title></head><body><div class="content">${paragraphs.join('\n')}<table border="1">${rows.join('\n')}</table></div></body></html>`,
  );
};

/** `borders` and `breakRows` as the layout knows them: a row cut by a page end is the hard case. */
export const asPdf = (
  { before, table }: SeedNotice,
  look: Pick<TablePart, 'borders' | 'breakRows'>,
): Uint8Array => {
  const paragraphs = before.map((text) => ({ kind: 'paragraph' as const, text }));
  const columns = [0.26, 0.16, 0.18, 0.4];
  const pages = layOutDocument(
    [...paragraphs, { kind: 'table', columns, rows: table.rows, ...look }],
    { pageNumbers: 'dash' },
  );
  return makePdf(pages);
};
