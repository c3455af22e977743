/** Makes the long documents that speed and memory are measured on: hundreds of pages, many of them tables. */
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { layOutDocument, makePdf } from '../../fixtures/make-pdf.ts';
import { type DocxPart, makeDocx } from '../making/make-docx.ts';

const SENTENCE = '街道各部门应当按照职责分工，及时、准确地公开本部门在履行职责过程中形成的信息。';
const WORDS = [
  '综合行政执法',
  '社区矫正对象',
  '防汛物资储备',
  '垃圾分类投放',
  '老旧小区改造',
  '退役军人优待',
  '残疾人两项补贴',
  '义务教育招生',
  '古树名木养护',
  '住房保障资格',
];

/** The same numbers every time, without a visible order. */
const numbers = (): (() => number) => {
  let state = 20_211_103;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
};

/** 3.5 MB of XML; LibreOffice prints it on 612 pages. */
export const LONG_PARTS = 130;

/** `parts` times 28 paragraphs and a table of 32 rows of four cells, eleven of them merged. */
export const longDocx = (parts: number): Promise<Uint8Array> => {
  const next = numbers();
  const word = (): string => WORDS[next() % WORDS.length] ?? '';
  const name = (): string =>
    Array.from({ length: 9 }, () => SENTENCE[next() % SENTENCE.length] ?? '').join('');
  const clause = (): string => `${word()}和${word()}（${next() % 10_000}）${name()}${SENTENCE}`;
  const one = (): DocxPart[] => [
    ...Array.from({ length: 28 }, (_, at) => ({
      kind: 'paragraph' as const,
      text: `${at + 1}.${clause()}${at % 3 === 0 ? clause() : ''}`,
    })),
    {
      kind: 'table',
      rows: Array.from({ length: 32 }, (_, at) =>
        at % 3 === 1
          ? { cells: [`第${at}类 ${word()}`], merged: true }
          : { cells: [`${at}.${word()}事项`, '党政办', `${word()}科室`, clause()] },
      ),
    },
  ];
  return makeDocx(Array.from({ length: parts }, one).flat());
};

/** The same docx with a picture of noise that takes it to `bytes`. */
export const withPicture = (docx: Uint8Array, bytes: number): Uint8Array => {
  const next = numbers();
  const picture = Uint8Array.from({ length: Math.max(0, bytes - docx.length) }, () => next() & 255);
  return zipSync({
    ...unzipSync(docx),
    'word/media/image1.jpeg': [picture, { level: 0 }],
  });
};

/** Some 450 pages in a font that is not in the file. */
export const longPdf = (): Uint8Array => {
  const rows = Array.from({ length: 16 }, (_, at) => ({
    cells: [`${at + 1}.公开第${at + 1}类事项`, '党政办', '各部门', SENTENCE],
  }));
  const parts = Array.from({ length: 75 }, () => [
    ...Array.from({ length: 16 }, () => ({ kind: 'paragraph', text: SENTENCE.repeat(3) }) as const),
    { kind: 'pageBreak' } as const,
    { kind: 'table', columns: [3, 2, 2, 6], rows } as const,
    { kind: 'pageBreak' } as const,
  ]).flat();
  return makePdf(layOutDocument(parts, { pageNumbers: 'dash' }), { compress: true });
};

/** The docx as LibreOffice prints it, with its fonts in the file; null where it is not installed. */
export const printedPdf = (docx: Uint8Array, folder: string): string | null => {
  writeFileSync(join(folder, 'printed.docx'), docx);
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  const made = spawnSync(
    'soffice',
    [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, 'printed.docx'],
    { cwd: folder, timeout: 600_000 },
  );
  const path = join(folder, 'printed.pdf');
  return made.error === undefined && existsSync(path) ? path : null;
};
