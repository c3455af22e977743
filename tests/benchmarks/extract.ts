/** Speed of reading docx and pdf beside `pandoc`, mammoth, `pdftotext` and pdf.js alone in the same run. `node tests/benchmarks/extract.ts [folder] [rounds]` */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import mammoth from 'mammoth';
import type { CanonicalText } from '../../shared/domain/text.ts';
import { extract } from '../../shared/text/extract.ts';
import { pdfResources } from '../../shared/text/pdf/open-pdf.ts';
import { referenceFolder } from '../making/seed-notice.ts';
import { LONG_PARTS, longDocx, longPdf, printedPdf } from './long-documents.ts';

interface Sample {
  readonly path: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly text: CanonicalText;
}

interface Peer {
  readonly program: string;
  readonly version: readonly string[];
  readonly arguments: (path: string) => readonly string[];
}

const PEERS: Readonly<Record<'docx' | 'pdf', Peer>> = {
  docx: {
    program: 'pandoc',
    version: ['--version'],
    arguments: (path) => ['--from=docx', '--to=plain', '--wrap=none', path],
  },
  pdf: { program: 'pdftotext', version: ['-v'], arguments: (path) => ['-layout', path, '-'] },
};

const run = (program: string, args: readonly string[]) =>
  spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });

const isMissing = ({ program, version }: Peer): boolean =>
  run(program, version).error !== undefined;

const HAN = /\p{Script=Han}/gu;

const countHan = (text: string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const [letter] of text.normalize('NFKC').matchAll(HAN))
    counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
};

const size = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

/** How many of `wanted` are in `found`, each counted as often as it stands there. */
const covered = (wanted: ReadonlyMap<string, number>, found: ReadonlyMap<string, number>): number =>
  [...wanted].reduce((sum, [letter, count]) => sum + Math.min(count, found.get(letter) ?? 0), 0);

const seconds = async (work: () => Promise<void> | void): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};

const fastest = async (rounds: number, work: () => Promise<void> | void): Promise<number> => {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await seconds(work));
  return Math.min(...times);
};

type Kind = keyof typeof PEERS;

/** The files that we read as this format; what is refused is named. */
const samplesOf = async (paths: readonly string[], format: Kind): Promise<Sample[]> => {
  const samples: Sample[] = [];
  for (const path of paths) {
    const name = basename(path);
    const bytes = readFileSync(path);
    const read = await extract(bytes, name);
    if (read.ok && read.value.format === format)
      samples.push({ path, name, bytes, text: read.value });
    else console.log(`left out: ${name} ${read.ok ? read.value.format : read.error.kind}`);
  }
  return samples;
};

const rateOf = (samples: readonly Sample[], took: number): string => {
  const megabytes = samples.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1e6;
  const pages = samples.reduce((sum, { text }) => sum + text.pages.length, 0);
  const paged = pages === 0 ? '' : `, ${(pages / took).toFixed(1)} pages/s`;
  return `${(megabytes / took).toFixed(2)} MB/s${paged}, ${(samples.length / took).toFixed(1)} files/s (${took.toFixed(2)} s)`;
};

const comparePeer = async (
  samples: readonly Sample[],
  peer: Peer,
  rounds: number,
): Promise<void> => {
  const texts = new Map<string, string>();
  const took = await fastest(rounds, () => {
    for (const { path, name } of samples)
      texts.set(name, run(peer.program, peer.arguments(path)).stdout);
  });
  const starts = await fastest(rounds, () => {
    for (const _ of samples) run(peer.program, peer.version);
  });
  console.log(`${peer.program}, one process a file: ${rateOf(samples, took)}`);
  console.log(
    `${peer.program}, less its bare start (${((starts / samples.length) * 1000).toFixed(0)} ms a file): ${rateOf(samples, Math.max(0.001, took - starts))}`,
  );
  const sums = { theirs: 0, ours: 0, both: 0, inverse: 0 };
  const behind: string[] = [];
  for (const { name, text } of samples) {
    const theirs = countHan(texts.get(name) ?? '');
    const ours = countHan(text.text);
    const both = covered(theirs, ours);
    sums.theirs += size(theirs);
    sums.ours += size(ours);
    sums.both += both;
    sums.inverse += covered(ours, theirs);
    const recall = both / Math.max(1, size(theirs));
    if (recall < 0.98) behind.push(`${name} ${recall.toFixed(3)} of ${size(theirs)}`);
  }
  console.log(
    `汉字 of ${peer.program}'s that are in ours: ${(sums.both / sums.theirs).toFixed(4)} of ${sums.theirs}; of ours in its: ${(sums.inverse / sums.ours).toFixed(4)} of ${sums.ours}`,
  );
  for (const line of behind) console.log(`  under 0.98: ${line}`);
};

