/** Reads a web page into canonical text: the article with its title and tables, and what the page says beside it. */

import { megabytes } from '../domain/limits.ts';
import type { Refusal } from '../domain/refusal.ts';
import { refusal } from '../domain/refusal.ts';
import type { Result } from '../domain/result.ts';
import { accept, refuse } from '../domain/result.ts';
import type { CanonicalText } from '../domain/text.ts';
import { type CanonicalBuilder, canonicalBuilder } from './canonical.ts';
import { declaredIn, decodeText } from './charset.ts';
import { bodyOf, mainContent } from './html/main-content.ts';
import { entriesAround, headEntries, toldLines } from './html/page-metadata.ts';
import { outerTitle } from './html/page-title.ts';
import { PageLimit, parsePage } from './html/page-tree.ts';
import { type Piece, piecesOf } from './html/pieces.ts';
import { LIMITS } from './limits.ts';

const LINES_TRIED_FOR_TITLE = 12;

const linesOf = (pieces: readonly Piece[]): string[] =>
  pieces.slice(0, LINES_TRIED_FOR_TITLE).flatMap(({ lines }) => lines);

const readPage = (html: string, builder: CanonicalBuilder): void => {
  const page = parsePage(html);
  const entries = headEntries(page);
  for (const { name, value } of entries) builder.metadata(name, value);
  const body = bodyOf(page);
  if (body === null) return;
  const main = mainContent(body);
  const pieces = piecesOf(main);
  if (main !== body) {
    const beside = entriesAround(body, main);
    for (const { name, value } of beside) builder.metadata(name, value);
    for (const line of toldLines(beside)) builder.paragraph(line);
    builder.heading(outerTitle({ body, main, lines: linesOf(pieces) }, entries), 1);
  }
  for (const piece of pieces) piece.addTo(builder);
  if (pieces.length === 0) builder.warn('W_TITLE_ONLY');
};

/**
 * Refuses with TOO_LARGE over 20 MB, STRUCTURE_LIMIT where nesting or number of elements are beyond any page, with
 * NO_TEXT for framesets and empty pages, and as `decodeText` does.
 */
export const readHtml = async (bytes: Uint8Array): Promise<Result<CanonicalText, Refusal>> => {
  if (bytes.length > LIMITS.htmlBytes)
    return refuse(refusal('TOO_LARGE', megabytes(LIMITS.htmlBytes)));
  const decoded = decodeText(bytes, { declared: declaredIn(bytes) });
  if (!decoded.ok) return decoded;
  const { text, charset, replaced } = decoded.value;
  const builder = canonicalBuilder();
  builder.metadata('charset', charset);
  if (replaced > 0) builder.warn('W_REPLACED_CHARACTERS', String(replaced));
  try {
    readPage(text, builder);
  } catch (error) {
    if (error instanceof PageLimit) return refuse(refusal('STRUCTURE_LIMIT', error.message));
    throw error;
  }
  return builder.length() === 0 ? refuse(refusal('NO_TEXT')) : accept(builder.build('html'));
};
