/** Reads a docx into canonical text in one streaming pass: what Word shows, with list numbers, and tracked changes as if accepted. */
import type { Refusal } from '../domain/refusal.ts';
import { refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { CanonicalText } from '../domain/text.ts';
import { type CanonicalBuilder, canonicalBuilder } from './canonical.ts';
import { readCore } from './docx/core-properties.ts';
import { type NumberLabels, numberLabels } from './docx/number-labels.ts';
import { NO_LISTS, readLists } from './docx/numbering.ts';
import { findParts, type PartNames } from './docx/part-names.ts';
import { readNotes } from './docx/read-notes.ts';
import { readStory } from './docx/read-story.ts';
import {
  containerOf,
  lineContainer,
  newMarks,
  type StoryBlock,
  type StoryContext,
} from './docx/story-state.ts';
import { NO_STYLES, readStyles } from './docx/styles.ts';
import { openZip, type ZipParts } from './zip-parts.ts';

interface Reading {
  readonly zip: ZipParts;
  readonly parts: PartNames;
  readonly context: StoryContext;
  readonly builder: CanonicalBuilder;
}

const prepare = (zip: ZipParts, parts: PartNames): Result<StoryContext, Refusal> => {
  const styles = parts.styles === null ? accept(NO_STYLES) : readStyles(zip, parts.styles);
  if (!styles.ok) return styles;
  const lists = parts.numbering === null ? accept(NO_LISTS) : readLists(zip, parts.numbering);
  if (!lists.ok) return lists;
  const labels = numberLabels(lists.value, styles.value);
  return accept({ styles: styles.value, labels, marks: newMarks() });
};

const readBody = ({ zip, parts, context, builder }: Reading): Refusal | null => {
  let isDocument = false;
  const add = (block: StoryBlock): void => {
    if (block.kind === 'table') builder.table(block.cells, block.headerRows);
    else if (block.level === null) builder.paragraph(block.text);
    else builder.heading(block.text, block.level);
  };
  const open = (): void => {
    isDocument = true;
  };
  const own = [['w:document', { open }]] as const;
  const read = readStory(zip, parts.document, { ...context, root: containerOf(add), own });
  if (!read.ok) return read.error;
  return isDocument ? null : refusal('DAMAGED', parts.document);
};

/** Headers and footers stand beside the text, each wording once: secrecy marks may stand there. */
const readMargins = ({ zip, parts, context, builder }: Reading): Refusal | null => {
  const margins = [
    ['header', parts.headers],
    ['footer', parts.footers],
  ] as const;
  for (const [name, names] of margins) {
    const lines: string[] = [];
    for (const part of names) {
      const read = readStory(zip, part, { ...context, root: lineContainer(lines) });
      if (!read.ok) return read.error;
    }
    builder.metadata(name, [...new Set(lines)].join('\n'));
  }
  return null;
};

const addNotes = ({ zip, parts, context, builder }: Reading): Refusal | null => {
  for (const kind of ['footnote', 'endnote'] as const) {
    const wanted = context.marks.notes.filter((note) => note.kind === kind);
    const part = kind === 'footnote' ? parts.footnotes : parts.endnotes;
    if (part === null || wanted.length === 0) continue;
    const notes = readNotes(zip, part, context);
    if (!notes.ok) return notes.error;
    for (const id of new Set(wanted.map((note) => note.id)))
      builder.note(notes.value.get(id) ?? '');
  }
  return null;
};

const addCore = ({ zip, parts, builder }: Reading): Refusal | null => {
  if (parts.core === null) return null;
  const core = readCore(zip, parts.core);
  if (!core.ok) return core.error;
  for (const [name, value] of core.value) builder.metadata(name, value);
  return null;
};

/** Under this many characters for each picture the pictures are the document: pages put in as scans, with their captions. */
const CHARACTERS_A_PICTURE = 50;

const warn = ({ context, builder, zip }: Reading, labels: NumberLabels): void => {
  const { marks } = context;
  if (marks.tracked) builder.warn('W_TRACKED_CHANGES');
  if (marks.comments) builder.warn('W_COMMENTS');
  if (marks.hidden) builder.warn('W_HIDDEN_TEXT');
  if (marks.unknownSign) builder.warn('W_UNKNOWN_SYMBOL');
  if (marks.pictures > 0) builder.warn('W_PICTURES', String(marks.pictures));
  if (builder.length() < marks.pictures * CHARACTERS_A_PICTURE)
    builder.warn('W_MOSTLY_PICTURES', String(marks.pictures));
  if (zip.has('word/vbaProject.bin')) builder.warn('W_MACROS');
  for (const kind of marks.unread) builder.warn('W_UNREAD_PART', kind);
  for (const format of labels.unknownFormats())
    builder.warn('W_NUMBER_FORMAT', /^\w{1,40}$/u.test(format) ? format : '');
};

const readAll = (zip: ZipParts): Result<CanonicalText, Refusal> => {
  const parts = findParts(zip);
  if (!parts.ok) return parts;
  const context = prepare(zip, parts.value);
  if (!context.ok) return context;
  const reading = { zip, parts: parts.value, context: context.value, builder: canonicalBuilder() };
  for (const step of [readBody, addNotes, readMargins, addCore]) {
    const stop = step(reading);
    if (stop !== null) return refuse(stop);
  }
  warn(reading, context.value.labels);
  const text = reading.builder.build('docx');
  if (text.text.trim() !== '') return accept(text);
  return refuse(refusal(context.value.marks.pictures > 0 ? 'NO_TEXT_LAYER' : 'NO_TEXT'));
};

/**
 * Headers, footers and the title stand in `metadata` (header, footer, title); footnotes and endnotes come as notes in the
 * order of their references. Warnings: W_TRACKED_CHANGES, W_COMMENTS, W_HIDDEN_TEXT, W_UNKNOWN_SYMBOL, W_PICTURES,
 * W_MOSTLY_PICTURES (the reader of scans must look at them, see `isMostlyPictures`), W_MACROS, W_UNREAD_PART (embedded
 * objects, charts …), W_NUMBER_FORMAT. Refuses with DAMAGED for what is no whole docx, NO_TEXT, NO_TEXT_LAYER where there
 * are only pictures, and over a bound like `openZip` and `readXml`.
 */
export const readDocx = (bytes: Uint8Array): Promise<Result<CanonicalText, Refusal>> => {
  const zip = openZip(bytes);
  return Promise.resolve(zip.ok ? readAll(zip.value) : zip);
};
