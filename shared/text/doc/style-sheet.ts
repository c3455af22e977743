/** Reads the style sheet of a Word file (MS-DOC 2.9.271): heading levels and lists that paragraphs take from their style. */
import { changeParagraph, newParagraph, type ParagraphProperties } from './paragraph-properties.ts';
import { wordAt } from './sprms.ts';

export interface StyleLook {
  /** 0–8; 9 is body text. */
  readonly outline: number | null;
  readonly list: number | null;
  readonly listLevel: number | null;
}

export interface StyleSheet {
  /** What a style says together with the styles it is based on; unknown ones say nothing. */
  look(style: number): StyleLook;
}

interface Style {
  readonly kind: number;
  readonly base: number;
  readonly builtIn: number;
  readonly properties: ParagraphProperties | null;
}

const NOTHING: StyleLook = { outline: null, list: null, listLevel: null };
export const NO_STYLE_SHEET: StyleSheet = { look: () => NOTHING };

const PARAGRAPH_STYLE = 1;
/** Built-in styles 1–9 are the headings. */
const HEADINGS = 9;
/** 标题 (Title), which has no outline level of its own. */
const TITLE = 62;
const MOST_BASES = 12;

const readStyle = (bytes: Uint8Array, fixedBytes: number, far: Uint8Array): Style => {
  const kinds = wordAt(bytes, 2);
  const style = { kind: kinds & 15, base: kinds >> 4, builtIn: wordAt(bytes, 0) & 0xfff };
  const nameCharacters = wordAt(bytes, fixedBytes);
  const at = fixedBytes + 2 + nameCharacters * 2 + 2;
  const length = wordAt(bytes, at);
  if (style.kind !== PARAGRAPH_STYLE || length < 2) return { ...style, properties: null };
  const properties = newParagraph(0);
  changeParagraph(properties, bytes.subarray(at + 4, at + 2 + length), { old: false, far });
  return { ...style, properties };
};

const readStyles = (sheet: Uint8Array, far: Uint8Array): Style[] => {
  const styles: Style[] = [];
  const headBytes = wordAt(sheet, 0);
  const count = wordAt(sheet, 2);
  const fixedBytes = wordAt(sheet, 4);
  let at = 2 + headBytes;
  while (styles.length < count && at + 2 <= sheet.length) {
    const length = wordAt(sheet, at);
    styles.push(readStyle(sheet.subarray(at + 2, at + 2 + length), fixedBytes, far));
    at += 2 + length + (length & 1);
  }
  return styles;
};

const ownOutline = ({ builtIn, properties }: Style): number | null => {
  if (properties?.outline !== null && properties?.outline !== undefined) return properties.outline;
  if (builtIn === TITLE) return 0;
  return builtIn >= 1 && builtIn <= HEADINGS ? builtIn - 1 : null;
};

const merged = (chain: readonly Style[]): StyleLook => {
  const numbered = chain.find(({ properties }) => (properties?.list ?? null) !== null);
  const outlined = chain.find((style) => ownOutline(style) !== null);
  const level = chain.find(({ properties }) => (properties?.listLevel ?? null) !== null);
  return {
    outline: outlined === undefined ? null : ownOutline(outlined),
    list: numbered?.properties?.list ?? null,
    listLevel: level?.properties?.listLevel ?? null,
  };
};

export const readStyleSheet = (sheet: Uint8Array, far: Uint8Array): StyleSheet => {
  const styles = readStyles(sheet, far);
  const known = new Map<number, StyleLook>();
  const look = (number: number): StyleLook => {
    const chain: Style[] = [];
    let style = styles[number];
    while (style !== undefined && chain.length < MOST_BASES) {
      chain.push(style);
      style = styles[style.base];
    }
    return merged(chain);
  };
  return {
    look: (number) => {
      const before = known.get(number);
      if (before !== undefined) return before;
      const found = look(number);
      known.set(number, found);
      return found;
    },
  };
};
