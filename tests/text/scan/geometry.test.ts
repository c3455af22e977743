import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gridsOf } from '../../../shared/text/pdf/ruled-grids.ts';
import { cutLines } from '../../../shared/text/scan/cut-lines.ts';
import { skewOf, straightened, turned } from '../../../shared/text/scan/deskew.ts';
import { evenLight } from '../../../shared/text/scan/even-light.ts';
import { findRules, withoutRules } from '../../../shared/text/scan/find-rules.ts';
import { patchesOf } from '../../../shared/text/scan/ink-patches.ts';
import { cutWide, lineBox } from '../../../shared/text/scan/line-box.ts';
import { scaledLine, scaledWidth } from '../../../shared/text/scan/line-pixels.ts';
import {
  type GreyImage,
  inkBelow,
  quarterTurned,
  resolutionOf,
  shrunk,
} from '../../../shared/text/scan/page-image.ts';
import { decodedLine } from '../../../shared/text/scan/recognise-lines.ts';
import { tidied } from '../../../shared/text/scan/tidy-line.ts';
import { greyWithoutSeals } from '../../../shared/text/scan/without-seal.ts';
import { stamped } from '../../making/spoil-page.ts';
import { bar, inColour, linesOfSquares, paper } from './draw.ts';

const page = (): GreyImage => {
  const image = paper(800, 1100);
  linesOfSquares(image, { left: 90, right: 710, top: 100, size: 20, pitch: 40, count: 20 });
  return image;
};

describe('a page that lies askew', () => {
  test.each([-4.6, -2, -0.8, 0.3, 1.5, 3.7])('by %f degrees is found to', (degrees) => {
    // `turned` turns against the clock, so that lines run up to the right.
    expect(skewOf(turned(page(), -degrees))).toBeCloseTo(degrees, 1);
  });

  test('is straight after it was straightened', () => {
    expect(Math.abs(skewOf(straightened(turned(page(), -2.4)).image))).toBeLessThan(0.06);
  });

  test('is left alone when it is straight or empty', () => {
    const straight = page();
    expect(straightened(straight)).toEqual({ image: straight, degrees: 0 });
    expect(skewOf(paper(300, 400))).toBe(0);
  });
});

/** Four rows and three columns; the first row is one line high. Rules are `thick` pixels of `level`. */
const table = (dpi: number, thick: number, level: number): GreyImage => {
  const mm = (length: number): number => Math.round((length * dpi) / 25.4);
  const image = paper(mm(210), mm(120));
  const [xs, ys] = [[20, 60, 120, 190].map(mm), [15, 21, 45, 70, 100].map(mm)];
  for (const y of ys) bar(image, [xs[0] ?? 0, y, (xs.at(-1) ?? 0) + thick, y + thick], level);
  for (const x of xs) bar(image, [x, ys[0] ?? 0, x + thick, (ys.at(-1) ?? 0) + thick], level);
  return image;
};

const gridsIn = (image: GreyImage, dpi: number) => {
  const scale = 72 / dpi;
  const rules = findRules(inkBelow(image, 200), dpi);
  return gridsOf(
    rules.map(({ across, at, from, to }) => ({
      across,
      at: at * scale,
      from: from * scale,
      to: to * scale,
    })),
  );
};

describe('a ruled table', () => {
  test.each([
    [150, 1, 150],
    [150, 2, 60],
    [200, 2, 90],
    [300, 3, 30],
    [300, 5, 0],
  ])('at %i dpi with rules of %i pixels of level %i has its twelve cells', (dpi, thick, level) => {
    const [grid] = gridsIn(table(dpi, thick, level), dpi);
    expect(grid?.cells).toHaveLength(12);
    expect(grid?.cells.every(({ rowSpan, columnSpan }) => rowSpan === 1 && columnSpan === 1)).toBe(
      true,
    );
  });

  test.each([-3, 0.8, 2])(
    'askew by %f degrees has its cells once it is straightened',
    (degrees) => {
      const { image } = straightened(turned(table(200, 2, 60), -degrees));
      expect(gridsIn(image, 200)[0]?.cells).toHaveLength(12);
    },
  );

  test('is not seen in lines of text', () => {
    expect(gridsIn(page(), 96)).toEqual([]);
  });

  test('leaves the ink in its cells when its rules are taken out', () => {
    const image = table(200, 2, 0);
    bar(image, [200, 220, 230, 250]);
    const map = inkBelow(image, 200);
    const rest = withoutRules(map, findRules(map, 200), 200);
    expect(rest.ink.reduce((sum, one) => sum + one, 0)).toBe(30 * 30);
  });
});

