/** Counts the lists of a document and writes the label that Word shows before each numbered paragraph. */
import { knowsNumberFormat, writeNumber } from './number-formats.ts';
import type { AbstractList, Level, List, Lists } from './numbering.ts';
import type { Styles } from './styles.ts';
import { isPictureFont, signsOf } from './symbols.ts';

export interface NumberedParagraph {
  readonly numberId: string;
  readonly level: number | null;
  readonly styleId: string | null;
}

export interface NumberLabels {
  /** Counts the paragraph in; its label ('' for none) and what joins label and text: '', 'space' or 'tab'. */
  next(paragraph: NumberedParagraph): { readonly label: string; readonly suffix: string };
  /** Number formats met that are written as decimals instead. */
  unknownFormats(): readonly string[];
}

interface Found {
  readonly list: List;
  readonly abstract: AbstractList;
  /** Lists of one abstract list count on together. */
  readonly countedAs: string;
}

const NO_LABEL = { label: '', suffix: '' };

const finder = (lists: Lists, styles: Styles) => {
  const own = (numberId: string): Found | null => {
    const list = lists.lists.get(numberId);
    const abstract = list === undefined ? undefined : lists.abstract.get(list.abstractId);
    return list === undefined || abstract === undefined
      ? null
      : { list, abstract, countedAs: list.abstractId };
  };
  return (numberId: string): Found | null => {
    const found = own(numberId);
    const link = found?.abstract.styleLink ?? null;
    if (found === null || link === null) return found;
    const linked = own(styles.numberIdOf(link) ?? '');
    return linked === null
      ? found
      : { ...linked, list: { ...found.list, ...mixed(found, linked) } };
  };
};

/** A list that takes its levels from a style still has its own overrides. */
const mixed = (found: Found, linked: Found): Pick<List, 'levels' | 'starts'> => ({
  levels: new Map([...linked.list.levels, ...found.list.levels]),
  starts: found.list.starts,
});

const levelOf = ({ list, abstract }: Found, level: number): Level | undefined =>
  list.levels.get(level) ?? abstract.levels.get(level);

const levelByStyle = ({ abstract }: Found, styleId: string | null): number => {
  if (styleId !== null)
    for (const [number, level] of abstract.levels) if (level.styleId === styleId) return number;
  return 0;
};

/** A box or tick before a line says something; the other signs of picture fonts are only bullets. */
const bulletLabel = ({ text, font }: Level): string => {
  const sign = isPictureFont(font) ? signsOf(font, text) : text;
  if (/^[☐☑☒✓✗]$/u.test(sign)) return sign;
  return isPictureFont(font) || /[\ue000-\uf8ff]/u.test(sign) ? '•' : sign;
};

/** Levels from this one down start anew when a level above was counted. */
const restartBelow = (counts: Map<number, number>, level: number, found: Found): void => {
  for (const deeper of [...counts.keys()]) {
    if (deeper <= level) continue;
    const restart = levelOf(found, deeper)?.restart ?? null;
    if (restart === null || (restart > 0 && level < restart)) counts.delete(deeper);
  }
};

const counter = () => {
  const all = new Map<string, Map<number, number>>();
  const started = new Set<string>();
  const countsOf = (name: string): Map<number, number> => {
    const counts = all.get(name) ?? new Map<number, number>();
    all.set(name, counts);
    return counts;
  };
  return (found: Found, numberId: string, level: number): Map<number, number> => {
    const counts = countsOf(found.countedAs);
    const override = found.list.starts.get(level);
    const first = `${numberId}/${level}`;
    if (override !== undefined && !started.has(first)) counts.set(level, override);
    else counts.set(level, (counts.get(level) ?? (levelOf(found, level)?.start ?? 1) - 1) + 1);
    started.add(first);
    restartBelow(counts, level, found);
    return counts;
  };
};

export const numberLabels = (lists: Lists, styles: Styles): NumberLabels => {
  const find = finder(lists, styles);
  const count = counter();
  const unknown = new Set<string>();
  const written = (found: Found, counts: Map<number, number>, own: Level): string =>
    own.text.replace(/%([1-9])/gu, (_, digit: string) => {
      const level = Number(digit) - 1;
      const shown = levelOf(found, level);
      const format = own.legal && shown?.format !== 'none' ? 'decimal' : (shown?.format ?? '');
      if (shown !== undefined && !knowsNumberFormat(format)) unknown.add(format.slice(0, 40));
      return writeNumber(counts.get(level) ?? shown?.start ?? 1, format);
    });
  return {
    next: ({ numberId, level, styleId }) => {
      const found = find(numberId);
      if (found === null) return NO_LABEL;
      const at = level ?? levelByStyle(found, styleId);
      const own = levelOf(found, at);
      if (own === undefined) return NO_LABEL;
      const counts = count(found, numberId, at);
      const label = own.format === 'bullet' ? bulletLabel(own) : written(found, counts, own);
      return { label, suffix: own.suffix === 'nothing' ? '' : own.suffix };
    },
    unknownFormats: () => [...unknown],
  };
};

/** Chinese labels end in their own mark and touch the text; others would run into it. */
export const joinLabel = (label: string, suffix: string, text: string): string => {
  if (label === '' || suffix === '') return `${label}${text}`;
  const touches =
    /[、．，：)）〕】》]$/u.test(label) ||
    /[\u2460-\u249b\u3220-\u3229\u3280-\u3289]$/u.test(label) ||
    (label.endsWith('.') && /^\p{Script=Han}/u.test(text));
  return touches ? `${label}${text}` : `${label} ${text}`;
};
