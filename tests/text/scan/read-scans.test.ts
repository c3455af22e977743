import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { layOutDocument, makePdf } from '../../../fixtures/make-pdf.ts';
import { modelFolder, onnxRecogniser } from '../../../shared/adapters/scan/onnx-recogniser.ts';
import { type CanonicalText, canonicalTextSchema } from '../../../shared/domain/text.ts';
import { extract } from '../../../shared/text/extract.ts';
import { extractScan } from '../../../shared/text/extract-scan.ts';
import { type GreyImage, quarterTurned } from '../../../shared/text/scan/page-image.ts';
import { openPdfium } from '../../../shared/text/scan/pictures/open-pdfium.ts';
import { picturePdf } from '../../../shared/text/scan/pictures/picture-pdf.ts';
import type { LineRecogniser } from '../../../shared/text/scan/recognise-lines.ts';
import { bar, paper } from './draw.ts';
import { tiffOf } from './tiff-of.ts';

const SCANS = join(import.meta.dirname, '..', '..', '..', 'fixtures', 'scans');
const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(join(SCANS, name)));
const NOTICE = fixture('stop-water-notice.jpg');
const TABLE = fixture('task-table.png');
const SENTENCE = '因石埠片区供水管网改造，7月17日22时至次日6时停水，请居民提前储水。';

let recogniser: LineRecogniser;
beforeAll(async () => {
  recogniser = await onnxRecogniser(modelFolder());
}, 60_000);

const reading = (bytes: Uint8Array, name = '扫描件') => extractScan(bytes, name, recogniser);

const read = async (bytes: Uint8Array, name?: string): Promise<CanonicalText> => {
  const result = await reading(bytes, name);
  if (!result.ok) throw new Error(`refused: ${result.error.kind}`);
  return canonicalTextSchema.parse(result.value);
};

const refusalOf = async (bytes: Uint8Array): Promise<string> => {
  const result = await reading(bytes);
  return result.ok ? `read: ${result.value.text.slice(0, 40)}` : result.error.kind;
};

const codesOf = ({ warnings }: CanonicalText): string[] => warnings.map(({ code }) => code);

const greyOf = (png: Uint8Array): GreyImage => {
  const { width, height, data } = PNG.sync.read(Buffer.from(png));
  return {
    width,
    height,
    pixels: Uint8Array.from({ length: width * height }, (_, at) => data[at * 4] ?? 255),
  };
};

const pngOf = ({ width, height, pixels }: GreyImage, colorType: 0 | 6 = 0): Uint8Array => {
  const png = new PNG({ width, height });
  pixels.forEach((level, at) => {
    png.data.fill(level, at * 4, at * 4 + 3);
    png.data[at * 4 + 3] = 255;
  });
  return new Uint8Array(PNG.sync.write(png, { colorType }));
};

/** The head and the title of the table's page: little to recognise. */
const upperPart = (image: GreyImage, height = 360): GreyImage => ({
  ...image,
  height,
  pixels: image.pixels.slice(0, image.width * height),
});

describe('a scan', { timeout: 120_000 }, () => {
  test('of a notice, askew and under a seal, is read line by line with its confidence', async () => {
    const text = await read(NOTICE, '停水通知.jpg');
    const lines = text.text.split('\n');
    expect(text.format).toBe('image');
    expect(lines).toEqual(
      expect.arrayContaining(['停水通知', SENTENCE, '云溪街道城市建设管理办公室', '2021年7月15日']),
    );
    expect(text.pages).toMatchObject([{ number: 1, state: 'read' }]);
    expect(text.pages[0]?.confidence).toBeGreaterThan(0.95);
    expect(codesOf(text)).toEqual(['W_SEAL_REMOVED', 'W_OCR']);
    for (const block of text.blocks) expect(text.text.slice(block.start, block.end)).not.toBe('');
  });

  test('of a ruled table gives its rows and cells', async () => {
    const text = await read(TABLE, '分解表.png');
    const [table] = text.blocks.filter((block) => block.kind === 'table');
    expect(table).toMatchObject({ columns: 6, rows: 9 });
    const rows = text.text.slice(table?.start, table?.end).split('\n');
    expect(rows[0]).toBe('序号\t工作任务\t工作要求\t牵头单位\t责任部门\t完成时限');
    expect(rows[1]).toBe('一、以公开服务经济平稳运行');
    expect(text.text).toContain('公开减税降费政策信息');
  });

  test('that lies on its head or on its side is turned', async () => {
    const image = upperPart(greyOf(TABLE), 1_170);
    for (const turns of [1, 2] as const) {
      const text = await read(pngOf(quarterTurned(image, turns)));
      expect(text.text).toContain('云溪街道2022年政务公开工作主要任务分解表');
    }
  });

  test('of several pages in a TIFF keeps their numbers, and a blank one is no gap', async () => {
    const page = upperPart(greyOf(TABLE));
    const text = await read(tiffOf([page, paper(page.width, page.height), page]), '三页.tif');
    expect(text.pages.map(({ number, state }) => [number, state])).toEqual([
      [1, 'read'],
      [2, 'read'],
      [3, 'read'],
    ]);
    expect(text.pages[1]?.confidence).toBeUndefined();
    expect(text.blocks.map(({ page: number }) => number)).toContain(3);
  });

  test('with transparency or as a bitmap is read alike', async () => {
    const image = upperPart(greyOf(TABLE));
    const [plain, transparent] = [await read(pngOf(image)), await read(pngOf(image, 6))];
    expect(transparent.text).toBe(plain.text);
  });

  test('between pages of text is read where it stands', async () => {
    const words = {
      kind: 'paragraph',
      text: '云溪街道办事处关于停水的通知已经印发，请各社区及时转告居民并做好储水准备。',
    } as const;
    const mixed = makePdf(
      layOutDocument([
        words,
        { kind: 'pageBreak' },
        { kind: 'image', height: 500 },
        { kind: 'pageBreak' },
        words,
      ]),
    );
    const plain = await extract(mixed, 'a.pdf');
    expect(plain.ok && plain.value.pages.map(({ state }) => state)).toEqual([
      'read',
      'unread',
      'read',
    ]);
    const text = await read(mixed, 'a.pdf');
    expect(text.pages[0]?.confidence).toBeUndefined();
    expect(text.text.startsWith('云溪街道办事处关于停水的通知')).toBe(true);
    expect(text.pages).toHaveLength(3);
  });
});