const whole = ({ width, height }: GreyImage) => ({ left: 0, top: 0, right: width, bottom: height });
const cutsOf = (image: GreyImage, em = 20) =>
  cutLines(inkBelow(image, 128), whole(image), { em, emIn: () => em });

describe('lines', () => {
  test('are cut one by one, from top to bottom', () => {
    const lines = cutsOf(page());
    expect(lines).toHaveLength(20);
    expect(lines[3]).toMatchObject({ left: 90, top: 220, bottom: 240 });
  });

  test('of two columns whose lines do not meet are cut column by column', () => {
    const image = paper(800, 500);
    linesOfSquares(image, { left: 50, right: 380, top: 50, size: 20, pitch: 40, count: 9 });
    linesOfSquares(image, { left: 430, right: 760, top: 70, size: 20, pitch: 40, count: 9 });
    const lines = cutsOf(image);
    expect(lines).toHaveLength(18);
    expect(lines.slice(0, 9).every(({ right }) => right <= 400)).toBe(true);
  });

  test('keep the strokes of 二 and 三 together', () => {
    const image = paper(200, 100);
    for (const y of [20, 28, 37]) bar(image, [90, y, 110, y + 3]);
    expect(cutsOf(image)).toEqual([{ left: 90, top: 20, right: 110, bottom: 40 }]);
  });

  test('that touch are cut where there is least ink', () => {
    const image = paper(600, 120);
    linesOfSquares(image, { left: 20, right: 580, top: 20, size: 20, pitch: 26, count: 2 });
    bar(image, [100, 38, 103, 50]);
    expect(cutsOf(image)).toHaveLength(2);
  });

  test('of a solid mass of ink are none', () => {
    const image = paper(500, 500);
    bar(image, [10, 10, 490, 490]);
    expect(cutsOf(image)).toEqual([]);
  });

  test('too wide for the recogniser are cut between characters', () => {
    const image = paper(4000, 60);
    linesOfSquares(image, { left: 20, right: 3980, top: 20, size: 20, pitch: 40, count: 1 });
    const map = inkBelow(image, 128);
    const [line] = cutsOf(image);
    const pieces = cutWide(map, line ?? whole(image));
    expect(pieces.length).toBeGreaterThan(3);
    for (const { right } of pieces.slice(0, -1)) expect(map.ink[30 * 4000 + right]).toBe(0);
  });

  test('that are low get the height of a character, and none leaves its cell', () => {
    const room = { left: 0, top: 0, right: 100, bottom: 100 };
    const box = lineBox({ left: 2, top: 50, right: 22, bottom: 53 }, room, 20);
    expect(box.left).toBe(0);
    expect(box.bottom - box.top).toBeGreaterThanOrEqual(20);
  });

  test('scale to 48 pixels with paper beyond the page', () => {
    const box = { left: -10, top: -10, right: 30, bottom: 30 };
    const image = paper(20, 20);
    bar(image, [0, 0, 20, 20]);
    const width = scaledWidth(box);
    const pixels = scaledLine(image, box, width);
    expect(pixels).toHaveLength(48 * width);
    expect(pixels[0]).toBeCloseTo(255, 3);
    expect(pixels[24 * width + Math.floor(width / 2)]).toBeLessThan(5);
  });
});

test('patches are what hangs together, corners included', () => {
  const image = paper(20, 10);
  bar(image, [2, 2, 4, 4]);
  bar(image, [4, 4, 6, 6]);
  bar(image, [10, 2, 20, 3]);
  bar(image, [0, 3, 1, 4]);
  const map = inkBelow(image, 128);
  const found = patchesOf(map);
  expect(found.patches.map(({ area }) => area).sort((a, b) => a - b)).toEqual([1, 8, 10]);
  found.clear(({ area }) => area === 1);
  expect(map.ink.reduce((sum, one) => sum + one, 0)).toBe(18);
});

