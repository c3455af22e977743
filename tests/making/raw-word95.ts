/** Builds a Word 95 file: 8-bit text in the code page of the machine, one-byte property codes, no list tables. */
import { encodeLegacy } from './encode-legacy.ts';
import { rawOle } from './raw-ole.ts';

/** A paragraph, or one row of cells of equal width. */
export type OldPart = string | readonly string[];

const IN_TABLE = [24, 1];
const TEXT_AT = 0x300;
const PAGE = 512;

const rowEnd = (cells: number): number[] => {
  const edges = Array.from({ length: cells + 1 }, (_, at) => at * 2_000);
  const shapes = new Array<number>(cells * 10).fill(0);
  const operand = [cells, ...edges.flatMap((edge) => [edge & 255, edge >> 8]), ...shapes];
  const length = operand.length + 1;
  return [...IN_TABLE, 25, 1, 190, length & 255, length >> 8, ...operand];
};

interface Stretch {
  readonly bytes: Uint8Array;
  readonly changes: readonly number[];
}

const stretchesOf = (part: OldPart): Stretch[] => {
  const encode = (text: string, end: number): Uint8Array =>
    Uint8Array.from([...encodeLegacy(text, 'gb18030'), end]);
  if (typeof part === 'string') return [{ bytes: encode(part, 13), changes: [] }];
  return [
    ...part.map((cell) => ({ bytes: encode(cell, 7), changes: IN_TABLE })),
    { bytes: Uint8Array.of(7), changes: rowEnd(part.length) },
  ];
};

/** One page of paragraph properties (FKP). */
const propertyPage = (stretches: readonly Stretch[], from: number): Uint8Array => {
  const page = new Uint8Array(PAGE);
  const view = new DataView(page.buffer);
  let at = from;
  let free = 510;
  for (const [index, { bytes, changes }] of stretches.entries()) {
    view.setUint32(index * 4, at, true);
    at += bytes.length;
    const words = Math.ceil((changes.length + 3) / 2);
    free -= (words * 2 + 2) & ~1;
    page[free] = words;
    page.set(changes, free + 3);
    page[(stretches.length + 1) * 4 + index * 7] = free / 2;
  }
  view.setUint32(stretches.length * 4, at, true);
  page[PAGE - 1] = stretches.length;
  return page;
};

/** `language` is the one of the machine: 0x0804 for Chinese. */
export const rawWord95 = (
  parts: readonly OldPart[],
  language = 0x0804,
): Uint8Array<ArrayBuffer> => {
  const stretches = parts.flatMap(stretchesOf);
  const text = Uint8Array.from(stretches.flatMap(({ bytes }) => [...bytes]));
  const pageNumber = Math.ceil((TEXT_AT + text.length) / PAGE);
  const indexAt = (pageNumber + 1) * PAGE;
  const main = new Uint8Array(Math.max(4_096, indexAt + PAGE));
  const view = new DataView(main.buffer);
  view.setUint16(0, 0xa5dc, true);
  view.setUint16(2, 104, true);
  view.setUint16(6, language, true);
  view.setUint32(0x18, TEXT_AT, true);
  view.setUint32(0x1c, TEXT_AT + text.length, true);
  view.setUint32(0x34, text.length, true);
  view.setUint32(0xc0, indexAt, true);
  view.setUint32(0xc4, 10, true);
  main.set(text, TEXT_AT);
  main.set(propertyPage(stretches, TEXT_AT), pageNumber * PAGE);
  view.setUint32(indexAt, TEXT_AT, true);
  view.setUint32(indexAt + 4, TEXT_AT + text.length, true);
  view.setUint16(indexAt + 8, pageNumber, true);
  return rawOle({ WordDocument: main });
};
