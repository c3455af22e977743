/** Reads Word 6.0 to 2003 files (.doc, also those of WPS) into canonical text: what Word shows, with list numbers, and tracked changes as if accepted. */
import type { Refusal } from '../domain/refusal.ts';
import { refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { CanonicalText } from '../domain/text.ts';
import { type CanonicalBuilder, canonicalBuilder } from './canonical.ts';
import { openWord, type WordFile } from './doc/open-word.ts';
import { summaryTitle } from './doc/summary-title.ts';
import { wordBlocks } from './doc/word-blocks.ts';
import { newMarks, type WordMarks } from './doc/word-paragraphs.ts';
import { marginLines, noteTexts, textBoxes } from './doc/word-parts.ts';
import { type OleFile, openOle } from './ole-file.ts';

const addBody = (builder: CanonicalBuilder, word: WordFile, marks: WordMarks): void => {
  const boxes = textBoxes(word, marks);
  for (const block of wordBlocks({ word, marks, boxes }, word.fib.stories.body)) {
    if (block.kind === 'table') builder.table(block.cells, block.headerRows);
    else if (block.level === null) builder.paragraph(block.text);
    else builder.heading(block.text, block.level);
  }
  for (const { texts } of boxes) for (const text of texts) builder.paragraph(text);
};

const warn = (builder: CanonicalBuilder, marks: WordMarks, ole: OleFile): void => {
  if (marks.tracked) builder.warn('W_TRACKED_CHANGES');
  if (marks.comments) builder.warn('W_COMMENTS');
  if (marks.hidden) builder.warn('W_HIDDEN_TEXT');
  if (marks.unknownSign) builder.warn('W_UNKNOWN_SYMBOL');
  if (marks.pictures > 0) builder.warn('W_PICTURES', String(marks.pictures));
  if (ole.names.has('Macros')) builder.warn('W_MACROS');
  for (const kind of marks.unread) builder.warn('W_UNREAD_PART', kind);
};

const readAll = (ole: OleFile, word: WordFile): Result<CanonicalText, Refusal> => {
  const builder = canonicalBuilder();
  const marks = newMarks();
  addBody(builder, word, marks);
  for (const text of noteTexts(word, marks)) builder.note(text);
  const { header, footer } = marginLines(word, marks);
  builder.metadata('header', header);
  builder.metadata('footer', footer);
  const summary = ole.stream('\u0005SummaryInformation');
  if (summary !== null) builder.metadata('title', summaryTitle(summary.bytes));
  if (word.fib.stories.comments.to > word.fib.stories.comments.from) marks.comments = true;
  warn(builder, marks, ole);
  for (const format of word.labels.unknownFormats()) builder.warn('W_NUMBER_FORMAT', format);
  const text = builder.build('doc');
  if (text.text.trim() !== '') return accept(text);
  return refuse(refusal(marks.pictures > 0 ? 'NO_TEXT_LAYER' : 'NO_TEXT'));
};

/**
 * Headers, footers and the title stand in `metadata`; footnotes and endnotes come as notes; text boxes after the paragraph
 * that they are tied to. Warnings as for docx: W_TRACKED_CHANGES, W_COMMENTS, W_HIDDEN_TEXT, W_UNKNOWN_SYMBOL, W_PICTURES,
 * W_MACROS, W_UNREAD_PART, W_NUMBER_FORMAT. Refuses with ENCRYPTED, DAMAGED (also where text lies outside of the file),
 * TEXT_TOO_LONG, NO_TEXT, NO_TEXT_LAYER where there are only pictures, FORMAT_NOT_YET_READ for Word 2.0.
 */
export const readDoc = (bytes: Uint8Array): Promise<Result<CanonicalText, Refusal>> => {
  const ole = openOle(bytes);
  if (ole === null) return Promise.resolve(refuse(refusal('DAMAGED', 'OLE directory')));
  const word = openWord(ole);
  return Promise.resolve(word.ok ? readAll(ole, word.value) : word);
};
