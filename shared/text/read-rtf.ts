/** Reads RTF (1.9.1) into canonical text: what a word processor shows, with automatic numbers, and tracked changes as if accepted. */
import type { Refusal } from '../domain/refusal.ts';
import { refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { CanonicalText } from '../domain/text.ts';
import { type CanonicalBuilder, canonicalBuilder } from './canonical.ts';
import { actOnWord } from './rtf/control-words.ts';
import { newFlow } from './rtf/flow.ts';
import { rtfReader } from './rtf/reader.ts';
import { newDocument, type RtfDocument } from './rtf/state.ts';
import { passOverRtf } from './rtf/tokens.ts';

const OPENING = /^[\s\u0000\u00ef\u00bb\u00bf]{0,64}\{\\rtf/u;

const addBody = (builder: CanonicalBuilder, source: string): Result<RtfDocument, Refusal> => {
  const document = newDocument();
  const body = newFlow((block) => {
    if (block.kind === 'table') builder.table(block.cells, block.headerRows);
    else if (block.text.trim() !== '') {
      document.blocks += 1;
      if (block.level === null) builder.paragraph(block.text);
      else builder.heading(block.text, block.level);
    }
  });
  const { stop, open } = passOverRtf(source, rtfReader(document, body, actOnWord));
  if (stop !== null) return refuse(stop);
  // Some writers forget the last brace; more open groups mean that the file breaks off.
  if (open > 1) return refuse(refusal('DAMAGED', 'RTF'));
  if (open === 1) builder.warn('W_UNFINISHED');
  body.finish();
  return document.stop === null ? accept(document) : refuse(document.stop);
};

const addSides = (builder: CanonicalBuilder, document: RtfDocument): void => {
  for (const kind of ['footnote', 'endnote'])
    for (const note of document.notes) if (note.kind === kind) builder.note(note.text);
  builder.metadata('header', [...new Set(document.headers)].join('\n'));
  builder.metadata('footer', [...new Set(document.footers)].join('\n'));
  for (const [name, value] of document.properties) builder.metadata(name, value);
};

const warn = (builder: CanonicalBuilder, { marks }: RtfDocument): void => {
  if (marks.tracked) builder.warn('W_TRACKED_CHANGES');
  if (marks.comments) builder.warn('W_COMMENTS');
  if (marks.hidden) builder.warn('W_HIDDEN_TEXT');
  if (marks.unknownSign) builder.warn('W_UNKNOWN_SYMBOL');
  if (marks.replaced) builder.warn('W_REPLACED_CHARACTERS');
  if (marks.pictures > 0) builder.warn('W_PICTURES', String(marks.pictures));
  for (const kind of marks.unread) builder.warn('W_UNREAD_PART', kind);
};

const readSource = (source: string): Result<CanonicalText, Refusal> => {
  if (!OPENING.test(source)) return refuse(refusal('DAMAGED', 'RTF'));
  const builder = canonicalBuilder();
  const document = addBody(builder, source);
  if (!document.ok) return document;
  addSides(builder, document.value);
  warn(builder, document.value);
  const text = builder.build('rtf');
  if (text.text.trim() !== '') return accept(text);
  return refuse(refusal(document.value.marks.pictures > 0 ? 'NO_TEXT_LAYER' : 'NO_TEXT'));
};

/**
 * Headers, footers, title, subject, keywords and dates stand in `metadata`; footnotes and endnotes come as notes after the
 * body. Warnings: W_TRACKED_CHANGES, W_COMMENTS, W_HIDDEN_TEXT, W_UNKNOWN_SYMBOL, W_REPLACED_CHARACTERS, W_PICTURES,
 * W_UNREAD_PART, W_UNFINISHED (the last brace is missing). Refuses with DAMAGED for what is no RTF or breaks off,
 * STRUCTURE_LIMIT, TEXT_TOO_LONG, NO_TEXT, and NO_TEXT_LAYER where there are only pictures.
 */
export const readRtf = (bytes: Uint8Array): Promise<Result<CanonicalText, Refusal>> =>
  Promise.resolve(
    readSource(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')),
  );