const compare = async (paths: readonly string[], format: Kind, rounds: number): Promise<void> => {
  const samples = await samplesOf(paths, format);
  const took = await fastest(rounds, async () => {
    for (const { bytes, name } of samples) await extract(bytes, name);
  });
  console.log(`gongkai, one warm thread: ${rateOf(samples, took)}`);
  const peer = PEERS[format];
  if (isMissing(peer)) console.log(`${peer.program} is not installed: no comparison`);
  else await comparePeer(samples, peer, rounds);
};

/** Processor time of the fastest round, in seconds: on a busy machine the clock tells little. */
const leastCpu = async (rounds: number, work: () => Promise<void>): Promise<number> => {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1e6);
  }
  return Math.min(...times);
};

/** Processor time of a program that ends, by the shell's own count. */
const cpuOfProgram = (program: string, args: readonly string[]): number => {
  const script = `TIMEFORMAT='%U %S'; time "$0" "$@" > /dev/null 2> /dev/null`;
  const { stderr } = run('bash', ['-c', script, program, ...args]);
  const [user = 0, system = 0] = stderr.trim().split(' ').map(Number);
  return user + system;
};

/** The text call of pdf.js as it comes, without lines, tables or paragraphs. */
const bareText = async (bytes: Uint8Array): Promise<void> => {
  // Only once our reader has put its stand-ins for a canvas in place.
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const resources = pdfResources();
  const task = getDocument({
    data: bytes.slice(),
    verbosity: 0,
    cMapUrl: `${join(resources, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(resources, 'standard_fonts')}/`,
  });
  const document = await task.promise;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    await page.getTextContent();
    page.cleanup();
  }
  await task.destroy();
};

const bareHtml = async (bytes: Uint8Array): Promise<void> => {
  await mammoth.convertToHtml({ buffer: Buffer.from(bytes) });
};

const LIBRARIES = {
  docx: { name: 'mammoth alone (html)', read: bareHtml },
  pdf: { name: 'pdf.js alone (getTextContent)', read: bareText },
} as const;

/** One long file in processor time: ours, the library beneath it alone, the peer. */
const compareLong = async (path: string, format: Kind, rounds: number): Promise<void> => {
  const bytes = new Uint8Array(readFileSync(path));
  const [sample] = await samplesOf([path], format);
  if (sample === undefined) return;
  const pages = sample.text.pages.length;
  const rows: [string, number][] = [];
  const first = await leastCpu(rounds, async () => void (await extract(bytes, basename(path))));
  rows.push(['gongkai', first]);
  const library = LIBRARIES[format];
  rows.push([library.name, await leastCpu(rounds, () => library.read(bytes))]);
  const peer = PEERS[format];
  if (!isMissing(peer)) {
    const times = Array.from({ length: rounds }, () =>
      cpuOfProgram(peer.program, peer.arguments(path)),
    );
    rows.push([`${peer.program}, a process`, Math.min(...times)]);
  }
  console.log(`${(bytes.length / 1024).toFixed(0)} KB, ${sample.text.text.length} characters`);
  for (const [name, took] of rows) {
    const paged = pages === 0 ? '' : `, ${(pages / took).toFixed(0)} pages/s`;
    console.log(
      `${name}: ${took.toFixed(2)} s of processor time${paged}, ${(took / first).toFixed(2)} × ours`,
    );
  }
};

const [folder = join(referenceFolder(), 'files'), rounds = '3'] = process.argv.slice(2);
const given = (format: Kind): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => extname(name) === `.${format}`)
        .sort()
        .map((name) => join(folder, name))
    : [];

for (const format of ['docx', 'pdf'] as const) {
  const paths = given(format);
  console.log(`\n## ${format}: ${paths.length} files of ${folder}`);
  if (paths.length > 0) await compare(paths, format, Number(rounds));
}
const folderForMade = mkdtempSync(join(tmpdir(), 'extract-'));
const made = (name: string, bytes: Uint8Array): string => {
  const path = join(folderForMade, name);
  writeFileSync(path, bytes);
  return path;
};
const docx = await longDocx(LONG_PARTS);
console.log('\n## docx: one made document of 3.5 MB of XML, 612 pages');
await compareLong(made('long.docx', docx), 'docx', Number(rounds));
console.log('\n## pdf: one made document of some 450 pages, its font not in the file');
await compareLong(made('long.pdf', longPdf()), 'pdf', Number(rounds));
console.log('\n## pdf: the long docx as LibreOffice prints it, its fonts in the file');
const printed = printedPdf(docx, folderForMade);
if (printed === null) console.log('soffice is not installed: no such file');
else await compareLong(printed, 'pdf', Number(rounds));
console.log(
  `\npeak memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
);
