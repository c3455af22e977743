/** Reads one sheet of an xlsx in a single pass: its filled cells as they are shown, merges, and what is hidden. */
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import { type Attributes, readXml } from '../xml-pass.ts';
import type { ZipParts } from '../zip-parts.ts';
import type { NumberTexts } from './number-text.ts';
import { type Merge, mergeOf, placeOf, type SheetBudget, type SheetRow } from './sheet.ts';
import { SHEET_NAMESPACES, SHEET_XML_CAPS } from './xlsx-parts.ts';
import { stringReader, unescaped } from './xlsx-texts.ts';

export interface CellTexts {
  readonly shared: readonly string[];
  /** Format code of each cell style. */
  readonly formats: readonly string[];
  readonly numbers: NumberTexts;
  readonly budget: SheetBudget;
}

export interface XlsxSheet {
  readonly rows: readonly SheetRow[];
  readonly merges: readonly Merge[];
  readonly hiddenColumns: number;
  readonly header: string;
  readonly footer: string;
}

interface OpenRow {
  number: number;
  hidden: boolean;
  columns: number[];
  texts: string[];
}

interface OpenCell {
  column: number;
  type: string;
  style: number;
  value: string;
}

const isOn = (value: string | undefined): boolean => value === '1' || value === 'true';

const MOST_MERGES = 200_000;

const shownText = ({ type, style, value }: OpenCell, texts: CellTexts): string => {
  if (type === 's') return texts.shared[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type === 'd') return value.replace(/T00:00:00(?:\.0+)?Z?$/u, '');
  if (type !== 'n') return unescaped(value);
  const number = Number(value);
  return value === '' || Number.isNaN(number)
    ? value
    : texts.numbers.text(number, texts.formats[style] ?? 'General');
};

/** Rows as they come; a file may leave out numbers and places, which then count on. */
const rowReader = (texts: CellTexts) => {
  const rows: SheetRow[] = [];
  const string = stringReader();
  let row: OpenRow = { number: -1, hidden: false, columns: [], texts: [] };
  let cell: OpenCell | null = null;
  let inValue = false;
  let inString = false;
  let stop: Refusal | null = null;
  const openCell = (attributes: Attributes): void => {
    const place = placeOf(attributes('r') ?? '');
    const column = place?.column ?? (row.columns.at(-1) ?? -1) + 1;
    cell = { column, type: attributes('t') ?? 'n', style: Number(attributes('s') ?? 0), value: '' };
  };
  const closeCell = (): void => {
    if (cell === null) return;
    const text = cell.type === 'inlineStr' ? string.take() : shownText(cell, texts);
    if (text.trim() !== '') {
      row.columns.push(cell.column);
      row.texts.push(text);
      stop ??= texts.budget.spend(text);
    }
    cell = null;
  };
  return {
    rows,
    stop: () => stop,
    openRow: (attributes: Attributes): void => {
      const number = Number(attributes('r') ?? row.number + 2) - 1;
      const hidden = isOn(attributes('hidden'));
      row = {
        number: Number.isInteger(number) ? number : row.number + 1,
        hidden,
        columns: [],
        texts: [],
      };
    },
    closeRow: (): void => {
      if (row.columns.length > 0) rows.push(row);
    },
    openCell,
    closeCell,
    open: (name: string): void => {
      inValue = name === 's:v' && cell !== null;
      if (name === 's:is') inString = true;
      if (inString) string.open(name);
    },
    text: (more: string): void => {
      if (inString) string.text(more);
      else if (inValue && cell !== null) cell.value += more;
    },
    close: (name: string): void => {
      inValue = false;
      if (inString) string.close(name);
      if (name === 's:is') inString = false;
    },
  };
};

/** Marks of a printed header: parts, fonts, page numbers; && is one &. */
const marginText = (raw: string): string =>
  raw
    .replace(/&(?:"[^"]{0,200}"|K[0-9A-F]{6}|\d{1,3}|[LCR])/gu, ' ')
    .replace(/&[A-JM-Z]/giu, '')
    .replaceAll('&&', '&')
    .replace(/[ \u3000]+/gu, ' ')
    .trim();

const MARGINS: ReadonlyMap<string, 'header' | 'footer'> = new Map([
  ['s:oddHeader', 'header'],
  ['s:evenHeader', 'header'],
  ['s:firstHeader', 'header'],
  ['s:oddFooter', 'footer'],
  ['s:evenFooter', 'footer'],
  ['s:firstFooter', 'footer'],
]);

const marginReader = () => {
  const lines = { header: new Set<string>(), footer: new Set<string>() };
  let open: 'header' | 'footer' | null = null;
  let text = '';
  return {
    open: (name: string): void => {
      open = MARGINS.get(name) ?? null;
      text = '';
    },
    text: (more: string): void => {
      if (open !== null && text.length < 2_000) text += more;
    },
    close: (): void => {
      if (open === null) return;
      const line = marginText(text);
      if (line !== '') lines[open].add(line);
      open = null;
    },
    of: (kind: 'header' | 'footer'): string => [...lines[kind]].join('\n'),
  };
};

const MOST_COLUMNS = 16_384;

const hiddenIn = (attributes: Attributes): number => {
  const count = Number(attributes('max')) - Number(attributes('min')) + 1;
  // What lies right of the last used column is often hidden as one block: nothing is kept from anyone there.
  return isOn(attributes('hidden')) && count >= 1 && Number(attributes('max')) < MOST_COLUMNS
    ? count
    : 0;
};

/** Rows by number, whatever order they stand in; one that comes twice is read as two. */
const inOrder = (rows: SheetRow[]): SheetRow[] => {
  const isSorted = rows.every((row, at) => row.number >= (rows[at - 1]?.number ?? 0));
  return isSorted ? rows : rows.sort((a, b) => a.number - b.number);
};

/** Refuses like `readXml`, with TEXT_TOO_LONG over the budget, with DAMAGED where the part is no sheet. */
export const readXlsxSheet = (
  zip: ZipParts,
  part: string,
  texts: CellTexts,
): Result<XlsxSheet, Refusal> => {
  const cells = rowReader(texts);
  const margins = marginReader();
  const merges: Merge[] = [];
  let hiddenColumns = 0;
  let isSheet = false;
  const opening: Readonly<Record<string, (attributes: Attributes) => void>> = {
    's:sheetData': () => {
      isSheet = true;
    },
    's:row': cells.openRow,
    's:c': cells.openCell,
    's:col': (attributes) => {
      hiddenColumns += hiddenIn(attributes);
    },
    's:mergeCell': (attributes) => {
      const merge = mergeOf(attributes('ref') ?? '');
      if (merge !== null && merges.length < MOST_MERGES) merges.push(merge);
    },
  };
  const read = readXml(zip, part, {
    namespaces: SHEET_NAMESPACES,
    caps: SHEET_XML_CAPS,
    handler: {
      open: (name, attributes) => {
        opening[name]?.(attributes);
        cells.open(name);
        margins.open(name);
      },
      text: (more) => {
        cells.text(more);
        margins.text(more);
      },
      close: (name) => {
        cells.close(name);
        margins.close();
        if (name === 's:c') cells.closeCell();
        else if (name === 's:row') cells.closeRow();
      },
    },
    stop: cells.stop,
  });
  if (!read.ok) return read;
  if (!isSheet) return refuse(refusal('DAMAGED', part));
  const rows = inOrder(cells.rows);
  return accept({
    rows,
    merges,
    hiddenColumns,
    header: margins.of('header'),
    footer: margins.of('footer'),
  });
};
