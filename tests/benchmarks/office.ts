/** Old Word files and spreadsheets beside LibreOffice, antiword and catdoc in the same run: recall, cells, time. `node tests/benchmarks/office.ts [folder] [rows]` */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { CanonicalText } from '../../shared/domain/text.ts';
import { screenRows } from '../../shared/screening/screen-rows.ts';
import { extract } from '../../shared/text/extract.ts';
import { delimitedRecords } from '../../shared/text/sheets/delimited.ts';
import { rawXlsx, xmlRow } from '../making/raw-xlsx.ts';
import { referenceFolder } from '../making/seed-notice.ts';

const run = (program: string, args: readonly string[]) =>
  spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28, timeout: 300_000 });

const HAN = /\p{Script=Han}/gu;

const counted = (pieces: Iterable<string>): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const piece of pieces) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  return counts;
};
const countHan = (text: string): Map<string, number> =>
  counted(text.normalize('NFKC').match(HAN) ?? []);
const size = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);
const covered = (wanted: ReadonlyMap<string, number>, found: ReadonlyMap<string, number>): number =>
  [...wanted].reduce((sum, [piece, count]) => sum + Math.min(count, found.get(piece) ?? 0), 0);

interface Ours {
  readonly name: string;
  readonly path: string;
  readonly text: CanonicalText;
  readonly milliseconds: number;
}

/** The second of two readings is timed: the first one loads the reader. */
const readOurs = async (path: string, name: string): Promise<Ours | null> => {
  const bytes = readFileSync(path);
  await extract(bytes, name, screenRows);
  const start = performance.now();
  const read = await extract(bytes, name, screenRows);
  const milliseconds = performance.now() - start;
  if (!read.ok) {
    console.log(
      `| ${name} | ${read.error.kind} ${read.error.detail} | ${milliseconds.toFixed(0)} | | |`,
    );
    return null;
  }
  const warnings = read.value.warnings.map(({ code, detail }) => `${code} ${detail}`.trim());
  console.log(
    `| ${name} | ${read.value.format} | ${milliseconds.toFixed(0)} | ${read.value.text.length} | ${warnings.join('; ')} |`,
  );
  return { name, path, text: read.value, milliseconds };
};

const readAll = async (folder: string, endings: readonly string[]): Promise<Ours[]> => {
  console.log(
    '\n| file | format or refusal | ms | characters | warnings |\n|---|---|---:|---:|---|',
  );
  const found: Ours[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (!endings.includes(extname(name))) continue;
    const ours = await readOurs(join(folder, name), name);
    if (ours !== null) found.push(ours);
  }
  return found;
};

const CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';

/** All files in one process, in a profile of its own, so that nothing else of LibreOffice is in the way. */
const libreOffice = (to: string, paths: readonly string[]): { folder: string; seconds: number } => {
  const folder = mkdtempSync(join(tmpdir(), 'office-'));
  const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
  const start = performance.now();
  run('soffice', [profile, '--headless', '--convert-to', to, '--outdir', folder, ...paths]);
  return { folder, seconds: (performance.now() - start) / 1000 };
};

const recall = (peer: string, ours: readonly Ours[], textOf: (one: Ours) => string): void => {
  let [wanted, both] = [0, 0];
  const behind: string[] = [];
  for (const one of ours) {
    const theirs = countHan(textOf(one));
    const found = covered(
      theirs,
      countHan(one.text.text + Object.values(one.text.metadata).join('')),
    );
    wanted += size(theirs);
    both += found;
    if (found < size(theirs) * 0.99) behind.push(`${one.name} ${found}/${size(theirs)}`);
  }
  console.log(`汉字 of ${peer} that are in ours: ${(both / wanted).toFixed(4)} of ${wanted}`);
  for (const line of behind) console.log(`  under 0.99: ${line}`);
};

const ratio = (ours: readonly Ours[], seconds: number): void => {
  const own = ours.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
  console.log(
    `LibreOffice, one process: ${seconds.toFixed(1)} s; gongkai, one warm thread: ${own.toFixed(2)} s; ${(seconds / own).toFixed(0)} times as fast`,
  );
};

const stem = (name: string): string => name.slice(0, -extname(name).length);

const documents = async (folder: string): Promise<void> => {
  const ours = (await readAll(folder, ['.doc', '.wps'])).filter(
    ({ text }) => text.format === 'doc',
  );
  const { folder: out, seconds } = libreOffice(
    'txt:Text:UTF8',
    ours.map(({ path }) => path),
  );
  const textOf = ({ name }: Ours): string => {
    const path = join(out, `${stem(name)}.txt`);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  };
  recall('LibreOffice', ours, textOf);
  recall('antiword', ours, ({ path }) => run('antiword', ['-m', 'UTF-8.txt', path]).stdout);
  recall('catdoc', ours, ({ path }) => run('catdoc', ['-d', 'utf-8', path]).stdout);
  ratio(ours, seconds);
};

