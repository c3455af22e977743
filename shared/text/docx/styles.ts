/** Reads styles.xml: what a paragraph or run takes from its style and the styles that one is based on. */
import type { Refusal } from '../../domain/refusal.ts';
import { accept, type Result } from '../../domain/result.ts';
import { type Attributes, readXml, type XmlHandler } from '../xml-pass.ts';
import type { ZipParts } from '../zip-parts.ts';
import { DOCX_NAMESPACES } from './namespaces.ts';
import { isOn, wholeNumber } from './on-off.ts';

/** What a paragraph says of itself; null where it says nothing. */
export interface ParagraphStyle {
  /** 0–8; 9 is body text. */
  readonly outline: number | null;
  readonly numberId: string | null;
  readonly numberLevel: number | null;
  /** Id of the style that says `numberId`: list levels may be tied to it. */
  readonly numberStyle: string | null;
  readonly hidden: boolean | null;
}

export interface Styles {
  /** By style id; the default paragraph style for null. Unknown ids give nothing. */
  paragraph(id: string | null): ParagraphStyle;
  /** Whether the run style hides its text. */
  hides(id: string): boolean | null;
  /** The list that a numbering style stands for. */
  numberIdOf(id: string): string | null;
}

interface Style {
  readonly id: string;
  basedOn: string | null;
  name: string;
  outline: number | null;
  numberId: string | null;
  numberLevel: number | null;
  hidden: boolean | null;
}

const NOTHING: ParagraphStyle = {
  outline: null,
  numberId: null,
  numberLevel: null,
  numberStyle: null,
  hidden: null,
};

const OLD_PROPERTIES = new Set(['w:pPrChange', 'w:rPrChange', 'w:tblStylePr']);

type Setter = (style: Style, attributes: Attributes) => void;

const SETTERS: ReadonlyMap<string, Setter> = new Map<string, Setter>([
  ['w:name', (style, at) => Object.assign(style, { name: (at('w:val') ?? '').toLowerCase() })],
  ['w:basedOn', (style, at) => Object.assign(style, { basedOn: at('w:val') ?? null })],
  ['w:vanish', (style, at) => Object.assign(style, { hidden: isOn(at('w:val')) })],
  ['w:numId', (style, at) => Object.assign(style, { numberId: at('w:val') ?? null })],
  [
    'w:outlineLvl',
    (style, at) =>
      Object.assign(style, { outline: wholeNumber(at('w:val'), { least: 0, most: 9 }) }),
  ],
  [
    'w:ilvl',
    (style, at) =>
      Object.assign(style, { numberLevel: wholeNumber(at('w:val'), { least: 0, most: 8 }) }),
  ],
]);

/** Built-in heading styles go by their name where a writer left the outline level out. */
export const outlineByName = (name: string): number | null => {
  const digit = /^(?:heading|标题) ?([1-9])$/u.exec(name)?.[1];
  if (digit !== undefined) return Number(digit) - 1;
  return name === 'title' ? 0 : null;
};

const newStyle = (id: string): Style => ({
  id,
  basedOn: null,
  name: '',
  outline: null,
  numberId: null,
  numberLevel: null,
  hidden: null,
});

interface Sheet {
  readonly byId: Map<string, Style>;
  defaultParagraph: string | null;
}

const sheetHandler = (sheet: Sheet): XmlHandler => {
  let style: Style | null = null;
  let skipping = 0;
  const begin = (attributes: Attributes): void => {
    const id = attributes('w:styleId') ?? '';
    style = newStyle(id);
    if (!sheet.byId.has(id)) sheet.byId.set(id, style);
    const standard = attributes('w:default');
    if (attributes('w:type') === 'paragraph' && standard !== undefined && isOn(standard))
      sheet.defaultParagraph ??= id;
  };
  return {
    open: (name, attributes) => {
      if (skipping > 0 || OLD_PROPERTIES.has(name)) skipping += 1;
      else if (name === 'w:style') begin(attributes);
      else if (style !== null) SETTERS.get(name)?.(style, attributes);
    },
    close: (name) => {
      if (skipping > 0) skipping -= 1;
      else if (name === 'w:style') style = null;
    },
  };
};

/** Word stops at 10 or so; a ring of styles ends here too. */
const LONGEST_CHAIN = 32;

const merged = (style: Style, base: ParagraphStyle): ParagraphStyle => ({
  outline: style.outline ?? outlineByName(style.name) ?? base.outline,
  numberId: style.numberId ?? base.numberId,
  numberLevel: style.numberLevel ?? base.numberLevel,
  numberStyle: style.numberId === null ? base.numberStyle : style.id,
  hidden: style.hidden ?? base.hidden,
});

const chainOf = (sheet: Sheet, id: string): Style[] => {
  const chain: Style[] = [];
  let next: string | null = id;
  while (next !== null && chain.length < LONGEST_CHAIN) {
    const style = sheet.byId.get(next);
    if (style === undefined) break;
    chain.push(style);
    next = style.basedOn;
  }
  return chain;
};

const stylesOf = (sheet: Sheet): Styles => {
  const known = new Map<string, ParagraphStyle>();
  const resolve = (id: string): ParagraphStyle => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const found = chainOf(sheet, id).reduceRight<ParagraphStyle>(
      (base, style) => merged(style, base),
      NOTHING,
    );
    if (sheet.byId.has(id)) known.set(id, found);
    return found;
  };
  return {
    paragraph: (id) => {
      const named = id !== null && sheet.byId.has(id) ? id : sheet.defaultParagraph;
      return named === null ? NOTHING : resolve(named);
    },
    hides: (id) => resolve(id).hidden,
    numberIdOf: (id) => resolve(id).numberId,
  };
};

export const NO_STYLES: Styles = stylesOf({ byId: new Map(), defaultParagraph: null });

export const readStyles = (zip: ZipParts, part: string): Result<Styles, Refusal> => {
  const sheet: Sheet = { byId: new Map(), defaultParagraph: null };
  const read = readXml(zip, part, { namespaces: DOCX_NAMESPACES, handler: sheetHandler(sheet) });
  return read.ok ? accept(stylesOf(sheet)) : read;
};
