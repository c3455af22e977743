/** Reads the pages of one document of an OFD package, each template once, and what its tags name. */
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import { LIMITS } from '../limits.ts';
import type { PageMarks } from '../pdf/page-marks.ts';
import { type PageAnnotations, readAnnotations } from './annotations.ts';
import { placeUnits, readUnits } from './composite-units.ts';
import { type DocumentParts, type PagePart, readDocumentParts } from './document-parts.ts';
import { type Drawing, newDrawing } from './drawing.ts';
import { isOnlyDamaged, type OfdParts } from './ofd-parts.ts';
import { readDrawing } from './page-drawing.ts';
import { hidesText, marksOf } from './page-marks.ts';
import { type Attachment, readAttachments, readTags, type SideReading } from './side-files.ts';

export interface OfdPage {
  readonly marks: PageMarks;
  /** The page's part is missing or ill-formed. */
  readonly broken: boolean;
  readonly hidden: boolean;
  readonly pictures: number;
  readonly lostComposites: number;
  readonly lostGlyphs: number;
  readonly annotations: PageAnnotations | null;
}

export interface OfdDocument {
  readonly pages: readonly OfdPage[];
  readonly attachments: readonly Attachment[];
  /** Name of a tag and the words that it stands for. */
  readonly tags: readonly (readonly [string, string])[];
}

/** Words of tagged objects are kept up to this length each. */
const LONGEST_TAG = 2_000;

export interface PageBudget {
  pages: number;
  characters: number;
  readonly mostPages: number;
  /** `performance.now()` after which no page is begun. */
  readonly until: number;
}

interface Reading {
  readonly parts: OfdParts;
  readonly document: DocumentParts;
  readonly budget: PageBudget;
}

/** A drawing, or null where its part is missing or ill-formed. */
const tolerant = (parts: OfdParts, part: string | null): Result<Drawing | null, Refusal> => {
  if (part === null) return accept(null);
  const read = readDrawing(parts, part);
  return read.ok || !isOnlyDamaged(read.error) ? read : accept(null);
};

/** Reads a page or template and puts the drawings of resource files onto it. */
const drawingReader = ({ parts, document }: Reading) => {
  let units: ReadonlyMap<string, Drawing> | null = null;
  return (part: string | null): Result<Drawing | null, Refusal> => {
    const read = tolerant(parts, part);
    if (!read.ok || read.value === null || read.value.composites.length === 0) return read;
    const known = units === null ? readUnits(parts, document.resources) : accept(units);
    if (!known.ok) return known;
    units = known.value;
    placeUnits(read.value, units);
    return read;
  };
};

/** Reads templates when first asked for; a second page that has the same one gets its lines only. */
const templateShelf = ({ document }: Reading, readPart: ReturnType<typeof drawingReader>) => {
  const known = new Map<string, Drawing | null>();
  return (id: string): Result<{ drawing: Drawing | null; again: boolean }, Refusal> => {
    const before = known.get(id);
    if (before !== undefined) return accept({ drawing: before, again: true });
    const read = readPart(document.templates.get(id) ?? null);
    if (!read.ok) return read;
    known.set(id, read.value);
    return accept({ drawing: read.value, again: false });
  };
};

const lengthOf = (marks: PageMarks): number =>
  marks.runs.reduce((sum, run) => sum + run.text.length, 0);

const overBudget = (budget: PageBudget): Refusal | null => {
  if (budget.pages > budget.mostPages) return refusal('TOO_MANY_PAGES', `${budget.mostPages}`);
  if (budget.characters > LIMITS.textCharacters)
    return refusal('TEXT_TOO_LONG', `${LIMITS.textCharacters}`);
  return performance.now() > budget.until ? refusal('TIME_LIMIT', '60 s') : null;
};

interface Templates {
  readonly first: Drawing[];
  readonly again: Drawing[];
}

const templatesOf = (
  drawing: Drawing,
  templateOf: ReturnType<typeof templateShelf>,
): Result<Templates, Refusal> => {
  const found: Templates = { first: [], again: [] };
  for (const id of new Set(drawing.templates)) {
    const template = templateOf(id);
    if (!template.ok) return template;
    const { drawing: own, again } = template.value;
    if (own !== null) (again ? found.again : found.first).push(own);
  }
  return accept(found);
};

const summary = (drawings: readonly Drawing[], marks: PageMarks) => {
  const sum = (count: (one: Drawing) => number): number =>
    drawings.reduce((total, one) => total + count(one), 0);
  return {
    hidden: drawings.some((one) => hidesText(one, marks)),
    pictures: sum((one) => one.pictures),
    lostComposites: sum((one) => one.lostComposites),
    lostGlyphs: sum((one) => one.lostGlyphs),
  };
};

const pageReader = (reading: Reading) => {
  const readPart = drawingReader(reading);
  const templateOf = templateShelf(reading, readPart);
  const objects = new Map<string, ReadonlyMap<string, string>>();
  const read = ({ id, part }: PagePart): Result<Omit<OfdPage, 'annotations'>, Refusal> => {
    const own = readPart(part);
    if (!own.ok) return own;
    const drawing = own.value ?? newDrawing();
    const templates = templatesOf(drawing, templateOf);
    if (!templates.ok) return templates;
    const { first, again } = templates.value;
    const { area } = reading.document;
    objects.set(id, drawing.objects);
    const marks = marksOf({ drawing, templates: first, repeated: again, area });
    reading.budget.characters += lengthOf(marks);
    return accept({ marks, broken: own.value === null, ...summary([drawing, ...first], marks) });
  };
  return { read, objects };
};

const tagWords = (
  reading: SideReading,
  list: string | null,
  objects: ReadonlyMap<string, ReadonlyMap<string, string>>,
): Result<readonly (readonly [string, string])[], Refusal> => {
  const tags = readTags(reading, list);
  if (!tags.ok) return tags;
  return accept(
    tags.value.map(({ name, text, references }) => {
      let words = text;
      for (const { page, object } of references) {
        if (words.length > LONGEST_TAG) break;
        words += objects.get(page)?.get(object) ?? '';
      }
      return [name, words.slice(0, LONGEST_TAG)] as const;
    }),
  );
};

/** Refuses where the document itself is no OFD document, and over a bound; a page that cannot be read is `broken`. */
export const readDocument = (
  side: SideReading,
  root: string,
  budget: PageBudget,
): Result<OfdDocument, Refusal> => {
  const { parts } = side;
  const document = readDocumentParts(parts, root);
  if (!document.ok) return document;
  const annotations = readAnnotations(side, document.value.annotations);
  if (!annotations.ok) return annotations;
  const reader = pageReader({ parts, document: document.value, budget });
  const pages: OfdPage[] = [];
  for (const page of document.value.pages) {
    budget.pages += 1;
    const stop = overBudget(budget);
    if (stop !== null) return refuse(stop);
    const read = reader.read(page);
    if (!read.ok) return read;
    pages.push({ ...read.value, annotations: annotations.value.get(page.id) ?? null });
  }
  const attachments = readAttachments(side, document.value.attachments);
  if (!attachments.ok) return attachments;
  const tags = tagWords(side, document.value.tags, reader.objects);
  if (!tags.ok) return tags;
  return accept({ pages, attachments: attachments.value, tags: tags.value });
};