const plain = (text: string): string => text.replace(/[\s\u3000]+/gu, '');

const ownCells = ({ text, blocks }: CanonicalText): string[] =>
  blocks.flatMap((block) =>
    block.kind === 'table'
      ? block.cells.map(({ start, end }) => text.slice(start, end))
      : [text.slice(block.start, block.end), ...text.slice(block.start, block.end).split('　')],
  );

/** LibreOffice shows the short date of the country of the machine: 10/23/2024. */
const inChinese = (cell: string): string =>
  cell.replace(
    /^(\d{2})\/(\d{2})\/(\d{4})$/u,
    (...found: string[]) => `${found[3]}/${Number(found[1])}/${Number(found[2])}`,
  );

const theirCells = (folder: string, name: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.startsWith(`${stem(name)}-`) && file.endsWith('.csv'))
    .flatMap((file) => [...delimitedRecords(readFileSync(join(folder, file), 'utf8'), ',')].flat())
    .map(inChinese);

const compareCells = (ours: readonly Ours[], folder: string): void => {
  let [wanted, both] = [0, 0];
  for (const { name, text } of ours) {
    const theirs = counted(
      theirCells(folder, name)
        .map(plain)
        .filter((cell) => cell !== ''),
    );
    const own = counted(ownCells(text).map(plain));
    wanted += size(theirs);
    both += covered(theirs, own);
    const missing = [...theirs].filter(([cell, count]) => (own.get(cell) ?? 0) < count);
    if (missing.length > 0)
      console.log(
        `  ${name}: ${missing.length} kinds of cells differ, as ${JSON.stringify(missing.slice(0, 3).map(([cell]) => cell.slice(0, 24)))}`,
      );
  }
  console.log(`filled cells of LibreOffice's csv that stand in ours exactly: ${both} of ${wanted}`);
};

const sheets = async (folder: string): Promise<void> => {
  const ours = await readAll(folder, ['.xls', '.xlsx', '.et']);
  const out = libreOffice(
    CSV,
    ours.map(({ path }) => path),
  );
  compareCells(ours, out.folder);
  ratio(ours, out.seconds);
};

const HEADER = [
  '序号',
  '姓名',
  '证件号',
  '村',
  '作物',
  '面积',
  '标准',
  '金额',
  '账号',
  '电话',
  '日期',
  '备注',
];

/** A subsidy list as offices have them: twelve columns. */
const longList = (rows: number): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'office-')), 'long.xlsx');
  const body = Array.from({ length: rows }, (_, at) =>
    xmlRow(at + 2, [
      at + 1,
      `户${at}`,
      `99999919900101${at}`,
      `${at % 40}组`,
      '水稻',
      at % 9,
      92.35,
      (at % 9) * 92.35,
      `6200${at}`,
      `1390000${1_000 + (at % 9_000)}`,
      '2022-05-06',
      '无',
    ]),
  );
  const sheet = { name: 'Sheet1', rows: xmlRow(1, HEADER) + body.join('') };
  writeFileSync(path, rawXlsx({ sheets: [sheet] }));
  return path;
};

/** In a process of its own, so that making the file does not count as memory of reading it. */
const one = async (path: string): Promise<void> => {
  const bytes = readFileSync(path);
  const start = performance.now();
  const read = await extract(bytes, path, screenRows);
  const seconds = (performance.now() - start) / 1000;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.log(
    `${read.ok ? read.value.format : read.error.kind}: ${seconds.toFixed(1)} s, ${((userCPUTime + systemCPUTime) / 1e6).toFixed(1)} s CPU, peak memory ${Math.round(maxRSS / 1024)} MB`,
  );
};

const long = (rows: number): void => {
  const path = longList(rows);
  const { stdout } = run(process.execPath, [import.meta.filename, '--one', path]);
  console.log(`${rows} rows of 12 columns, every row screened: ${stdout.trim()}`);
  console.log(`LibreOffice to csv: ${libreOffice(CSV, [path]).seconds.toFixed(1)} s`);
};

const compareAll = async (folder: string, rows: number): Promise<void> => {
  if (run('soffice', ['--version']).error !== undefined) {
    console.log('LibreOffice is not installed: no comparison');
    return;
  }
  console.log('## Word 97–2003');
  await documents(folder);
  console.log('\n## Spreadsheets');
  await sheets(folder);
  console.log('\n## A long list');
  long(rows);
};

const [first = join(referenceFolder(), 'files'), second = '100000'] = process.argv.slice(2);
if (first === '--one') await one(second);
else await compareAll(first, Number(second));
