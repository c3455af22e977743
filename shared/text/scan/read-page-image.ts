/** Reads the picture of one page: straightened, its tables cut by their rules, its text cut into lines, each line recognised. */
import type { PageMarks, Rule, Run } from '../pdf/page-marks.ts';
import { type Grid, gridsOf } from '../pdf/ruled-grids.ts';
import { type CutLine, cutPage } from './cut-page.ts';
import { straightened } from './deskew.ts';
import { evenLight } from './even-light.ts';
import { findRules, type PixelRule, withoutRules } from './find-rules.ts';
import { patchesOf } from './ink-patches.ts';
import { cutWide, lineBox } from './line-box.ts';
import { type Box, type GreyImage, type InkMap, inkBelow } from './page-image.ts';
import { type LineRecogniser, type ReadLine, recogniseLine } from './recognise-lines.ts';
import { tidied } from './tidy-line.ts';

const POINTS = 72;
/** Levels under which a pixel is ink: of characters, and of lines, which are thinner and so paler. */
const TEXT_LEVEL = 150;
const RULE_LEVEL = 200;
const SPECK_MM = 0.16;
/** Points within which a rule is on a track of its grid. */
const TRACK = 3;
/** A line that is read with less is not shown: it is a picture, a pattern or noise. */
export const LINE_FLOOR = 0.5;
const MOST_LINES = 4_000;

export interface ReadPage {
  readonly marks: PageMarks;
  /** Mean probability of the characters, 0–1; null where there was nothing to read. */
  readonly confidence: number | null;
  readonly characters: number;
  /** Lines under the floor, which are left out. */
  readonly doubtful: number;
  /** By how much it lay askew. */
  readonly degrees: number;
  /** True where there is no ink to speak of. */
  readonly blank: boolean;
}

/** Usual height of a character in pixels: patches are characters or parts of them, and the larger ones tell. */
export const characterHeight = (patches: readonly Box[], dpi: number): number => {
  const [least, most] = [dpi * 0.06, dpi * 0.45];
  const sizes = patches
    .map((patch) => Math.max(patch.right - patch.left, patch.bottom - patch.top))
    .filter((size) => size >= least && size <= most)
    .sort((a, b) => a - b);
  return sizes[Math.floor(sizes.length * 0.7)] ?? dpi * 0.15;
};

const clearSpecks = (map: InkMap, dpi: number): readonly Box[] => {
  const speck = Math.max(2, (SPECK_MM * dpi) / 25.4);
  const found = patchesOf(map);
  const isSpeck = ({ area, left, right, top, bottom }: Box & { area: number }): boolean =>
    area <= speck * speck && Math.max(right - left, bottom - top) <= speck * 2;
  found.clear(isSpeck);
  return found.patches.filter((patch) => !isSpeck(patch));
};

const pointRule = (rule: PixelRule, scale: number): Rule => ({
  across: rule.across,
  at: rule.at * scale,
  from: rule.from * scale,
  to: rule.to * scale,
});

/** Lines that stand alone and are longer than this, in millimetres, are rules and underlines; shorter ones are strokes. */
const LONE_RULE_MM = 25;

const isInGrid = (rule: Rule, grids: readonly Grid[]): boolean =>
  grids.some(({ xs, ys }) => {
    const [ends, tracks] = rule.across ? [xs, ys] : [ys, xs];
    const inside = rule.to > (ends[0] ?? 0) && rule.from < (ends.at(-1) ?? 0);
    return inside && tracks.some((at) => Math.abs(at - rule.at) <= TRACK);
  });

/** Erased rules are white for the recogniser too. */
const whitened = (image: GreyImage, before: InkMap, after: InkMap): GreyImage => {
  const pixels = Uint8Array.from(image.pixels);
  for (let at = 0; at < pixels.length; at += 1)
    if (before.ink[at] === 1 && after.ink[at] === 0) pixels[at] = 255;
  return { ...image, pixels };
};

interface Recognised extends ReadLine {
  readonly box: Box;
}

const readLines = async (
  image: GreyImage,
  cut: { readonly lines: readonly CutLine[]; readonly map: InkMap; readonly em: number },
  recogniser: LineRecogniser,
): Promise<Recognised[]> => {
  const read: Recognised[] = [];
  for (const { box, room } of cut.lines) {
    let [text, sum, count] = ['', 0, 0];
    const pieces = cutWide(cut.map, box);
    for (const [index, piece] of pieces.entries()) {
      const around = {
        ...room,
        left: index === 0 ? room.left : piece.left,
        right: index === pieces.length - 1 ? room.right : piece.right,
      };
      const line = await recogniseLine(image, lineBox(piece, around, cut.em), recogniser);
      text += line.text;
      sum += line.confidence * line.count;
      count += line.count;
    }
    read.push({ box, text: tidied(text), confidence: count === 0 ? 0 : sum / count, count });
  }
  return read;
};