const chunk = (name: string, body: Uint8Array): Buffer => {
  const bytes = Buffer.alloc(12 + body.length);
  bytes.writeUInt32BE(body.length);
  bytes.write(name, 4, 'latin1');
  bytes.set(body, 8);
  return bytes;
};

const declaredPng = (width: number, height: number, colour = 0): Uint8Array => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([8, colour], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  const content = deflateSync(Buffer.alloc(64));
  return new Uint8Array(
    Buffer.concat([
      signature,
      chunk('IHDR', header),
      chunk('IDAT', content),
      chunk('IEND', Buffer.alloc(0)),
    ]),
  );
};

const declaredBmp = (width: number, height: number): Uint8Array => {
  const bytes = Buffer.alloc(2_000);
  bytes.write('BM', 0, 'latin1');
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  return new Uint8Array(bytes);
};

const declaredJpeg = (width: number, height: number): Uint8Array => {
  const bytes = NOTICE.slice();
  const frame = bytes.findIndex((byte, at) => byte === 0xff && bytes[at + 1] === 0xc0);
  bytes.set([height >> 8, height & 255, width >> 8, width & 255], frame + 5);
  return bytes;
};

const hugeInPdf = (filter: string): Uint8Array =>
  picturePdf({
    width: 60_000,
    height: 60_000,
    dpi: 200,
    rotate: 0,
    dictionary: `/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/${filter}`,
    content: new Uint8Array(500),
  });

const rubbishInPdf = (filter: string): Uint8Array =>
  picturePdf({
    width: 1_200,
    height: 1_600,
    dpi: 150,
    rotate: 0,
    dictionary: `/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/${filter}`,
    content: Uint8Array.from({ length: 3_000 }, (_, at) => (at * 89) % 251),
  });

const ringTiff = (): Uint8Array => {
  const bytes = tiffOf([paper(16, 16)]);
  new DataView(bytes.buffer).setUint32(8 + 2 + 8 * 12, 8, true);
  return bytes;
};

const black = (): GreyImage => {
  const image = paper(800, 1100);
  bar(image, [0, 0, 800, 1100]);
  return image;
};

describe('hostile and useless pictures', { timeout: 120_000 }, () => {
  test.each([
    ['a JPEG cut off', NOTICE.slice(0, 40_000), 'DAMAGED'],
    ['a JPEG of a header', NOTICE.slice(0, 24), 'DAMAGED'],
    ['a PNG cut off', TABLE.slice(0, 20_000), 'DAMAGED'],
    ['a TIFF cut off', tiffOf([greyOf(TABLE)]).slice(0, 60), 'DAMAGED'],
    ['a TIFF whose directories run in a ring', ringTiff(), 'DAMAGED'],
    ['a BMP cut off', declaredBmp(800, 1_000), 'DAMAGED'],
    ['a PNG that declares 60,000 × 60,000', declaredPng(60_000, 60_000), 'TOO_LARGE'],
    [
      'a PNG with transparency that declares 40 million pixels',
      declaredPng(8_000, 5_000, 6),
      'TOO_LARGE',
    ],
    ['a JPEG that declares 60,000 × 60,000', declaredJpeg(60_000, 60_000), 'TOO_LARGE'],
    ['a BMP that declares 60,000 × 60,000', declaredBmp(60_000, 60_000), 'TOO_LARGE'],
    ['a GIF', new TextEncoder().encode('GIF89a..........'), 'FORMAT_NOT_YET_READ'],
    ['one pixel', pngOf(paper(1, 1)), 'NO_TEXT'],
    ['a blank page', pngOf(paper(800, 1_100)), 'NO_TEXT'],
    ['a black page', pngOf(black()), 'SCAN_UNREADABLE'],
    [
      'a PDF with a JPX picture that declares 60,000 × 60,000',
      hugeInPdf('JPXDecode'),
      'SCAN_UNREADABLE',
    ],
    [
      'a PDF with a JBIG2 picture that declares 60,000 × 60,000',
      hugeInPdf('JBIG2Decode'),
      'SCAN_UNREADABLE',
    ],
  ])('%s is refused by name', async (_what, bytes, kind) => {
    expect(await refusalOf(bytes)).toBe(kind);
  });

  test.each(['JPXDecode', 'JBIG2Decode', 'CCITTFaxDecode', 'DCTDecode'])(
    'a PDF with rubbish for %s ends in a refusal',
    async (filter) => {
      expect(await refusalOf(rubbishInPdf(filter))).toMatch(
        /^(?:NO_TEXT|SCAN_UNREADABLE|DAMAGED)$/u,
      );
    },
  );

  test('the program that draws pages gets no more memory than it may have', async () => {
    const pdfium = await openPdfium();
    expect(pdfium.wasmExports.malloc(700 * 2 ** 20)).toBe(0);
    expect(pdfium.HEAPU8.length).toBeLessThanOrEqual(640 * 2 ** 20);
  });
});
