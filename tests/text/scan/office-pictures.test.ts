import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Document, ImageRun, Packer, Paragraph } from 'docx';
import { beforeAll, expect, test } from 'vitest';
import { modelFolder, onnxRecogniser } from '../../../shared/adapters/scan/onnx-recogniser.ts';
import { canonicalTextSchema } from '../../../shared/domain/text.ts';
import { extractScan } from '../../../shared/text/extract-scan.ts';
import { readTxt } from '../../../shared/text/read-txt.ts';
import { joinTexts } from '../../../shared/text/scan/join-texts.ts';
import type { LineRecogniser } from '../../../shared/text/scan/recognise-lines.ts';

const NOTICE = readFileSync(
  join(import.meta.dirname, '..', '..', '..', 'fixtures', 'scans', 'stop-water-notice.jpg'),
);
const SENTENCE = '因石埠片区供水管网改造，7月17日22时至次日6时停水，请居民提前储水。';

let recogniser: LineRecogniser;
beforeAll(async () => {
  recogniser = await onnxRecogniser(modelFolder());
}, 60_000);

const docxWith = async (
  captions: readonly string[],
  picture: { readonly data: Buffer } | null,
): Promise<Uint8Array> => {
  const shown =
    picture === null
      ? []
      : [
          new Paragraph({
            children: [
              new ImageRun({
                type: 'jpg',
                data: picture.data,
                transformation: { width: 500, height: 700 },
              }),
            ],
          }),
        ];
  const children = [...captions.map((text) => new Paragraph(text)), ...shown];
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })));
};

test('a docx that is a scan with a caption gives the caption, then what the picture says', async () => {
  const bytes = await docxWith(['附件：停水通知'], { data: NOTICE });
  const read = await extractScan(bytes, '停水.docx', recogniser);
  if (!read.ok) throw new Error(read.error.kind);
  const text = canonicalTextSchema.parse(read.value);
  expect(text.format).toBe('docx');
  expect(text.text.startsWith('附件：停水通知\n')).toBe(true);
  expect(text.text).toContain(SENTENCE);
  expect(text.warnings.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['W_MOSTLY_PICTURES', 'W_OCR']),
  );
  expect(text.pages.map(({ state }) => state)).toEqual(['read']);
  const joined = text.blocks.map(({ start, end }) => text.text.slice(start, end)).join('\n');
  expect(joined).toBe(text.text);
});

test('a docx without a word of its own is what its picture says', async () => {
  const read = await extractScan(await docxWith([], { data: NOTICE }), 'a.docx', recogniser);
  expect(read.ok && read.value.text).toContain(SENTENCE);
});

test('a docx whose picture is broken keeps its caption and says that pictures are its matter', async () => {
  const broken = { data: NOTICE.subarray(0, 20_000) };
  const read = await extractScan(await docxWith(['附件：停水通知'], broken), 'a.docx', recogniser);
  expect(read.ok && read.value.text).toBe('附件：停水通知');
  expect(read.ok && read.value.warnings.map(({ code }) => code)).toContain('W_MOSTLY_PICTURES');
  const bare = await extractScan(await docxWith([], broken), 'a.docx', recogniser);
  expect(!bare.ok && bare.error.kind).toBe('SCAN_UNREADABLE');
});

test('a text after another keeps its blocks and pages at their words', async () => {
  const [first, second] = await Promise.all(
    ['一、前言\n甲', '乙\t丙\n丁\t戊\n己\t庚'].map((words) =>
      readTxt(new TextEncoder().encode(words)),
    ),
  );
  if (first?.ok !== true || second?.ok !== true) throw new Error('not read');
  const pages = [{ number: 1, start: 0, end: second.value.text.length, state: 'read' as const }];
  const joined = joinTexts(first.value, { ...second.value, pages });
  expect(joined.text).toBe(`${first.value.text}\n${second.value.text}`);
  for (const block of joined.blocks) {
    expect(joined.text.slice(block.start, block.end)).not.toMatch(/^\n|\n$/u);
    if (block.kind === 'table')
      expect(block.cells.map(({ start, end }) => joined.text.slice(start, end))).toContain('戊');
  }
  expect(joined.pages[0]).toMatchObject({
    start: first.value.text.length + 1,
    end: joined.text.length,
  });
});
