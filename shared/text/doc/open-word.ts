/** Opens the streams of a Word file and the tables that say how its text is to be read. */
import { type Refusal, refusal } from '../../domain/refusal.ts';
import { accept, type Result, refuse } from '../../domain/result.ts';
import { charsetOfLabel, decodeText } from '../charset.ts';
import { type NumberLabels, numberLabels } from '../docx/number-labels.ts';
import { NO_STYLES } from '../docx/styles.ts';
import type { OleFile } from '../ole-file.ts';
import { type Fib, type Range, readFib, type TableName } from './fib.ts';
import { readFonts, readListTables } from './list-tables.ts';
import { readPieces } from './pieces.ts';
import { openProperties, type Properties } from './properties.ts';
import { characterPages, paragraphPages } from './property-pages.ts';
import { NO_STYLE_SHEET, readStyleSheet, type StyleSheet } from './style-sheet.ts';

export interface WordFile {
  readonly fib: Fib;
  /** The character at position p is `text[p]`; old 8-bit text is one byte a character until it is decoded. */
  readonly text: string;
  readonly properties: Properties;
  readonly styles: StyleSheet;
  readonly labels: NumberLabels;
  readonly far: Uint8Array;
  fontName(font: number): string;
  /** Bytes of a table; empty where the file has none. */
  table(name: TableName): Uint8Array;
  /** Turns old 8-bit text into Unicode; other text stays. */
  decode(text: string): string;
}

const NONE = new Uint8Array(0);

const CHINESE: ReadonlyMap<number, string> = new Map([
  [0x0804, 'gbk'],
  [0x1004, 'gbk'],
  [0x0404, 'big5'],
  [0x0c04, 'big5'],
  [0x1404, 'big5'],
]);

/** One charset for the whole file: a short paragraph alone could be read as another one. */
const oldDecoder = (text: string, language: number): ((text: string) => string) => {
  const declared = CHINESE.get(language);
  // Signs that end cells and fields would speak against any text.
  const bytes = Buffer.from(text.replace(/[\u0000-\u001f]/gu, '\n'), 'latin1');
  const found = declared === undefined ? decodeText(bytes) : null;
  const charset =
    declared === undefined
      ? found?.ok === true
        ? found.value.charset
        : null
      : charsetOfLabel(declared);
  const decoder = new TextDecoder(
    charset === 'gb18030' || charset === 'big5' ? charset : 'windows-1252',
  );
  return (part) => decoder.decode(Buffer.from(part, 'latin1'));
};

const slice = (bytes: Uint8Array, { from, to }: Range): Uint8Array =>
  from < to && to <= bytes.length ? bytes.subarray(from, to) : NONE;

interface Streams {
  readonly main: Uint8Array;
  readonly tables: Uint8Array;
  readonly far: Uint8Array;
  readonly fib: Fib;
}

const assemble = ({ main, tables, far, fib }: Streams): Result<WordFile, Refusal> => {
  const table = (name: TableName): Uint8Array => slice(tables, fib.place(name));
  const text = readPieces(main, table('pieces'), fib);
  if (!text.ok) return text;
  const fonts = fib.old ? [] : readFonts(table('fonts'));
  const fontName = (font: number): string => fonts[font] ?? '';
  const listsAt = fib.place('lists');
  // The levels stand behind the table of lists, and nothing says how long they are.
  const lists = listsAt.to > listsAt.from ? tables.subarray(listsAt.from) : NONE;
  const properties = openProperties({
    fib,
    text: text.value,
    characterPages: characterPages(main, table('characterPages'), fib.old),
    paragraphPages: paragraphPages(main, table('paragraphPages'), fib.old),
    far,
  });
  return accept({
    fib,
    text: text.value.text,
    properties,
    styles: fib.old ? NO_STYLE_SHEET : readStyleSheet(table('styles'), far),
    labels: numberLabels(readListTables(lists, table('listUses'), fontName), NO_STYLES),
    far,
    fontName,
    table,
    decode: fib.old && !fib.wide ? oldDecoder(text.value.text, fib.language) : (part) => part,
  });
};

/** Refuses with ENCRYPTED, DAMAGED, TEXT_TOO_LONG, or FORMAT_NOT_YET_READ for Word 2.0. */
export const openWord = (ole: OleFile): Result<WordFile, Refusal> => {
  const main = ole.stream('WordDocument');
  if (main === null) return refuse(refusal('DAMAGED', 'WordDocument'));
  const fib = readFib(main.bytes);
  if (!fib.ok) return fib;
  const tables = fib.value.old ? main : ole.stream(fib.value.tableStream);
  if (tables === null) return refuse(refusal('DAMAGED', fib.value.tableStream));
  const far = ole.stream('Data')?.bytes ?? NONE;
  return assemble({ main: main.bytes, tables: tables.bytes, far, fib: fib.value });
};
