/** OFD, RTF, OpenDocument and slides: real files one by one, then made ones beside pandoc and LibreOffice in the same run. `node tests/benchmarks/formats.ts [folder of real files]` */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import type { CanonicalText } from '../../shared/domain/text.ts';
import { extract } from '../../shared/text/extract.ts';
import { HOSTILE_FILES } from '../making/hostile-formats.ts';
import { rawOfd, ruledTable, textObject } from '../making/raw-ofd.ts';
import { referenceFolder } from '../making/seed-notice.ts';

const ENDINGS = ['ofd', 'rtf', 'odt', 'ods', 'pptx'];
const DOCUMENTS = join(import.meta.dirname, '..', '..', 'fixtures', 'documents');
const HAN = /\p{Script=Han}/gu;

const run = (program: string, args: readonly string[]) =>
  spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, HOME: tmpdir() },
  });

const milliseconds = async (work: () => Promise<void> | void): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const counted = (text: string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const [letter] of text.normalize('NFKC').matchAll(HAN))
    counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
};

/** Share of the 汉字 of `theirs` that are in `ours`, each as often as it stands there. */
const recall = (theirs: string, ours: string): string => {
  const [wanted, found] = [counted(theirs), counted(ours)];
  let [all, both] = [0, 0];
  for (const [letter, count] of wanted) {
    all += count;
    both += Math.min(count, found.get(letter) ?? 0);
  }
  return `${(both / Math.max(1, all)).toFixed(4)} of ${all}`;
};

const realFiles = async (folder: string): Promise<void> => {
  console.log('\n| file | ms | characters | pages | answer, warnings |\n|---|---:|---:|---:|---|');
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  for (const name of names.filter((one) => ENDINGS.includes(extname(one).slice(1)))) {
    const bytes = readFileSync(join(folder, name));
    let answer = '';
    const took = await milliseconds(async () => {
      const read = await extract(bytes, name);
      answer = read.ok
        ? `${read.value.text.length} | ${read.value.pages.length} | text ${read.value.warnings.map(({ code, detail }) => `${code} ${detail}`.trim()).join(', ')}`
        : `0 | 0 | ${read.error.kind}`;
    });
    console.log(`| ${name} | ${took.toFixed(0)} | ${answer} |`);
  }
};

type Node = DefaultTreeAdapterTypes.ChildNode;

const textIn = (node: Node): string => {
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textIn).join('') : '';
};

const elementsIn = (node: Node, names: readonly string[]): Node[] => [
  ...(names.includes(node.nodeName) ? [node] : []),
  ...('childNodes' in node ? node.childNodes.flatMap((child) => elementsIn(child, names)) : []),
];

const bare = (text: string): string => text.replace(/\s/gu, '');

/** Texts of the cells of each table, empty ones left out: pandoc knows no merged cells of some formats. */
const tablesOfHtml = (html: string): string[] =>
  parse(html)
    .childNodes.flatMap((node) => elementsIn(node, ['table']))
    .map((table) =>
      elementsIn(table, ['td', 'th'])
        .map((cell) => bare(textIn(cell)))
        .filter((cell) => cell !== '')
        .join('|'),
    );

const tablesOf = ({ text, blocks }: CanonicalText): string[] =>
  blocks.flatMap((block) =>
    block.kind === 'table'
      ? [
          block.cells
            .map((cell) => bare(text.slice(cell.start, cell.end)))
            .filter((cell) => cell !== '')
            .join('|'),
        ]
      : [],
  );

/** Each cell with its place and spans. */
const gridsOf = ({ text, blocks }: CanonicalText): string[] =>
  blocks.flatMap((block) =>
    block.kind === 'table'
      ? [
          block.cells
            .map(({ row, column, rowSpan, columnSpan, start, end }) =>
              [row, column, rowSpan, columnSpan, text.slice(start, end)].join(),
            )
            .join('|'),
        ]
      : [],
  );

const same = (wanted: readonly string[], found: readonly string[]): string =>
  `${wanted.filter((table, at) => table === found[at]).length} of ${wanted.length}`;

interface Ours {
  readonly texts: CanonicalText[];
  readonly took: number;
}

const readAll = async (paths: readonly string[]): Promise<Ours> => {
  const texts: CanonicalText[] = [];
  const took = await milliseconds(async () => {
    for (const path of paths) {
      const read = await extract(readFileSync(path), basename(path));
      if (!read.ok) throw new Error(`${basename(path)} ${read.error.kind}`);
      texts.push(read.value);
    }
  });
  return { texts, took };
};

const whole = (texts: readonly CanonicalText[]): string =>
  texts
    .flatMap(({ text, metadata }) => [text, metadata['header'] ?? '', metadata['footer'] ?? ''])
    .join('\n');

