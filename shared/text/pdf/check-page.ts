/** Judges whether the text of a page can be relied on, or only a picture or rubbish stands there. */
import type { PageMarks } from './page-marks.ts';

/**
 * `text`: usable. `blank`: nothing is drawn, or lines alone. `picture`: the page is a scan or outlines.
 * `garbled`: its font has no way back to characters.
 */
export type PageKind = 'text' | 'blank' | 'picture' | 'garbled';

/** Pictures smaller than this share of a page without text are ornaments. */
const ORNAMENT = 0.02;
/** A picture over this share makes a page with a word or two a scan with a stamp or a page number. */
const WHOLE_PAGE = 0.5;
const FEW_CHARACTERS = 15;
/** Outlined text has hundreds of curves. */
const OUTLINES = 200;
const RELIABLE = 0.7;

/** 汉字 of GB 2312, by which texts of offices are almost wholly written. */
const everydayCharacters = (): ReadonlySet<string> => {
  const bytes: number[] = [];
  for (let high = 0xb0; high <= 0xf7; high += 1)
    for (let low = 0xa1; low <= 0xfe; low += 1) bytes.push(high, low);
  return new Set(new TextDecoder('gb18030').decode(Uint8Array.from(bytes)));
};

const EXPECTED =
  /[\u0020-\u007e\u00a0-\u00ff\u2010-\u203b\u2103-\u2116\u2190-\u2193\u2200-\u22ff\u2460-\u24ff\u2500-\u257f\u25a0-\u25ff\u2605\u2606\u2610-\u2612\u2611\u2713\u2714\u3000-\u303f\u3220-\u33ff\uff00-\uffef]/u;
const TRADITIONAL = /[\u4e00-\u9fff]/u;
const BROKEN =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ue000-\uf8ff\ufffd]|[\u{f0000}-\u{10ffff}]/u;

const BLANK = 3;

/** Two for what a Chinese text has, one for 汉字 outside everyday use, none for what is broken. */
const pointsOf = (character: string, everyday: ReadonlySet<string>): number => {
  if (character.trim() === '') return BLANK;
  if (BROKEN.test(character)) return 0;
  if (everyday.has(character) || EXPECTED.test(character)) return 2;
  return TRADITIONAL.test(character) ? 1 : 0;
};

/** Points of a character, worked out once each. */
const pointsTable = () => {
  const everyday = everydayCharacters();
  const known = new Map<string, number>();
  return (character: string): number => {
    const before = known.get(character);
    if (before !== undefined) return before;
    const points = pointsOf(character, everyday);
    known.set(character, points);
    return points;
  };
};

let pointsFor: ReturnType<typeof pointsTable> | null = null;

/** Share of the characters that a Chinese text would have, 0–1; characters outside everyday use count half. */
export const reliability = (text: string): number => {
  pointsFor ??= pointsTable();
  let [points, count] = [0, 0];
  for (const character of text) {
    const own = pointsFor(character);
    if (own === BLANK) continue;
    count += 1;
    points += own;
  }
  return count === 0 ? 1 : points / 2 / count;
};

/** `text` is what is left of the page without page numbers and running heads. */
export const judgePage = (text: string, marks: PageMarks): PageKind => {
  const characters = text.replace(/\s/gu, '').length;
  if (characters === 0) {
    const drawn = marks.pictures > ORNAMENT || marks.curves > OUTLINES;
    return drawn ? 'picture' : 'blank';
  }
  if (reliability(text) < RELIABLE) return 'garbled';
  return characters < FEW_CHARACTERS && marks.pictures > WHOLE_PAGE ? 'picture' : 'text';
};
