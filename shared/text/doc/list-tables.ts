/** Reads the lists of a Word file (MS-DOC 2.9.147 LSTF, 2.9.150 LVLF, 2.9.131 LFO) into the form in which docx lists are counted. */
import type { AbstractList, Level, List, Lists } from '../docx/numbering.ts';
import { eachSprm, longAt, SPRM, wordAt } from './sprms.ts';

/** Number formats by their code (MS-OSHARED 2.2.1.3), under the names that docx gives them. */
const FORMATS: readonly string[] = [
  'decimal',
  'upperRoman',
  'lowerRoman',
  'upperLetter',
  'lowerLetter',
  'ordinal',
  'cardinalText',
  'ordinalText',
  'hex',
  'chicago',
  'ideographDigital',
  'japaneseCounting',
  'aiueo',
  'iroha',
  'decimalFullWidth',
  'decimalHalfWidth',
  'japaneseLegal',
  'japaneseDigitalTenThousand',
  'decimalEnclosedCircle',
  'decimalFullWidth2',
  'aiueoFullWidth',
  'irohaFullWidth',
  'decimalZero',
  'bullet',
  'ganada',
  'chosung',
  'decimalEnclosedFullstop',
  'decimalEnclosedParen',
  'decimalEnclosedCircleChinese',
  'ideographEnclosedCircle',
  'ideographTraditional',
  'ideographZodiac',
  'ideographZodiacTraditional',
  'taiwaneseCounting',
  'ideographLegalTraditional',
  'taiwaneseCountingThousand',
  'taiwaneseDigital',
  'chineseCounting',
  'chineseLegalSimplified',
  'chineseCountingThousand',
];
const NO_NUMBER = 255;
const SUFFIXES = ['tab', 'space', 'nothing'] as const;

const LIST_BYTES = 28;
const LEVEL_BYTES = 28;
const USE_BYTES = 16;
const LEVELS = 9;
const MOST_LISTS = 10_000;
const MOST_NUMBER = 32_767;

const formatOf = (code: number): string =>
  code === NO_NUMBER ? 'none' : (FORMATS[code] ?? `format-${code}`);

/** Levels stand as characters 0–8 in the text of the label. */
const labelOf = (bytes: Uint8Array): string => {
  let label = '';
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const unit = wordAt(bytes, at);
    label += unit < LEVELS ? `%${unit + 1}` : String.fromCharCode(unit);
  }
  return label;
};

const startOf = (value: number): number => (value <= MOST_NUMBER ? value : 1);

export type FontName = (font: number) => string;

const fontOf = (changes: Uint8Array, fontName: FontName): string => {
  let font = '';
  eachSprm(changes, false, (code, operand) => {
    if (code === SPRM.font) font = fontName(wordAt(operand, 0));
  });
  return font;
};

const readLevel = (
  bytes: Uint8Array,
  at: number,
  fontName: FontName,
): { readonly level: Level; readonly next: number } | null => {
  const flags = bytes[at + 5] ?? 0;
  const characterBytes = bytes[at + 24] ?? 0;
  const paragraphBytes = bytes[at + 25] ?? 0;
  const characterAt = at + LEVEL_BYTES + paragraphBytes;
  const textAt = characterAt + characterBytes;
  const next = textAt + 2 + wordAt(bytes, textAt) * 2;
  if (next > bytes.length) return null;
  const level = {
    start: startOf(longAt(bytes, at)),
    format: formatOf(bytes[at + 4] ?? 0),
    text: labelOf(bytes.subarray(textAt + 2, next)).slice(0, 255),
    suffix: SUFFIXES[bytes[at + 15] ?? 0] ?? 'tab',
    restart: (flags & 0x08) === 0 ? null : (bytes[at + 26] ?? 0),
    legal: (flags & 0x04) !== 0,
    styleId: null,
    font: fontOf(bytes.subarray(characterAt, textAt), fontName),
  };
  return { level, next };
};

/** `bytes` go on after the table itself: there the levels stand. */
const readAbstract = (bytes: Uint8Array, fontName: FontName): Map<string, AbstractList> => {
  const found = new Map<string, AbstractList>();
  const count = Math.min(MOST_LISTS, wordAt(bytes, 0));
  let at = 2 + count * LIST_BYTES;
  for (let list = 0; list < count; list += 1) {
    const head = 2 + list * LIST_BYTES;
    const levels = new Map<number, Level>();
    found.set(String(longAt(bytes, head)), { levels, styleLink: null });
    const wanted = ((bytes[head + 26] ?? 0) & 1) === 1 ? 1 : LEVELS;
    for (let number = 0; number < wanted; number += 1) {
      const read = readLevel(bytes, at, fontName);
      if (read === null) return found;
      levels.set(number, read.level);
      at = read.next;
    }
  }
  return found;
};

interface Overrides {
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly fontName: FontName;
}

const readOverrides = (list: List, from: number, overrides: Overrides): number | null => {
  const { bytes, count, fontName } = overrides;
  let at = from + 4;
  for (let number = 0; number < count; number += 1) {
    if (at + 8 > bytes.length) return null;
    const flags = longAt(bytes, at + 4);
    const level = flags & 15;
    if ((flags & 0x10) !== 0) list.starts.set(level, startOf(longAt(bytes, at)));
    at += 8;
    if ((flags & 0x20) === 0) continue;
    const read = readLevel(bytes, at, fontName);
    if (read === null) return null;
    list.levels.set(level, read.level);
    at = read.next;
  }
  return at;
};

const readUses = (bytes: Uint8Array, fontName: FontName): Map<string, List> => {
  const uses = new Map<string, List>();
  const count = Math.min(MOST_LISTS, longAt(bytes, 0));
  let at: number | null = 4 + count * USE_BYTES;
  for (let use = 0; use < count; use += 1) {
    const head = 4 + use * USE_BYTES;
    if (head + USE_BYTES > bytes.length) break;
    const list = { abstractId: String(longAt(bytes, head)), levels: new Map(), starts: new Map() };
    uses.set(String(use + 1), list);
    const overrides = { bytes, count: bytes[head + 12] ?? 0, fontName };
    if (at !== null) at = readOverrides(list, at, overrides);
  }
  return uses;
};

/** `lists` reaches on to the end of the table stream; lists are known by the number that paragraphs name. */
export const readListTables = (lists: Uint8Array, uses: Uint8Array, fontName: FontName): Lists => ({
  abstract: readAbstract(lists, fontName),
  lists: readUses(uses, fontName),
});

const FONT_HEAD = 40;

/** Names of the fonts by number (SttbfFfn). */
export const readFonts = (table: Uint8Array): readonly string[] => {
  const names: string[] = [];
  const count = wordAt(table, 0);
  let at = 4;
  while (names.length < count && at < table.length) {
    const length = table[at] ?? 0;
    let name = '';
    for (let letter = at + FONT_HEAD; letter + 1 < at + 1 + length; letter += 2) {
      const unit = wordAt(table, letter);
      if (unit === 0) break;
      name += String.fromCharCode(unit);
    }
    names.push(name);
    at += 1 + length;
  }
  return names;
};
