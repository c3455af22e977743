/** Reads a pptx into canonical text: slide by slide, titles as headings, text boxes by their place, tables, speaker notes apart. */
import { type Refusal, refusal } from '../domain/refusal.ts';
import { accept, type Result, refuse } from '../domain/result.ts';
import type { CanonicalText } from '../domain/text.ts';
import { type CanonicalBuilder, canonicalBuilder } from './canonical.ts';
import { readCore } from './docx/core-properties.ts';
import { inReadingOrder } from './pptx/reading-order.ts';
import { isTitle, newMarks, type Shape, type ShapeMarks } from './pptx/shape.ts';
import {
  findSlides,
  type Presentation,
  type Slide,
  type SlideReader,
  slideReader,
} from './pptx/slides.ts';
import { openZip, type ZipParts } from './zip-parts.ts';

const MOST_SLIDES = 1_000;

/** Dates and numbers of slides say nothing; feet are kept beside the text. */
const LEFT_OUT = new Set(['dt', 'sldNum', 'hdr', 'ftr']);

const typeOf = (shape: Shape): string => shape.placeholder?.type ?? '';

const ordered = (shapes: readonly Shape[]): Shape[] => {
  const titles = shapes.filter(isTitle);
  const others = shapes.filter((shape) => !isTitle(shape) && !LEFT_OUT.has(typeOf(shape)));
  const placed = others.flatMap((value) => (value.box === null ? [] : [{ value, box: value.box }]));
  const unplaced = others.filter((shape) => shape.box === null);
  return [...titles, ...inReadingOrder(placed), ...unplaced];
};

const addShape = (builder: CanonicalBuilder, shape: Shape): void => {
  if (isTitle(shape)) builder.heading(shape.paragraphs.join('\n'), 1);
  else for (const text of shape.paragraphs) builder.paragraph(text);
  if (shape.table !== null) builder.table(shape.table.cells, shape.table.headerRows);
};

const hasText = ({ shapes }: Slide): boolean =>
  shapes.some(
    (shape) =>
      !LEFT_OUT.has(typeOf(shape)) &&
      (shape.paragraphs.length > 0 || shape.table?.cells.some(({ text }) => text.trim() !== '')),
  );

/** A slide that is only a picture has to be read as a scan. */
const addSlide = (builder: CanonicalBuilder, number: number, slide: Slide | null): void => {
  const unread = slide === null || (!hasText(slide) && slide.pictures > 0);
  builder.page(number, unread ? 'unread' : 'read');
  if (unread) builder.warn('W_PAGE_UNREAD', `${number}`);
  if (slide === null) return;
  if (slide.hidden) builder.warn('W_HIDDEN_SLIDE', `${number}`);
  for (const shape of ordered(slide.shapes)) addShape(builder, shape);
  if (slide.notes.length > 0) builder.warn('W_SPEAKER_NOTES', `${number}`);
  builder.note(slide.notes.join('\n'));
};

interface Reading {
  readonly builder: CanonicalBuilder;
  readonly reader: SlideReader;
  readonly feet: Set<string>;
}

/** null where the slide's part is missing or ill-formed: the others still count. */
const tolerant = (reader: SlideReader, part: string | null): Result<Slide | null, Refusal> => {
  if (part === null) return accept(null);
  const read = reader.read(part);
  return read.ok || read.error.kind !== 'DAMAGED' ? read : accept(null);
};

const feetOf = (slide: Slide | null): string[] =>
  (slide?.shapes ?? [])
    .filter((shape) => typeOf(shape) === 'ftr')
    .flatMap((shape) => shape.paragraphs);

const addSlides = (
  { builder, reader, feet }: Reading,
  parts: Presentation['slides'],
): Result<number, Refusal> => {
  let readable = 0;
  for (const [index, part] of parts.entries()) {
    const slide = tolerant(reader, part);
    if (!slide.ok) return slide;
    addSlide(builder, index + 1, slide.value);
    if (slide.value !== null) readable += 1;
    for (const text of feetOf(slide.value)) feet.add(text);
  }
  return accept(readable);
};

const warn = (builder: CanonicalBuilder, marks: ShapeMarks, zip: ZipParts): void => {
  if (marks.comments) builder.warn('W_COMMENTS');
  if (marks.hidden) builder.warn('W_HIDDEN_TEXT');
  if (marks.pictures > 0) builder.warn('W_PICTURES', String(marks.pictures));
  if (zip.has('ppt/vbaProject.bin')) builder.warn('W_MACROS');
  for (const kind of marks.unread) builder.warn('W_UNREAD_PART', kind);
};

const refusalFor = (marks: ShapeMarks, readable: number): Refusal => {
  if (readable === 0) return refusal('DAMAGED', 'PowerPoint');
  return refusal(marks.pictures > 0 ? 'NO_TEXT_LAYER' : 'NO_TEXT');
};

const readAll = (zip: ZipParts): Result<CanonicalText, Refusal> => {
  const found = findSlides(zip);
  if (!found.ok) return found;
  const { slides, core } = found.value;
  if (slides.length === 0) return refuse(refusal('NO_PAGES'));
  if (slides.length > MOST_SLIDES) return refuse(refusal('TOO_MANY_PAGES', `${MOST_SLIDES}`));
  const marks = newMarks();
  const builder = canonicalBuilder();
  const reading = { builder, reader: slideReader(zip, marks), feet: new Set<string>() };
  const readable = addSlides(reading, slides);
  if (!readable.ok) return readable;
  builder.metadata('footer', [...reading.feet].join('\n'));
  builder.metadata('RunningHeads', reading.reader.running().join('\n'));
  const properties = core === null ? accept([]) : readCore(zip, core);
  if (!properties.ok) return properties;
  for (const [name, value] of properties.value) builder.metadata(name, value);
  warn(builder, marks, zip);
  const text = builder.build('pptx');
  return text.text.trim() === '' ? refuse(refusalFor(marks, readable.value)) : accept(text);
};

/**
 * The number of a page is that of its slide; speaker notes come as a note after their slide. Slides that are not shown are
 * read and named in a warning: whoever has the file can see them. `metadata` holds the title, the feet of slides (footer) and
 * the words of layouts and masters (RunningHeads). Warnings: W_PAGE_UNREAD, W_HIDDEN_SLIDE, W_SPEAKER_NOTES, W_COMMENTS,
 * W_HIDDEN_TEXT, W_PICTURES, W_MACROS, W_UNREAD_PART. Refuses with DAMAGED, NO_PAGES, TOO_MANY_PAGES, NO_TEXT,
 * NO_TEXT_LAYER where there are only pictures, and over a bound like `openZip` and `readXml`.
 */
export const readPptx = (bytes: Uint8Array): Promise<Result<CanonicalText, Refusal>> => {
  const zip = openZip(bytes);
  return Promise.resolve(zip.ok ? readAll(zip.value) : zip);
};