/** Heights of lines waver with what is in them: near ones are one size. */
const sizesOf = (lines: readonly Recognised[], em: number): number[] => {
  const heights = lines.map(({ box }) => (box.bottom - box.top) / 0.92);
  return heights.map((height) => (Math.abs(height - em) < em * 0.22 || height < em ? em : height));
};

const runsOf = (lines: readonly Recognised[], em: number, scale: number): Run[] => {
  const sizes = sizesOf(lines, em / 0.92);
  return lines.map(({ box, text }, index) => {
    const size = (sizes[index] ?? em) * scale;
    const middle = ((box.top + box.bottom) / 2) * scale;
    const [x, width] = [box.left * scale, (box.right - box.left) * scale];
    return { text, x, y: middle + size * 0.35, width, size };
  });
};

/** Share of a page under which its ink is dust. */
const DUST = 0.0006;

/** Spread over the page, so that a sample tells of all of it. */
const sampleOf = <T>(lines: readonly T[], most: number): readonly T[] =>
  lines.length <= most
    ? lines
    : Array.from(
        { length: most },
        (_, at) => lines[Math.floor((at * lines.length) / most)],
      ).flatMap((line) => line ?? []);

const isBlank = (map: InkMap): boolean => {
  let ink = 0;
  for (const one of map.ink) ink += one;
  return ink < DUST * map.ink.length;
};

const isInside = (patch: Box, box: Box): boolean =>
  patch.left >= box.left &&
  patch.right <= box.right &&
  patch.top >= box.top &&
  patch.bottom <= box.bottom;

/** What is known of a page before a character is read. */
const laidOut = (picture: GreyImage, dpi: number) => {
  const { image, degrees } = straightened(evenLight(picture));
  const scale = POINTS / dpi;
  const ink = inkBelow(image, RULE_LEVEL);
  const rules = findRules(ink, dpi);
  const pointRules = rules.map((rule) => pointRule(rule, scale));
  const grids = gridsOf(pointRules);
  const lone = (LONE_RULE_MM * dpi) / 25.4;
  const erased = rules.filter(
    (rule) => rule.to - rule.from >= lone || isInGrid(pointRule(rule, scale), grids),
  );
  const clean = whitened(image, ink, withoutRules(ink, erased, dpi));
  const map = inkBelow(clean, TEXT_LEVEL);
  const patches = clearSpecks(map, dpi);
  const blank = isBlank(map);
  const em = characterHeight(patches, dpi);
  const emIn = (box: Box): number =>
    characterHeight(
      patches.filter((patch) => isInside(patch, box)),
      dpi,
    );
  const lines = cutPage(map, grids, { em, emIn, dpi }).slice(0, MOST_LINES);
  return { clean, map, em, lines, pointRules, degrees, blank };
};

/**
 * `dpi` of the picture; its marks come out in points. With `most` only so many of its lines are read, to see which way
 * is up.
 */
export const readPageImage = async (
  { grey, dpi }: { readonly grey: GreyImage; readonly dpi: number },
  recogniser: LineRecogniser,
  most: number = MOST_LINES,
): Promise<ReadPage> => {
  const { clean, map, em, lines, pointRules, degrees, blank } = laidOut(grey, dpi);
  const scale = POINTS / dpi;
  const read = await readLines(clean, { lines: sampleOf(lines, most), map, em }, recogniser);
  const seen = read.filter((line) => line.count > 0 && line.text !== '');
  const good = seen.filter((line) => line.confidence >= LINE_FLOOR);
  const count = good.reduce((sum, line) => sum + line.count, 0);
  const total = good.reduce((sum, line) => sum + line.confidence * line.count, 0);
  return {
    marks: {
      width: clean.width * scale,
      height: clean.height * scale,
      runs: runsOf(good, em, scale),
      slanted: [],
      rules: pointRules,
      pictures: 0,
      curves: 0,
      tooManyRules: false,
    },
    confidence: count === 0 ? null : total / count,
    characters: count,
    doubtful: seen.length - good.length,
    degrees,
    blank,
  };
};
