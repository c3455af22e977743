/** Keeps what OpenDocument styles say of paragraphs and runs: heading level, hidden text, fonts of bullets. */
import { wholeNumber } from '../docx/on-off.ts';
import { outlineByName } from '../docx/styles.ts';
import type { Attributes } from '../xml-pass.ts';

interface Style {
  readonly parent: string | null;
  readonly outline: number | null;
  hidden: boolean | null;
  /** A sheet that is not shown. */
  invisible: boolean;
}

export interface StyleSheet {
  add(attributes: Attributes): void;
  textProperties(attributes: Attributes): void;
  tableProperties(attributes: Attributes): void;
  end(): void;
  /** Level 1–9 of a paragraph style by itself or the styles that it is based on; null for body text. */
  outline(name: string): number | null;
  hides(family: 'paragraph' | 'text', name: string): boolean;
  isInvisible(table: string): boolean;
}

/** No honest chain is longer; a ring of styles ends here too. */
const LONGEST_CHAIN = 32;

const levelIn = (value: string | undefined): number | null => {
  const level = wholeNumber(value, { least: 0, most: 10 });
  return level === null || level < 1 || level > 9 ? null : level;
};

/** Built-in heading styles go by their name where a writer left the level out; `_20_` stands for a blank. */
const levelOf = (attributes: Attributes): number | null => {
  const name = attributes('style:display-name') ?? attributes('style:name') ?? '';
  const byName = outlineByName(name.replaceAll('_20_', ' ').toLowerCase());
  const stated = levelIn(attributes('style:default-outline-level'));
  return stated ?? (byName === null ? null : byName + 1);
};

export const styleSheet = (): StyleSheet => {
  const styles = new Map<string, Style>();
  let open: Style | null = null;

  const chainOf = (family: string, name: string): Style[] => {
    const chain: Style[] = [];
    let next: string | null = name;
    while (next !== null && chain.length < LONGEST_CHAIN) {
      const style = styles.get(`${family}/${next}`);
      if (style === undefined) break;
      chain.push(style);
      next = style.parent;
    }
    return chain;
  };
  return {
    add: (attributes) => {
      open = {
        parent: attributes('style:parent-style-name') ?? null,
        outline: levelOf(attributes),
        hidden: null,
        invisible: false,
      };
      styles.set(`${attributes('style:family')}/${attributes('style:name')}`, open);
    },
    textProperties: (attributes) => {
      const display = attributes('text:display');
      if (open !== null && display !== undefined) open.hidden = display === 'none';
    },
    tableProperties: (attributes) => {
      if (open !== null) open.invisible = attributes('table:display') === 'false';
    },
    end: () => {
      open = null;
    },
    outline: (name) =>
      chainOf('paragraph', name).find((style) => style.outline !== null)?.outline ?? null,
    hides: (family, name) =>
      chainOf(family, name).find((style) => style.hidden !== null)?.hidden ?? false,
    isInvisible: (table) => styles.get(`table/${table}`)?.invisible ?? false,
  };
};
