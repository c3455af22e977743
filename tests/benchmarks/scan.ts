/**
 * Errors and speed of reading scans beside Debian's tesseract and tesseract.js in the same run, on rendered pages of the
 * notice. `node tests/benchmarks/scan.ts`; needs soffice, pdftoppm and pdfseparate, and the handed reference.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  BorderStyle,
  Document,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { PNG } from 'pngjs';
import { modelFolder, onnxRecogniser } from '../../shared/adapters/scan/onnx-recogniser.ts';
import type { CanonicalText } from '../../shared/domain/text.ts';
import { extractScan } from '../../shared/text/extract-scan.ts';
import { readPdf } from '../../shared/text/read-pdf.ts';
import type { ColourImage } from '../../shared/text/scan/page-image.ts';
import { type SeedNotice, seedNotice, seedText } from '../making/seed-notice.ts';
import { spoiledPage } from '../making/spoil-page.ts';

const run = (program: string, args: readonly string[]) =>
  spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });

const FONT = {
  ascii: 'Liberation Serif',
  eastAsia: 'Noto Serif CJK SC',
  hAnsi: 'Liberation Serif',
};
const TABLE_WIDTH = 9000;

const paragraph = (text: string, size: number, indent = 0): Paragraph =>
  new Paragraph({
    spacing: { line: size === 32 ? 560 : 320 },
    indent: { firstLine: indent },
    children: [new TextRun({ text, font: FONT, size })],
  });

const docxOf = async ({ before, table }: SeedNotice): Promise<Uint8Array> => {
  const edge = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
  const borders = { top: edge, bottom: edge, left: edge, right: edge };
  const rows = table.rows.map(
    ({ cells, merged }) =>
      new TableRow({
        children: cells.map(
          (cell) =>
            new TableCell({
              borders,
              columnSpan: merged ? 4 : 1,
              width: { size: merged ? TABLE_WIDTH : TABLE_WIDTH / 4, type: WidthType.DXA },
              children: cell.split('\n').map((line) => paragraph(line, 21)),
            }),
        ),
      }),
  );
  const body = before.map((line) => paragraph(line, 32, 640));
  const grid = new Table({ rows, width: { size: TABLE_WIDTH, type: WidthType.DXA } });
  const document = new Document({
    sections: [{ children: body }, { children: [grid] }],
  });
  return new Uint8Array(await Packer.toBuffer(document));
};

const plain = (text: string): string => text.normalize('NFKC').replace(/\s/gu, '');
const words = (text: string): string => plain(text).replace(/[^\p{L}\p{N}]/gu, '');

const distance = (one: string, other: string): number => {
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const here = [row];
    for (let at = 1; at <= other.length; at += 1)
      here.push(
        Math.min(
          (above[at] ?? 0) + 1,
          (here[at - 1] ?? 0) + 1,
          (above[at - 1] ?? 0) + (one[row - 1] === other[at - 1] ? 0 : 1),
        ),
      );
    above = here;
  }
  return above[other.length] ?? 0;
};

const percent = (wrong: number, of: number): string => ((100 * wrong) / Math.max(1, of)).toFixed(2);

const proseOf = ({ blocks, text }: CanonicalText): string =>
  blocks
    .filter(({ kind }) => kind !== 'table')
    .map(({ start, end }) => text.slice(start, end))
    .join('');

const rowsOf = ({ blocks, text }: CanonicalText): string[][] =>
  blocks.flatMap((block) => {
    if (block.kind !== 'table') return [];
    const rows: string[][] = Array.from({ length: block.rows }, () => []);
    for (const { row, start, end } of block.cells) rows[row]?.push(plain(text.slice(start, end)));
    return rows;
  });

const tableFigures = (truth: CanonicalText, read: CanonicalText): string => {
  const [wanted, found] = [rowsOf(truth), rowsOf(read)];
  if (wanted.length === 0) return '';
  const cells = wanted.flat().length;
  const exact = wanted.flatMap((row, at) =>
    row.filter((cell, column) => found[at]?.[column] === cell),
  );
  const [one, other] = [wanted.flat().join(''), found.flat().join('')];
  return ` | rows ${found.length} of ${wanted.length}, cells exact ${exact.length} of ${cells} (${((100 * exact.length) / cells).toFixed(1)} %), cell CER ${percent(distance(one, other), one.length)} %`;
};

const proseFigures = (truth: string, read: string): string => {
  const [one, other] = [words(truth), words(read)];
  if (one.length < 60) return 'no prose to speak of';
  const marks = distance(plain(truth), plain(read));
  return `CER ${percent(distance(one, other), one.length)} % (with punctuation ${percent(marks, plain(truth).length)} %) of ${one.length}`;
};

const pictureOf = (path: string): ColourImage => {
  const { width, height, data } = PNG.sync.read(readFileSync(path));
  return { width, height, pixels: new Uint8Array(data) };
};

interface Page {
  readonly number: number;
  readonly pdf: string;
  readonly truth: CanonicalText;
}

const pagesOf = async (folder: string, notice: SeedNotice): Promise<Page[]> => {
  writeFileSync(join(folder, 'notice.docx'), await docxOf(notice));
  run('soffice', [
    '--headless',
    '--convert-to',
    'pdf',
    '--outdir',
    folder,
    join(folder, 'notice.docx'),
  ]);
  run('pdfseparate', [join(folder, 'notice.pdf'), join(folder, 'page-%02d.pdf')]);
  const pages: Page[] = [];
  for (const name of readdirSync(folder)
    .filter((file) => /^page-\d+\.pdf$/u.test(file))
    .sort()) {
    const pdf = join(folder, name);
    const truth = await readPdf(new Uint8Array(readFileSync(pdf)));
    if (truth.ok) pages.push({ number: pages.length + 1, pdf, truth: truth.value });
  }
  return pages;
};

interface Shot {
  readonly name: string;
  readonly path: string;
}

const shotsOf = ({ pdf }: Page): Shot[] => {
  const base = pdf.replace(/\.pdf$/u, '');
  const clean = ['150', '200', '300'].map((dpi) => {
    run('pdftoppm', ['-r', dpi, '-png', '-singlefile', pdf, `${base}-${dpi}`]);
    return { name: `clean ${dpi} dpi`, path: `${base}-${dpi}.png` };
  });
  const spoiled = [0.8, 1.5, 2].map((degrees) => {
    const path = `${base}-${degrees}.jpg`;
    writeFileSync(path, spoiledPage(pictureOf(`${base}-200.png`), { degrees, dpi: 200, seed: 7 }));
    return { name: `spoiled, ${degrees}° askew`, path };
  });
  return [...clean, ...spoiled];
};

const cpuSeconds = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

const ours = async () => {
  const recogniser = await onnxRecogniser(modelFolder());
  return async ({ truth }: Page, { name, path }: Shot): Promise<void> => {
    const before = process.cpuUsage();
    const read = await extractScan(new Uint8Array(readFileSync(path)), path, recogniser);
    const took = cpuSeconds(before).toFixed(2);
    if (!read.ok) {
      console.log(`  gongkai, ${name}: ${read.error.kind}`);
      return;
    }
    const prose = proseFigures(proseOf(truth), proseOf(read.value));
    const sure = read.value.pages[0]?.confidence ?? 0;
    console.log(
      `  gongkai, ${name}: ${prose}${tableFigures(truth, read.value)} | confidence ${sure} | ${took} s of processor`,
    );
  };
};

const tesseract = ({ truth }: Page, { name, path }: Shot): void => {
  const start = performance.now();
  const { stdout, error } = spawnSync('tesseract', [path, '-', '-l', 'chi_sim'], {
    encoding: 'utf8',
    env: { ...process.env, OMP_THREAD_LIMIT: '1' },
  });
  const took = ((performance.now() - start) / 1000).toFixed(2);
  if (error !== undefined) console.log('  tesseract is not installed');
  else console.log(`  tesseract, ${name}: ${proseFigures(proseOf(truth), stdout)} | ${took} s`);
};

const tesseractJs = async () => {
  const { createWorker } = await import('tesseract.js');
  const data = dirname(
    createRequire(import.meta.url).resolve('@tesseract.js-data/chi_sim/package.json'),
  );
  const langPath = join(data, '4.0.0_best_int');
  const worker = await createWorker('chi_sim', 1, { langPath, cacheMethod: 'none', gzip: true });
  return {
    read: async ({ truth }: Page, { name, path }: Shot): Promise<void> => {
      const start = performance.now();
      const { data: found } = await worker.recognize(path);
      const took = ((performance.now() - start) / 1000).toFixed(2);
      console.log(
        `  tesseract.js, ${name}: ${proseFigures(proseOf(truth), found.text)} | ${took} s`,
      );
    },
    close: () => worker.terminate(),
  };
};

const isTable = ({ truth }: Page): boolean => rowsOf(truth).length > 0;

const seed = seedText();
if (seed === null) console.log('The handed reference is absent: nothing to measure');
else {
  const folder = mkdtempSync(join(tmpdir(), 'scan-'));
  const pages = await pagesOf(folder, seedNotice(seed));
  if (pages.length === 0) console.log('soffice or pdfseparate is absent: nothing to measure');
  const [read, js] = [await ours(), await tesseractJs()];
  for (const page of pages) {
    console.log(`page ${page.number}`);
    for (const shot of shotsOf(page)) {
      await read(page, shot);
      if (isTable(page)) continue;
      tesseract(page, shot);
      await js.read(page, shot);
    }
  }
  await js.close();
  console.log(
    `peak memory of this process ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
  );
}
