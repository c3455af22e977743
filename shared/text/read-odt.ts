/** Reads OpenDocument text (.odt, flat .fodt; also .odp, .odg) and sheets (.ods) into canonical text, with list numbers, and tracked changes as if accepted. */
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { CanonicalText, Format } from '../domain/text.ts';
import { type CanonicalBuilder, canonicalBuilder } from './canonical.ts';
import { containerOf } from './docx/story-state.ts';
import { ODF_NAMESPACES } from './odf/namespaces.ts';
import { readStoryPart } from './odf/read-story.ts';
import { newStory, type OdfStory } from './odf/story-state.ts';
import { readXml } from './xml-pass.ts';
import { openZip, type ZipParts } from './zip-parts.ts';

const CONTENT = 'content.xml';
const MANIFEST = 'META-INF/manifest.xml';

/** A locked file keeps its parts as noise and says so in the manifest. */
const isLocked = (zip: ZipParts): Result<boolean, Refusal> => {
  if (!zip.has(MANIFEST)) return accept(false);
  let locked = false;
  const read = readXml(zip, MANIFEST, {
    namespaces: ODF_NAMESPACES,
    handler: {
      open: (name) => {
        if (name === 'manifest:encryption-data') locked = true;
      },
    },
  });
  // Old writers put a DOCTYPE into the manifest, and nothing of it is needed.
  return read.ok || locked || read.error.kind !== 'ARCHIVE_LIMIT' ? accept(locked) : read;
};

const storyInto = (builder: CanonicalBuilder): OdfStory =>
  newStory(
    containerOf((block) => {
      if (block.kind === 'table') builder.table(block.cells, block.headerRows);
      else if (block.level === null) builder.paragraph(block.text);
      else builder.heading(block.text, block.level);
    }),
  );

const addSides = (builder: CanonicalBuilder, story: OdfStory): void => {
  for (const kind of ['footnote', 'endnote'])
    for (const note of story.notes) if (note.kind === kind) builder.note(note.text);
  builder.metadata('header', [...new Set(story.headers)].join('\n'));
  builder.metadata('footer', [...new Set(story.footers)].join('\n'));
  for (const [name, value] of story.properties) builder.metadata(name, value);
};

const hasMacros = ({ entries }: ZipParts): boolean =>
  entries.some(({ name }) => /^(?:Basic|Scripts)\/.{1,200}\/(?!script-lb\.xml)[^/]/u.test(name));

const warn = (builder: CanonicalBuilder, { marks }: OdfStory, zip: ZipParts): void => {
  if (marks.tracked) builder.warn('W_TRACKED_CHANGES');
  if (marks.comments) builder.warn('W_COMMENTS');
  if (marks.hidden) builder.warn('W_HIDDEN_TEXT');
  if (marks.pictures > 0) builder.warn('W_PICTURES', String(marks.pictures));
  if (hasMacros(zip)) builder.warn('W_MACROS');
  for (const kind of marks.unread) builder.warn('W_UNREAD_PART', kind);
};

const readParts = (
  zip: ZipParts,
  parts: readonly string[],
  format: Format,
): Result<CanonicalText, Refusal> => {
  const builder = canonicalBuilder();
  const story = storyInto(builder);
  for (const part of parts) {
    const read = readStoryPart(zip, part, story);
    if (!read.ok) return read;
  }
  if (!story.hasBody) return refuse(refusal('DAMAGED', CONTENT));
  addSides(builder, story);
  warn(builder, story, zip);
  const text = builder.build(format);
  if (text.text.trim() !== '') return accept(text);
  return refuse(refusal(story.marks.pictures > 0 ? 'NO_TEXT_LAYER' : 'NO_TEXT'));
};

/** Styles and list styles come before the text that uses them. */
const readPackage = (bytes: Uint8Array, format: Format): Result<CanonicalText, Refusal> => {
  const zip = openZip(bytes);
  if (!zip.ok) return zip;
  if (!zip.value.has(CONTENT)) return refuse(refusal('DAMAGED', CONTENT));
  const locked = isLocked(zip.value);
  if (!locked.ok) return locked;
  if (locked.value) return refuse(refusal('ENCRYPTED'));
  const parts = ['meta.xml', 'styles.xml', CONTENT].filter((part) => zip.value.has(part));
  return readParts(zip.value, parts, format);
};

const PIECE = 64 * 1024;

/** One part that is not packed, as the parts of a zip are read. */
const looseFile = (bytes: Uint8Array): ZipParts => ({
  entries: [],
  has: () => true,
  read: () => accept(bytes),
  stream: (_, sink) => {
    for (let at = 0; at < bytes.length; at += PIECE) {
      const stop = sink(bytes.subarray(at, at + PIECE));
      if (stop !== null) return refuse(stop);
    }
    return accept(bytes.length);
  },
});

const isZip = ([first, second]: Uint8Array): boolean => first === 0x50 && second === 0x4b;

/**
 * Headers, footers, title, subject, keywords and dates stand in `metadata`; footnotes and endnotes come as notes after the
 * body. A flat file (one XML without a zip) is read alike. Warnings: W_TRACKED_CHANGES, W_COMMENTS, W_HIDDEN_TEXT,
 * W_PICTURES, W_MACROS, W_UNREAD_PART. Refuses with DAMAGED for what is no whole OpenDocument, ENCRYPTED, NO_TEXT,
 * NO_TEXT_LAYER where there are only pictures, and over a bound like `openZip` and `readXml`.
 */
export const readOdt = (bytes: Uint8Array): Promise<Result<CanonicalText, Refusal>> =>
  Promise.resolve(
    isZip(bytes) ? readPackage(bytes, 'odt') : readParts(looseFile(bytes), ['fodt'], 'odt'),
  );

/** Each sheet is a table; empty rows and columns at the edges are left out. Otherwise as `readOdt`. */
export const readOds = (bytes: Uint8Array): Promise<Result<CanonicalText, Refusal>> =>
  Promise.resolve(readPackage(bytes, 'ods'));
