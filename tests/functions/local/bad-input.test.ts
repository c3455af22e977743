/** Whatever is wrong with a file, it is refused by name within bounded time and memory, and the next file goes on. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { layOutDocument, makePdf } from '../../../fixtures/make-pdf.ts';
import { EXIT } from '../../../functions/local/exit-codes.ts';
import { bomb } from '../../making/hostile-docx.ts';
import { noise, oleContainer, unknownCharset, unpairedUtf16 } from '../../making/hostile-files.ts';
import { flateBomb, lockedPdf, noPages } from '../../making/hostile-pdf.ts';
import { aNotice } from '../../making/local-home.ts';
import { documentXml, p, rawDocx } from '../../making/raw-docx.ts';
import { type Ended, gongkai } from '../../making/run-process.ts';

const noticeDocx = (): Uint8Array =>
  rawDocx({
    body: aNotice()
      .split('\n')
      .map((line) => p(line))
      .join(''),
  });

const withDoctype = (): Uint8Array =>
  rawDocx({
    files: {
      'word/document.xml': documentXml(p('&x;')).replace(
        'standalone="yes"?>',
        'standalone="yes"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
      ),
    },
  });

const PAGES = 500;
const longPdf = (): Uint8Array =>
  makePdf(
    layOutDocument(
      Array.from({ length: PAGES }, (_, at) => [
        { kind: 'paragraph' as const, text: `第${at + 1}页 云溪街道办事处公开高龄津贴发放情况。` },
        ...(at + 1 < PAGES ? [{ kind: 'pageBreak' as const }] : []),
      ]).flat(),
      { pageNumbers: 'dash' },
    ),
    { compress: true },
  );

const lines = (megabytes: number): Uint8Array =>
  Buffer.alloc(megabytes * 2 ** 20, '云溪街道办事处公开高龄津贴发放情况。\n');

/** Name of the file, its bytes, and the refusal it must end in; null where it must be read. */
const FILES: readonly (readonly [string, () => Uint8Array, string | null])[] = [
  ['empty.docx', () => new Uint8Array(), 'EMPTY_FILE'],
  ['no-pages.pdf', noPages, 'NO_PAGES'],
  ['word-named.pdf', noticeDocx, null],
  ['noise.docx', () => noise(20_000), 'UNKNOWN_FORMAT'],
  ['truncated.docx', () => noticeDocx().subarray(0, -60), 'DAMAGED'],
  ['half.docx', () => noticeDocx().subarray(0, noticeDocx().length >> 1), 'DAMAGED'],
  ['locked.docx', () => oleContainer(['EncryptionInfo', 'EncryptedPackage']), 'ENCRYPTED'],
  ['locked.pdf', () => lockedPdf('open sesame'), 'ENCRYPTED'],
  ['bomb.docx', () => bomb('word/document.xml', 1_024), 'ARCHIVE_LIMIT'],
  ['bomb.pdf', () => flateBomb(400 * 2 ** 20), 'ARCHIVE_LIMIT'],
  ['doctype.docx', withDoctype, 'FORBIDDEN_XML'],
  ['100-megabytes.txt', () => lines(100), 'TOO_LARGE'],
  ['49-megabytes.txt', () => lines(49), 'TEXT_TOO_LONG'],
  ['500-pages.pdf', longPdf, null],
  ['unpaired.txt', () => unpairedUtf16('云溪街道办事处公开高龄津贴发放情况。'), 'BROKEN_UNICODE'],
  ['unknown-charset.txt', () => unknownCharset(50), 'UNKNOWN_CHARSET'],
  ['blank.txt', () => Buffer.from(' \n\t\n　\n'), 'NO_TEXT'],
];

const lineSchema = z.object({
  file: z.string(),
  state: z.string(),
  reason: z.object({ code: z.string(), zh: z.string(), en: z.string() }).nullable(),
  title: z.string().nullable(),
  characters: z.number().nullable(),
  warnings: z.array(z.object({ code: z.string() })),
});

let folder: string;
let run: Ended;
let told: z.infer<typeof lineSchema>[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongkai-bad-'));
  for (const [name, make] of FILES) await writeFile(join(folder, name), make());
  await writeFile(join(folder, 'good.txt'), aNotice());
  const named = FILES.flatMap(([name]) => [name, 'good.txt']);
  run = await gongkai(['classify', ...named, '--json', '--jobs', '1'], folder);
  told = run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => lineSchema.parse(JSON.parse(line)));
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(FILES)('%s gets its answer', (name, _make, kind) => {
  const line = told.find(({ file }) => file === name);
  expect(line?.reason?.code ?? null).toBe(kind);
  expect(line?.state).toBe(kind === null ? 'proposed' : 'refused');
  if (kind === null) return;
  expect(line?.reason?.zh).toMatch(/\p{Script=Han}{4}.*。$/u);
  expect(line?.reason?.en).toMatch(/[A-Za-z]{3}.*\.$/u);
  expect(line?.title).toBeNull();
});

test('after each of them the next file is read', () => {
  expect(told.map(({ file }) => file)).toEqual(FILES.flatMap(([name]) => [name, 'good.txt']));
  const next = told.filter(({ file }) => file === 'good.txt');
  expect(next).toHaveLength(FILES.length);
  for (const { state, title } of next) {
    expect(state).toBe('proposed');
    expect(title).toBe('云溪街道办事处关于公布2021年第二季度高龄津贴发放情况的公示');
  }
});

test('a docx that is named .pdf is read with a warning', () => {
  const line = told.find(({ file }) => file === 'word-named.pdf');
  expect(line?.warnings.map(({ code }) => code)).toContain('W_ENDING');
});

test('a pdf of 500 pages is read whole', () => {
  const line = told.find(({ file }) => file === '500-pages.pdf');
  expect(line?.characters).toBeGreaterThan(PAGES * 22);
});

test('the command says that files were refused, and prints no stack and no text of theirs', () => {
  expect(run.code).toBe(EXIT.refused);
  expect(run.stderr).not.toMatch(/\n\s+at |Error/u);
  expect(run.stdout + run.stderr).not.toContain('root:');
});

test('all of them together stay within the bounds of time and memory', () => {
  process.stderr.write(
    `bad input: ${FILES.length * 2} files in ${(run.ms / 1000).toFixed(1)} s, most memory ${run.peakMb?.toFixed(0) ?? 'unknown'} MB\n`,
  );
  expect(run.ms).toBeLessThan(20_000 * FILES.length);
  // The reading thread may hold 1 GB; the command itself holds little.
  expect(run.peakMb ?? 0).toBeLessThan(1_536);
});