/** Made files of one ending beside both peers. `source` are the docx that they were made of. */
const compare = async (paths: readonly string[], source: Ours, plain: string): Promise<void> => {
  await readAll(paths.slice(0, 1));
  const ours = await readAll(paths);
  const ending = extname(paths[0] ?? '').slice(1);
  const truth =
    ending === 'pptx'
      ? { name: 'what pandoc wrote into it', text: plain }
      : { name: 'the docx', text: whole(source.texts) };
  const report = [`ours ${(ours.took / paths.length).toFixed(1)} ms a file`];
  report.push(`汉字 of ${truth.name}: ${recall(truth.text, whole(ours.texts))}`);
  // pandoc writes no merged cells into slides: only the words can be the same there.
  const show = ending === 'pptx' ? tablesOf : gridsOf;
  const tables = same(source.texts.flatMap(show), ours.texts.flatMap(show));
  report.push(
    `tables ${ending === 'pptx' ? 'with the cells' : 'with every cell in its place and its spans as'} of the docx: ${tables}`,
  );
  if (ending !== 'pptx') {
    const html: string[] = [];
    const took = await milliseconds(() => {
      for (const path of paths) html.push(run('pandoc', ['--to=html', '--wrap=none', path]).stdout);
    });
    const start = await milliseconds(() => void run('pandoc', ['--version']));
    const net = took / paths.length - start;
    report.push(
      `pandoc ${(took / paths.length).toFixed(0)} ms a file, less its start ${net.toFixed(0)} (${((net * paths.length) / ours.took).toFixed(1)} ×)`,
    );
    report.push(`汉字 of pandoc: ${recall(html.join(''), whole(ours.texts))}`);
    report.push(
      `tables of pandoc: ${same(html.flatMap(tablesOfHtml), ours.texts.flatMap(tablesOf))}`,
    );
    const out = mkdtempSync(join(tmpdir(), 'formats-'));
    const office = await milliseconds(
      () =>
        void run('soffice', [
          '--headless',
          '--convert-to',
          'txt:Text (encoded):UTF8',
          '--outdir',
          out,
          ...paths,
        ]),
    );
    const text = readdirSync(out).map((name) => readFileSync(join(out, name), 'utf8'));
    report.push(
      `LibreOffice ${(office / paths.length).toFixed(0)} ms a file in one process (${(office / ours.took).toFixed(1)} ×), 汉字 of its text: ${recall(text.join(''), whole(ours.texts))}`,
    );
  }
  console.log(`\n${ending}, ${paths.length} files\n- ${report.join('\n- ')}`);
};

const converted = (ending: string, docx: readonly string[], out: string): string[] => {
  if (ending === 'pptx')
    for (const path of docx)
      run('pandoc', [path, '-o', join(out, `${basename(path, '.docx')}.pptx`)]);
  else run('soffice', ['--headless', '--convert-to', ending, '--outdir', out, ...docx]);
  return docx.map((path) => join(out, `${basename(path, '.docx')}.${ending}`)).filter(existsSync);
};

const made = async (): Promise<void> => {
  const names = readdirSync(DOCUMENTS)
    .filter((name) => name.endsWith('.docx'))
    .sort();
  const out = mkdtempSync(join(tmpdir(), 'formats-'));
  const readable: string[] = [];
  for (const name of names) {
    const path = join(out, `${readable.length}.docx`);
    const bytes = readFileSync(join(DOCUMENTS, name));
    const read = await extract(bytes, name);
    if (!read.ok) continue;
    writeFileSync(path, bytes);
    readable.push(path);
  }
  const source = await readAll(readable);
  const plain = readable
    .map((path) => run('pandoc', ['--to=plain', '--wrap=none', path]).stdout)
    .join('\n');
  for (const ending of ['rtf', 'odt', 'pptx']) {
    const paths = converted(ending, readable, out);
    if (paths.length < readable.length)
      console.log(`\n${ending}: left out, the program that makes it is missing`);
    else await compare(paths, source, plain);
  }
};

/** 500 pages of 30 lines and a table each. */
const longOfd = async (): Promise<void> => {
  const sentence = '街道各部门应当按照职责分工，及时、准确地公开信息。';
  const lines = Array.from({ length: 30 }, (_, at) =>
    textObject(sentence, { x: 30, y: 20 + at * 7, size: 4 }),
  );
  const table = ruledTable(
    [30, 60, 170],
    [240, 250, 260],
    [
      ['序号', '任务'],
      ['1', '公开预算'],
    ],
  );
  const bytes = rawOfd({ pages: Array.from({ length: 500 }, () => lines.join('') + table) });
  const took = await milliseconds(async () => {
    const read = await extract(bytes, 'long.ofd');
    if (!read.ok) throw new Error(read.error.kind);
  });
  console.log(
    `\nofd of 500 pages, ${bytes.length >> 10} KB: ${took.toFixed(0)} ms, ${((500 * 1000) / took).toFixed(0)} pages/s`,
  );
};

const hostileOne = async (at: number): Promise<void> => {
  const file = HOSTILE_FILES[at];
  if (file === undefined) return;
  const bytes = file.make();
  const cpu = process.cpuUsage();
  let answer = '';
  const took = await milliseconds(async () => {
    const read = await extract(bytes, 'x');
    answer = read.ok ? `text ${read.value.text.length}` : read.error.kind;
  });
  const { user, system } = process.cpuUsage(cpu);
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(
    `| ${file.format} | ${file.name} | ${bytes.length >> 10} | ${took.toFixed(0)} | ${((user + system) / 1000).toFixed(0)} | ${peak.toFixed(0)} | ${answer} |`,
  );
};

/** Each in a process of its own, so that its memory shows. */
const hostile = (): void => {
  console.log(
    '\n| format | hostile file | KB | ms | cpu ms | peak RSS MB with making it | answer |\n|---|---|---:|---:|---:|---:|---|',
  );
  HOSTILE_FILES.forEach((_, at) => {
    const { stdout, signal } = spawnSync(
      process.execPath,
      [import.meta.filename, '--hostile', `${at}`],
      { encoding: 'utf8', timeout: 120_000 },
    );
    console.log(stdout.trim() === '' ? `| ${at} | died ${signal} |` : stdout.trim());
  });
};

const [first, second] = process.argv.slice(2);
if (first === '--hostile') await hostileOne(Number(second));
else {
  await realFiles(first ?? join(referenceFolder(), 'files'));
  await made();
  await longOfd();
  console.log(
    `\npeak memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  );
  hostile();
}
