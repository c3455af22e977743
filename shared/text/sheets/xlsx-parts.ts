/** Finds the parts of an xlsx by their relationships: sheets in their order with names and states, styles, texts. */
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import { type Relationship, relationships } from '../docx/part-names.ts';
import { readXml, type XmlCaps } from '../xml-pass.ts';
import type { ZipParts } from '../zip-parts.ts';

const OFFICE = 'http://schemas.openxmlformats.org';
const STRICT = 'http://purl.oclc.org/ooxml';

export const SHEET_NAMESPACES: ReadonlyMap<string, string> = new Map([
  [`${OFFICE}/spreadsheetml/2006/main`, 's'],
  [`${STRICT}/spreadsheetml/main`, 's'],
  [`${OFFICE}/officeDocument/2006/relationships`, 'r'],
  [`${STRICT}/officeDocument/relationships`, 'r'],
  [`${OFFICE}/drawingml/2006/main`, 'a'],
  [`${STRICT}/drawingml/main`, 'a'],
]);

/** A sheet of 3,000,000 cells is some 6,000,000 elements. */
export const SHEET_XML_CAPS: XmlCaps = { depth: 256, elements: 8_000_000, attributes: 256 };

export interface XlsxSheetPart {
  readonly name: string;
  readonly hidden: boolean;
  readonly part: string;
  /** Parts with text boxes that lie on it. */
  readonly drawings: readonly string[];
}

export interface XlsxParts {
  readonly sheets: readonly XlsxSheetPart[];
  readonly styles: string | null;
  readonly shared: string | null;
  readonly core: string | null;
  readonly date1904: boolean;
  readonly comments: boolean;
  readonly unread: readonly string[];
}

interface Named {
  readonly name: string;
  readonly hidden: boolean;
  readonly id: string;
}

const readWorkbookPart = (
  zip: ZipParts,
  part: string,
): Result<{ readonly named: Named[]; readonly date1904: boolean }, Refusal> => {
  const named: Named[] = [];
  let date1904 = false;
  const read = readXml(zip, part, {
    namespaces: SHEET_NAMESPACES,
    handler: {
      open: (name, attributes) => {
        if (name === 's:workbookPr') date1904 = /^(?:1|true)$/u.test(attributes('date1904') ?? '');
        if (name !== 's:sheet') return;
        const state = attributes('state') ?? 'visible';
        named.push({
          name: attributes('name') ?? '',
          hidden: state !== 'visible',
          id: attributes('r:id') ?? '',
        });
      },
    },
  });
  return read.ok ? accept({ named, date1904 }) : read;
};

const NOT_READ: ReadonlyMap<string, string> = new Map([
  ['oleObject', 'embedding'],
  ['package', 'embedding'],
  ['externalLink', 'externalLink'],
]);

const onSheets = (
  zip: ZipParts,
  named: readonly Named[],
  own: readonly Relationship[],
): Result<{ sheets: XlsxSheetPart[]; around: Relationship[] }, Refusal> => {
  const sheets: XlsxSheetPart[] = [];
  const around: Relationship[] = [];
  for (const { name, hidden, id } of named) {
    const part = own.find((one) => one.id === id);
    // A sheet of charts or of old macros has no cells.
    if (part === undefined || part.type !== 'worksheet') continue;
    if (!zip.has(part.part)) return refuse(refusal('DAMAGED', part.part));
    const beside = relationships(zip, part.part);
    if (!beside.ok) return beside;
    around.push(...beside.value);
    const drawings = beside.value.filter((one) => one.type === 'drawing' && zip.has(one.part));
    sheets.push({ name, hidden, part: part.part, drawings: drawings.map((one) => one.part) });
  }
  return accept({ sheets, around });
};

/** Refuses with DAMAGED where there is no workbook or a sheet of it is missing. */
export const findSheetParts = (zip: ZipParts): Result<XlsxParts, Refusal> => {
  const root = relationships(zip, '');
  if (!root.ok) return root;
  const main = root.value.find((one) => one.type === 'officeDocument')?.part ?? 'xl/workbook.xml';
  if (!zip.has(main)) return refuse(refusal('DAMAGED', 'xl/workbook.xml'));
  const book = readWorkbookPart(zip, main);
  if (!book.ok) return book;
  const own = relationships(zip, main);
  if (!own.ok) return own;
  const found = onSheets(zip, book.value.named, own.value);
  if (!found.ok) return found;
  const one = (type: string): string | null =>
    own.value.find((each) => each.type === type && zip.has(each.part))?.part ?? null;
  const { sheets, around } = found.value;
  const kinds = [...own.value, ...around].map(({ type }) => NOT_READ.get(type));
  return accept({
    sheets,
    styles: one('styles'),
    shared: one('sharedStrings'),
    core:
      root.value.find((each) => each.type === 'core-properties' && zip.has(each.part))?.part ??
      null,
    date1904: book.value.date1904,
    comments: around.some(({ type }) => type === 'comments' || type === 'threadedComment'),
    unread: [...new Set(kinds.filter((kind) => kind !== undefined))],
  });
};
