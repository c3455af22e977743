/** Finds the slides of a presentation in their order, and reads each with the places its layout gives. */
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import { type Relationship, relationships } from '../docx/part-names.ts';
import { readXml } from '../xml-pass.ts';
import type { ZipParts } from '../zip-parts.ts';
import { PPTX_NAMESPACES } from './namespaces.ts';
import { readShapes } from './read-shapes.ts';
import type { Box, Shape, ShapeMarks } from './shape.ts';

export interface Presentation {
  /** Parts of the slides in order; null for one that is named but not there. */
  readonly slides: readonly (string | null)[];
  /** Core properties. */
  readonly core: string | null;
}

export interface Slide {
  readonly shapes: readonly Shape[];
  readonly pictures: number;
  readonly hidden: boolean;
  readonly notes: readonly string[];
}

const USUAL = 'ppt/presentation.xml';

const present = (zip: ZipParts, all: readonly Relationship[], type: string): string | null =>
  all.find((one) => one.type === type && zip.has(one.part))?.part ?? null;

const slideIds = (zip: ZipParts, part: string): Result<readonly string[], Refusal> => {
  const ids: string[] = [];
  let isPresentation = false;
  const read = readXml(zip, part, {
    namespaces: PPTX_NAMESPACES,
    handler: {
      open: (name, attributes) => {
        if (name === 'p:presentation') isPresentation = true;
        if (name === 'p:sldId') ids.push(attributes('r:id') ?? '');
      },
    },
  });
  if (!read.ok) return read;
  return isPresentation ? accept(ids) : refuse(refusal('DAMAGED', part));
};

/** Refuses with DAMAGED for what is no presentation. */
export const findSlides = (zip: ZipParts): Result<Presentation, Refusal> => {
  const root = relationships(zip, '');
  if (!root.ok) return root;
  const main = present(zip, root.value, 'officeDocument') ?? USUAL;
  if (!zip.has(main)) return refuse(refusal('DAMAGED', USUAL));
  const ids = slideIds(zip, main);
  if (!ids.ok) return ids;
  const own = relationships(zip, main);
  if (!own.ok) return own;
  const parts = new Map(own.value.map(({ id, part }) => [id, part]));
  const slides = ids.value.map((id) => {
    const part = parts.get(id);
    return part !== undefined && zip.has(part) ? part : null;
  });
  return accept({ slides, core: present(zip, root.value, 'core-properties') });
};

/** A layout or master: where its placeholders stand, and the words that it puts on every slide. */
interface Pattern {
  readonly shapes: readonly Shape[];
  readonly above: string | null;
}

const wordsOf = (shapes: readonly Shape[]): string[] => shapes.flatMap((shape) => shape.paragraphs);

/** Where a layout, and behind it its master, puts a placeholder: by number first, then by kind. */
const placesIn = (shapes: readonly Shape[]): ((shape: Shape) => Box | null) => {
  const places = new Map<string, Box>();
  for (const { placeholder, box } of shapes) {
    if (placeholder === null || box === null) continue;
    const { type, index } = placeholder;
    for (const key of [`${type} ${index}`, ` ${index}`, `${type} *`])
      if (!places.has(key)) places.set(key, box);
  }
  return ({ placeholder }) => {
    if (placeholder === null) return null;
    const { type, index } = placeholder;
    const byIndex = index === '' ? undefined : places.get(` ${index}`);
    return places.get(`${type} ${index}`) ?? byIndex ?? places.get(`${type} *`) ?? null;
  };
};

export interface SlideReader {
  read(part: string): Result<Slide, Refusal>;
  /** Words that layouts and masters put on slides, each once. */
  running(): readonly string[];
}

/** Refuses like `readShapes`. */
export const slideReader = (zip: ZipParts, marks: ShapeMarks): SlideReader => {
  const patterns = new Map<string, Pattern>();
  const running = new Set<string>();
  const patternOf = (part: string, aboveType: string): Result<Pattern, Refusal> => {
    const known = patterns.get(part);
    if (known !== undefined) return accept(known);
    const read = readShapes(zip, part, { ...marks, pictures: 0, unread: new Set() });
    if (!read.ok) return read;
    const links = relationships(zip, part);
    if (!links.ok) return links;
    const { shapes } = read.value;
    for (const words of wordsOf(shapes.filter((shape) => shape.placeholder === null)))
      running.add(words.trim());
    const pattern = { shapes, above: present(zip, links.value, aboveType) };
    patterns.set(part, pattern);
    return accept(pattern);
  };
  const patternShapes = (layout: string | null): Result<readonly Shape[], Refusal> => {
    if (layout === null) return accept([]);
    const own = patternOf(layout, 'slideMaster');
    if (!own.ok || own.value.above === null) return own.ok ? accept(own.value.shapes) : own;
    const above = patternOf(own.value.above, 'theme');
    return above.ok ? accept([...own.value.shapes, ...above.value.shapes]) : above;
  };
  const notesOf = (part: string | null): Result<readonly string[], Refusal> => {
    if (part === null) return accept([]);
    const read = readShapes(zip, part, { ...marks, pictures: 0, unread: new Set() });
    if (!read.ok) return read;
    return accept(wordsOf(read.value.shapes.filter((shape) => shape.placeholder?.type === 'body')));
  };
  return {
    running: () => [...running],
    read: (part) => {
      const own = readShapes(zip, part, marks);
      if (!own.ok) return own;
      const links = relationships(zip, part);
      if (!links.ok) return links;
      const pattern = patternShapes(present(zip, links.value, 'slideLayout'));
      if (!pattern.ok) return pattern;
      const placeOf = placesIn(pattern.value);
      for (const shape of own.value.shapes) shape.box ??= placeOf(shape);
      const notes = notesOf(present(zip, links.value, 'notesSlide'));
      if (!notes.ok) return notes;
      if (links.value.some(({ type }) => type === 'comments')) marks.comments = true;
      return accept({ ...own.value, notes: notes.value });
    },
  };
};
