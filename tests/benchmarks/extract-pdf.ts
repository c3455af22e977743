/** Times our reading of PDFs beside pdftotext in one run, file by file: `node tests/benchmarks/extract-pdf.ts [folder]`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layOutDocument, makePdf } from '../../fixtures/make-pdf.ts';
import { readPdf } from '../../shared/text/read-pdf.ts';
import { referenceFolder } from '../making/seed-notice.ts';

/** Of poppler; installed by hand, not part of the project. */
const PEER = 'pdftotext';

interface Timing {
  readonly ms: number;
  /** 汉字 with their counts. */
  readonly characters: ReadonlyMap<string, number>;
}

const countHan = (text: string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const character of text.normalize('NFKC'))
    if (/\p{Script=Han}/u.test(character)) counts.set(character, (counts.get(character) ?? 0) + 1);
  return counts;
};

const sum = (values: Iterable<number>): number => [...values].reduce((all, one) => all + one, 0);

/** Share of their characters, with their counts, that ours holds too. */
const recall = (theirs: ReadonlyMap<string, number>, ours: ReadonlyMap<string, number>): number => {
  const shared = [...theirs].map(([character, count]) => Math.min(count, ours.get(character) ?? 0));
  return sum(shared) / Math.max(1, sum(theirs.values()));
};

const timePdftotext = (path: string): Timing => {
  const start = performance.now();
  const { stdout, error } = spawnSync(PEER, ['-layout', path, '-'], { maxBuffer: 2 ** 29 });
  if (error !== undefined) throw new Error('pdftotext is not installed', { cause: error });
  return { ms: performance.now() - start, characters: countHan(stdout.toString()) };
};

/** A document of 451 pages, a third of them tables. */
const longDocument = (): Uint8Array => {
  const sentence = '街道各部门应当按照职责分工，及时、准确地公开本部门在履行职责过程中形成的信息。';
  const rows = Array.from({ length: 16 }, (_, at) => ({
    cells: [`${at + 1}.公开第${at + 1}类事项`, '党政办', '各部门', sentence],
  }));
  const parts = Array.from({ length: 75 }, () => [
    ...Array.from({ length: 16 }, () => ({ kind: 'paragraph', text: sentence.repeat(3) }) as const),
    { kind: 'pageBreak' } as const,
    { kind: 'table', columns: [3, 2, 2, 6], rows } as const,
    { kind: 'pageBreak' } as const,
  ]).flat();
  return makePdf(layOutDocument(parts, { pageNumbers: 'dash' }), { compress: true });
};

const filesIn = (folder: string): string[] => {
  const made = join(mkdtempSync(join(tmpdir(), 'extract-pdf-')), 'long.pdf');
  writeFileSync(made, longDocument());
  const given = readdirSync(folder).filter((name) => name.endsWith('.pdf'));
  return [made, ...given.map((name) => join(folder, name))];
};

const folder = process.argv[2] ?? join(referenceFolder(), 'files');
const totals = { bytes: 0, pages: 0, ours: 0, theirs: 0 };
for (const path of filesIn(folder)) {
  const bytes = new Uint8Array(readFileSync(path));
  const start = performance.now();
  const result = await readPdf(bytes);
  const ms = performance.now() - start;
  const theirs = timePdftotext(path);
  const name = path.split('/').at(-1) ?? path;
  if (!result.ok) {
    console.log(
      [
        name,
        result.error.kind,
        `${Math.round(ms)} ms`,
        `peer has ${sum(theirs.characters.values())} 汉字`,
      ].join('\t'),
    );
    continue;
  }
  const { text, pages } = result.value;
  const shared = recall(theirs.characters, countHan(text)).toFixed(4);
  console.log(
    [
      name,
      `${pages.length} pages`,
      `${text.length} characters`,
      `ours ${Math.round(ms)} ms`,
      `pdftotext ${Math.round(theirs.ms)} ms`,
      `recall ${shared}`,
    ].join('\t'),
  );
  totals.bytes += statSync(path).size;
  totals.pages += pages.length;
  totals.ours += ms;
  totals.theirs += theirs.ms;
}
const rates = (ms: number): string =>
  `${(totals.bytes / 2 ** 20 / (ms / 1000)).toFixed(2)} MB/s, ${(totals.pages / (ms / 1000)).toFixed(0)} pages/s`;
console.log(`ours: ${rates(totals.ours)}; pdftotext -layout: ${rates(totals.theirs)}`);
console.log(`peak memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
