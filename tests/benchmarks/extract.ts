/** Speed of reading docx and pdf beside `pandoc` and `pdftotext` in the same run. `node tests/benchmarks/extract.ts [folder] [rounds]` */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { layOutDocument, makePdf } from '../../fixtures/make-pdf.ts';
import type { CanonicalText } from '../../shared/domain/text.ts';
import { extract } from '../../shared/text/extract.ts';
import { referenceFolder } from '../making/seed-notice.ts';

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

/** A document of some 450 pages, a third of them tables. */
const longPdf = (): Uint8Array => {
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

const madePdf = (): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'extract-')), 'made-long.pdf');
  writeFileSync(path, longPdf());
  return path;
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
console.log('\n## pdf: one made document of some 450 pages');
await compare([madePdf()], 'pdf', Number(rounds));
console.log(
  `\npeak memory of this process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
);
