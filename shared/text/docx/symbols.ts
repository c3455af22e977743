/** Turns signs of picture fonts (Wingdings, Symbol …) into the Unicode characters that look the same. */
import { codePoint } from 'dingbat-to-unicode';

/** Stands for a sign that has no known character; the reader warns of it. */
export const UNKNOWN_SIGN = '\ufffd';

const FONTS: ReadonlyMap<string, string> = new Map(
  ['Symbol', 'Webdings', 'Wingdings', 'Wingdings 2', 'Wingdings 3'].map((font) => [
    font.toLowerCase(),
    font,
  ]),
);

export const isPictureFont = (font: string): boolean => FONTS.has(font.toLowerCase());

const PRIVATE_FROM = 0xf000;
const PRIVATE_TO = 0xf0ff;

/** Ballot boxes as forms mean them, where the table of fonts has look-alikes from other blocks. */
const BOXES: ReadonlyMap<string, string> = new Map([
  ['Wingdings:168', '☐'],
  ['Wingdings:111', '☐'],
  ['Wingdings:253', '☒'],
  ['Wingdings:254', '☑'],
  ['Wingdings:120', '☒'],
  ['Wingdings 2:82', '☑'],
  ['Wingdings 2:83', '☒'],
  ['Wingdings 2:84', '☒'],
  ['Wingdings 2:163', '☐'],
  ['Wingdings 2:42', '☐'],
  ['Wingdings 2:80', '✓'],
  ['Wingdings 2:79', '✗'],
]);

/** `code` is the code point in the file: plain (0x52) or moved to the private area (0xF052). */
export const signOf = (font: string, code: number): string => {
  const known = FONTS.get(font.toLowerCase());
  const isPrivate = code >= PRIVATE_FROM && code <= PRIVATE_TO;
  const inFont = isPrivate ? code - PRIVATE_FROM : code;
  if (known === undefined)
    return isPrivate || code < 0x20 || code > 0x10ffff ? UNKNOWN_SIGN : String.fromCodePoint(code);
  if (inFont === 0x20) return ' ';
  return BOXES.get(`${known}:${inFont}`) ?? codePoint(known, inFont)?.string ?? UNKNOWN_SIGN;
};

/** Text typed in a picture font; characters outside of it stay. */
export const signsOf = (font: string, text: string): string =>
  [...text]
    .map((character) => {
      const code = character.codePointAt(0) ?? 0;
      const inFont = (code > 0x20 && code <= 0xff) || (code >= PRIVATE_FROM && code <= PRIVATE_TO);
      return inFont ? signOf(font, code) : character;
    })
    .join('');