describe('a red seal', () => {
  // Strokes as wide as those of print break the ring, and do not hide it.
  const under = paper(800, 1100);
  linesOfSquares(under, { left: 90, right: 710, top: 100, size: 7, pitch: 18, count: 50 });
  const { grey, seals } = greyWithoutSeals(stamped(inColour(under), [420, 560], 80));

  test('is taken off', () => {
    expect(seals).toBe(1);
    const darkened = grey.pixels.filter((level, at) => under.pixels[at] === 255 && level < 200);
    expect(darkened).toHaveLength(0);
  });

  test('leaves the black under it', () => {
    const lost = grey.pixels.filter((level, at) => under.pixels[at] === 0 && level > 60);
    expect(lost).toHaveLength(0);
  });

  test('is not seen in the red characters of a letterhead', () => {
    const image = inColour(paper(800, 1100));
    for (let line = 0; line < 12; line += 1)
      for (let y = 60; y < 110; y += 1)
        for (let x = 100 + line * 52; x < 140 + line * 52; x += 1)
          image.pixels.set([220, 30, 30], (y * 800 + x) * 4);
    const read = greyWithoutSeals(image);
    expect(read.seals).toBe(0);
    expect(read.grey.pixels[80 * 800 + 110]).toBeLessThan(120);
  });
});

test('a page in bad light becomes black on white', () => {
  const image = page();
  const dim = {
    ...image,
    pixels: image.pixels.map((level, at) => 60 + level * (0.3 + (0.3 * (at % 800)) / 800)),
  };
  const even = evenLight(dim);
  expect(even.pixels[50 * 800 + 400]).toBeGreaterThan(235);
  expect(even.pixels[110 * 800 + 100]).toBeLessThan(60);
});

test('quarter turns come round, and a shrunk page keeps its mean', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 12 }),
      fc.infiniteStream(fc.nat(255)),
      (width, height, levels) => {
        const pixels = Uint8Array.from({ length: width * height }, () => levels.next().value ?? 0);
        const image = { width, height, pixels };
        expect(quarterTurned(quarterTurned(image, 1), 3)).toEqual(image);
        expect(quarterTurned(quarterTurned(image, 2), 2)).toEqual(image);
        const one = shrunk(image, 100);
        const mean = pixels.reduce((sum, level) => sum + level, 0) / pixels.length;
        expect(Math.abs((one.pixels[0] ?? 0) - mean)).toBeLessThanOrEqual(1);
      },
    ),
  );
});

test('a stated resolution counts only where it makes a page', () => {
  expect(resolutionOf(1654, 2339, 200)).toBe(200);
  expect(resolutionOf(3000, 4000, 72)).toBeCloseTo(362.8, 0);
  expect(resolutionOf(1654, 2339, null)).toBeCloseTo(200, 0);
  expect(resolutionOf(2339, 1654, null)).toBeCloseTo(200, 0);
  expect(resolutionOf(1654, 300, null)).toBeCloseTo(200, 0);
});

test('characters come once for each run of a class, and again after nothing', () => {
  const steps = [0, 2, 2, 0, 2, 1, 0];
  const scores = Float32Array.from(
    steps.flatMap((at) => [0, 1, 2].map((one) => (one === at ? 0.8 : 0.1))),
  );
  const line = decodedLine({ steps: steps.length, classes: 3, scores }, ['甲', '乙']);
  expect(line.text).toBe('乙乙甲');
  expect(line.count).toBe(3);
  expect(line.confidence).toBeCloseTo(0.8, 5);
  expect(decodedLine({ steps: 0, classes: 3, scores: new Float32Array(0) }, []).confidence).toBe(0);
});

test.each([
  ['各社区居委会:', '各社区居委会：'],
  ['公开,及时', '公开，及时'],
  ['比例为1:3', '比例为1:3'],
  ['2021一2025年', '2021—2025年'],
  ['南云办［2021]24号', '南云办〔2021〕24号'],
  ['（2021）年', '（2021）年'],
  ['落实"三公"经费', '落实“三公”经费'],
  ['say "yes"', 'say "yes"'],
])('%s is set right as %s', (raw, wanted) => {
  expect(tidied(raw)).toBe(wanted);
});
