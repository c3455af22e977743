/** Reads the annotations of OFD pages: what they write on a page, and marks that lie across it. */
import type { Refusal } from '../../domain/refusal.ts';
import { accept, type Result } from '../../domain/result.ts';
import { readXml } from '../xml-pass.ts';
import { type Drawing, newDrawing } from './drawing.ts';
import { elementsOf, isOnlyDamaged, localName, type OfdParts } from './ofd-parts.ts';
import { drawingHandler, overDrawn } from './page-drawing.ts';
import type { SideReading } from './side-files.ts';

export interface PageAnnotations {
  /** Text that annotations draw, each annotation one. */
  readonly written: readonly string[];
  /** Text of watermarks and stamps. */
  readonly marks: readonly string[];
  /** Remarks of a person; their words are left out. */
  readonly remarks: number;
  readonly pictures: number;
}

const MARKS = new Set(['Watermark', 'Stamp']);

const wordsOf = (drawing: Drawing): string =>
  [...drawing.pieces.map(({ text }) => text), ...drawing.patterns].join('').trim();

const readPage = (parts: OfdParts, part: string): Result<PageAnnotations, Refusal> => {
  const found = { written: [] as string[], marks: [] as string[], remarks: 0, pictures: 0 };
  let drawing = newDrawing();
  let type = '';
  let inner = drawingHandler(drawing);
  const begin = (stated: string): void => {
    type = stated;
    drawing = newDrawing();
    inner = drawingHandler(drawing, (name) => name === 'Remark' || name === 'Parameters');
  };
  const end = (): void => {
    const words = wordsOf(drawing);
    found.pictures += drawing.pictures;
    if (words !== '') (MARKS.has(type) ? found.marks : found.written).push(words);
  };
  const read = readXml(parts.zip, part, {
    namespaces: new Map(),
    stop: () => overDrawn(drawing, part)(),
    handler: {
      open: (full, attributes) => {
        const name = localName(full);
        if (name === 'Annot') begin(attributes('Type') ?? '');
        else {
          if (name === 'Remark') found.remarks += 1;
          inner.open(full, attributes);
        }
      },
      text: (words) => inner.text?.(words),
      close: (full) => (localName(full) === 'Annot' ? end() : inner.close?.(full)),
    },
  });
  return read.ok ? accept(found) : read;
};

/** Page ID and part of each list of annotations. */
const locations = (
  { parts, lost }: SideReading,
  list: string,
): Result<readonly (readonly [string, string | null])[], Refusal> => {
  const listed = elementsOf(parts, list, ['PageID']);
  if (!listed.ok) {
    lost('annotations');
    return isOnlyDamaged(listed.error) ? accept([]) : listed;
  }
  let page = '';
  return accept(
    listed.value.flatMap(({ path, attributes, text }) => {
      if (path === 'Annotations/Page') page = attributes['PageID'] ?? '';
      return path === 'Annotations/Page/FileLoc' ? [[page, parts.find(text, list)] as const] : [];
    }),
  );
};

/** null where the part is missing or ill-formed. */
const tolerant = (
  parts: OfdParts,
  part: string | null,
): Result<PageAnnotations | null, Refusal> => {
  const read = part === null ? accept(null) : readPage(parts, part);
  return read.ok || !isOnlyDamaged(read.error) ? read : accept(null);
};

/** By page ID. Refuses only for what means harm. */
export const readAnnotations = (
  reading: SideReading,
  list: string | null,
): Result<ReadonlyMap<string, PageAnnotations>, Refusal> => {
  const found = new Map<string, PageAnnotations>();
  const listed = list === null ? accept([]) : locations(reading, list);
  if (!listed.ok) return listed;
  for (const [page, part] of listed.value) {
    const read = tolerant(reading.parts, part);
    if (!read.ok) return read;
    if (read.value === null) reading.lost('annotations');
    else found.set(page, read.value);
  }
  return accept(found);
};
