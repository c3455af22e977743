/** Reads OpenDocument list styles and counts lists: the label that stands before each item. */

import { writeNumber } from '../docx/number-formats.ts';
import { wholeNumber } from '../docx/on-off.ts';
import { isPictureFont, signsOf } from '../docx/symbols.ts';
import type { Attributes } from '../xml-pass.ts';

interface ListLevel {
  /** '' for none; `•` stands for a bullet. */
  readonly format: string;
  readonly prefix: string;
  readonly suffix: string;
  /** `第%1%章`, where the writer states it. */
  readonly pattern: string | null;
  readonly shownLevels: number;
  readonly start: number;
  readonly bullet: string;
  followedBy: string;
  font: string;
}

/** OpenDocument names a number format by the beginning of its row. */
const FORMATS: ReadonlyMap<string, string> = new Map([
  ['1', 'decimal'],
  ['01', 'decimalZero'],
  ['a', 'lowerLetter'],
  ['A', 'upperLetter'],
  ['i', 'lowerRoman'],
  ['I', 'upperRoman'],
  ['１', 'decimalFullWidth'],
  ['①', 'decimalEnclosedCircle'],
  ['一', 'chineseCountingThousand'],
  ['壹', 'chineseLegalSimplified'],
  ['壱', 'ideographLegalTraditional'],
  ['甲', 'ideographTraditional'],
  ['子', 'ideographZodiac'],
]);

const formatOf = (stated: string): string =>
  stated === '' ? '' : (FORMATS.get(stated.split(',', 1)[0]?.trim() ?? '') ?? 'decimal');

const LEVELS = { least: 1, most: 10 };
const COUNTS = { least: 0, most: 1_000_000 };

const levelIn = (attributes: Attributes, isBullet: boolean): ListLevel => ({
  format: isBullet ? '•' : formatOf(attributes('style:num-format') ?? ''),
  prefix: attributes('style:num-prefix') ?? '',
  suffix: attributes('style:num-suffix') ?? '',
  pattern: attributes('loext:num-list-format') ?? null,
  shownLevels: wholeNumber(attributes('text:display-levels'), LEVELS) ?? 1,
  start: wholeNumber(attributes('text:start-value'), COUNTS) ?? 1,
  bullet: attributes('text:bullet-char') ?? '•',
  followedBy: 'listtab',
  font: '',
});

/** A box or tick before a line says something; the other signs of picture fonts are only bullets. */
const bulletOf = ({ bullet, font }: ListLevel): string => {
  const sign = isPictureFont(font) ? signsOf(font, bullet) : bullet;
  if (/^[☐☑☒✓✗]$/u.test(sign)) return sign;
  return isPictureFont(font) || /[\ue000-\uf8ff]/u.test(sign) ? '•' : sign;
};

type Levels = ReadonlyMap<number, ListLevel>;

const numberAt = (levels: Levels, level: number, counts: readonly number[]): string => {
  const { format = '', start = 1 } = levels.get(level) ?? {};
  return format === '' || format === '•' ? '' : writeNumber(counts[level] ?? start, format);
};

const numbersFrom = (levels: Levels, level: number, counts: readonly number[]): string => {
  const shown = levels.get(level)?.shownLevels ?? 1;
  return Array.from({ length: Math.min(shown, level) }, (_, index) =>
    numberAt(levels, level - Math.min(shown, level) + 1 + index, counts),
  )
    .filter((number) => number !== '')
    .join('.');
};

const labelOf = (levels: Levels, level: number, counts: readonly number[]): string => {
  const own = levels.get(level);
  if (own === undefined || own.format === '') return '';
  if (own.format === '•') return bulletOf(own);
  const { pattern, prefix, suffix } = own;
  if (pattern === null) return `${prefix}${numbersFrom(levels, level, counts)}${suffix}`;
  return pattern.replace(/%(\d{1,2})%/gu, (_, digits: string) =>
    numberAt(levels, Number(digits), counts),
  );
};

/** Numbers of one list by level, from 1. */
export type Counts = number[];

export interface ListStyles {
  begin(name: string): void;
  level(attributes: Attributes, isBullet: boolean): void;
  /** Properties that stand inside the level. */
  inLevel(attributes: Attributes): void;
  end(): void;
  /** Counts an item in; its label and what joins label and text as `joinLabel` takes it. */
  next(list: { style: string; level: number; start: number | null }, counts: Counts): Label;
}

export interface Label {
  readonly label: string;
  readonly suffix: string;
}

const SUFFIXES: ReadonlyMap<string, string> = new Map([
  ['nothing', ''],
  ['space', 'space'],
]);

/** The numbering of headings goes by this name. */
export const OUTLINE = '\u0000outline';

export const listStyles = (): ListStyles => {
  const styles = new Map<string, Map<number, ListLevel>>();
  let levels: Map<number, ListLevel> | null = null;
  let own: ListLevel | null = null;
  return {
    begin: (name) => {
      levels = new Map();
      styles.set(name, levels);
    },
    level: (attributes, isBullet) => {
      own = levelIn(attributes, isBullet);
      levels?.set(wholeNumber(attributes('text:level'), LEVELS) ?? 1, own);
    },
    inLevel: (attributes) => {
      if (own === null) return;
      own.followedBy = attributes('text:label-followed-by') ?? own.followedBy;
      own.font = attributes('style:font-name') ?? attributes('fo:font-family') ?? own.font;
    },
    end: () => {
      levels = null;
      own = null;
    },
    next: ({ style, level, start }, counts) => {
      const all: Levels = styles.get(style) ?? new Map();
      const first = all.get(level)?.start ?? 1;
      counts[level] = start ?? (counts[level] ?? first - 1) + 1;
      counts.length = level + 1;
      const label = labelOf(all, level, counts);
      return { label, suffix: SUFFIXES.get(all.get(level)?.followedBy ?? '') ?? 'tab' };
    },
  };
};
