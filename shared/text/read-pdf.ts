/** Reads a PDF with a text layer into canonical text: paragraphs, ruled tables, pages, and what could not be read. */
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { CanonicalText } from '../domain/text.ts';
import { canonicalBuilder } from './canonical.ts';
import { paragraphsOf } from './pdf/join-paragraphs.ts';
import { openPdf } from './pdf/open-pdf.ts';
import { withoutFurniture } from './pdf/page-furniture.ts';
import type { PageMarks } from './pdf/page-marks.ts';
import { linesOf } from './pdf/text-lines.ts';

export const readPdf = async (bytes: Uint8Array): Promise<Result<CanonicalText, Refusal>> => {
  if (bytes.length === 0) return refuse(refusal('EMPTY_FILE'));
  const opened = await openPdf(bytes);
  if (!opened.ok) return opened;
  const pdf = opened.value;
  try {
    const pages: PageMarks[] = [];
    for (let number = 1; number <= pdf.pageCount; number += 1) pages.push(await pdf.marks(number));
    const { pages: texts } = withoutFurniture(
      pages.map((page) => ({ height: page.height, lines: linesOf(page.runs) })),
    );
    const builder = canonicalBuilder();
    texts.forEach((lines, index) => {
      builder.page(index + 1, 'read');
      for (const { text } of paragraphsOf(lines)) builder.paragraph(text);
    });
    for (const [name, value] of await pdf.properties()) builder.metadata(name, value);
    return accept(builder.build('pdf'));
  } finally {
    await pdf.close();
  }
};
