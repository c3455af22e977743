/** Looks up in the pages of properties (MS-DOC 2.9.32, PlcBteChpx and PlcBtePapx) what holds for the text at a byte. */
import type { Range } from './fib.ts';
import { longAt, wordAt } from './sprms.ts';

/** Holds for the bytes `from` to before `to` of the main stream. */
export interface PageEntry extends Range {
  /** Where in the stream the changes stand: the same place, the same properties. */
  readonly at: number;
  /** Number of the style of a paragraph; 0 of characters. */
  readonly style: number;
  readonly changes: Uint8Array;
}

export interface PropertyPages {
  /** null where the file says nothing of the byte. */
  find(at: number): PageEntry | null;
}

const PAGE_BYTES = 512;
const NONE = new Uint8Array(0);

/** Index of the last of `count` ascending offsets that is not over `wanted`; -1 where all are. */
const lastNotOver = (count: number, offset: (at: number) => number, wanted: number): number => {
  let [low, high] = [-1, count - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (offset(middle) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
};

type EntryReader = (page: Uint8Array, slots: number, at: number) => Omit<PageEntry, 'from' | 'to'>;

const readCharacterEntry: EntryReader = (page, slots, at) => {
  const start = (page[slots + at] ?? 0) * 2;
  const length = start === 0 ? 0 : (page[start] ?? 0);
  return { at: start, style: 0, changes: page.subarray(start + 1, start + 1 + length) };
};

const readParagraphEntry =
  (slotBytes: number): EntryReader =>
  (page, slots, at) => {
    const place = (page[slots + at * slotBytes] ?? 0) * 2;
    if (place === 0) return { at: 0, style: 0, changes: NONE };
    const words = page[place] ?? 0;
    const start = words === 0 ? place + 2 : place + 1;
    const end = words === 0 ? start + (page[place + 1] ?? 0) * 2 : place + words * 2;
    return {
      at: place,
      style: wordAt(page, start),
      changes: page.subarray(start + 2, Math.max(start + 2, end)),
    };
  };

const propertyPages = (
  main: Uint8Array,
  index: Uint8Array,
  { numberBytes, readEntry }: { readonly numberBytes: 2 | 4; readonly readEntry: EntryReader },
): PropertyPages => {
  const count = Math.max(0, Math.floor((index.length - 4) / (4 + numberBytes)));
  const numberAt = (at: number): number => {
    const place = (count + 1) * 4 + at * numberBytes;
    return numberBytes === 2 ? wordAt(index, place) : longAt(index, place) & 0x3fffff;
  };
  return {
    find: (wanted) => {
      const slot = lastNotOver(count, (at) => longAt(index, at * 4), wanted);
      if (slot < 0) return null;
      const pageAt = numberAt(slot) * PAGE_BYTES;
      const page = main.subarray(pageAt, pageAt + PAGE_BYTES);
      const entries = page[PAGE_BYTES - 1] ?? 0;
      const at = lastNotOver(entries, (entry) => longAt(page, entry * 4), wanted);
      const to = longAt(page, at * 4 + 4);
      if (at < 0 || to <= wanted) return null;
      const entry = readEntry(page, (entries + 1) * 4, at);
      return { ...entry, at: pageAt + entry.at, from: longAt(page, at * 4), to };
    },
  };
};

export const characterPages = (main: Uint8Array, index: Uint8Array, old: boolean): PropertyPages =>
  propertyPages(main, index, { numberBytes: old ? 2 : 4, readEntry: readCharacterEntry });

export const paragraphPages = (main: Uint8Array, index: Uint8Array, old: boolean): PropertyPages =>
  propertyPages(main, index, {
    numberBytes: old ? 2 : 4,
    readEntry: readParagraphEntry(old ? 7 : 13),
  });
