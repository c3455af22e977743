/** Time and peak memory of reading large and hostile docx and pdf, each in a process of its own. `node tests/benchmarks/memory.ts` */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { strToU8 } from 'fflate';
import * as z from 'zod';
import { extract } from '../../shared/text/extract.ts';
import { bomb, claiming, HOSTILE } from '../making/hostile-docx.ts';
import { flateBomb, nestedFlateBomb } from '../making/hostile-pdf.ts';
import { documentXml, p, rawDocx } from '../making/raw-docx.ts';
import { LONG_PARTS, longDocx, longPdf, withPicture } from './long-documents.ts';

interface Sample {
  readonly name: string;
  readonly ending: 'docx' | 'pdf';
  readonly hostile: boolean;
  readonly make: () => Uint8Array | Promise<Uint8Array>;
}

const MOST_MS = 5_000;
const MOST_MB = 500;
const GIGABYTE = 2 ** 30;

const hostileDocx = (name: string): Sample => ({
  name: `docx: ${name}`,
  ending: 'docx',
  hostile: true,
  make: () => {
    const found = HOSTILE.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no hostile docx "${name}"`);
    return found.make();
  },
});

/** Paragraphs differ just so much that the packing stays under the bound of 1:250. */
const million = (write: (at: number) => string): Uint8Array => {
  const body = Array.from({ length: 1_000_000 }, (_, at) => write(at)).join('');
  return rawDocx({ files: { 'word/document.xml': strToU8(documentXml(body + p('末'))) } });
};

const SAMPLES: readonly Sample[] = [
  {
    name: 'docx of 3.5 MB of XML, 612 pages',
    ending: 'docx',
    hostile: false,
    make: () => longDocx(LONG_PARTS),
  },
  {
    name: 'docx of 20 MB, with a picture of 19',
    ending: 'docx',
    hostile: false,
    make: async () => withPicture(await longDocx(LONG_PARTS), 20 * 2 ** 20),
  },
  {
    name: 'docx of 20 MB of XML',
    ending: 'docx',
    hostile: false,
    make: () => longDocx(Math.round((LONG_PARTS * 20) / 3.5)),
  },
  { name: 'pdf of 451 pages', ending: 'pdf', hostile: false, make: longPdf },
  hostileDocx('a million empty paragraphs'),
  hostileDocx('a million paragraphs all alike'),
  hostileDocx('a million paragraphs of one letter'),
  {
    name: 'docx: a million paragraphs as small as may be',
    ending: 'docx',
    hostile: true,
    make: () => million((at) => (at % 64 === 0 ? `<w:p w:rsidR="${at}"/>` : '<w:p/>')),
  },
  {
    name: 'docx: 1 GB of text in 1 MB',
    ending: 'docx',
    hostile: true,
    make: () => bomb('word/document.xml', 1_024),
  },
  {
    name: 'docx: the same, claiming 1,000 bytes',
    ending: 'docx',
    hostile: true,
    make: () => claiming(bomb('word/document.xml', 1_024), 1_000),
  },
  {
    name: 'docx: a picture of 1 GB in 1 MB',
    ending: 'docx',
    hostile: true,
    make: () => bomb('word/media/image1.png', 1_024),
  },
  {
    name: 'pdf: a page of 1 GB in 1 MB',
    ending: 'pdf',
    hostile: true,
    make: () => flateBomb(GIGABYTE),
  },
  {
    name: 'pdf: 1 GB deflated twice',
    ending: 'pdf',
    hostile: true,
    make: () => nestedFlateBomb(GIGABYTE),
  },
];

const outcomeSchema = z.object({
  answer: z.string(),
  ms: z.number(),
  cpuMs: z.number(),
  megabytes: z.number(),
});
type Outcome = z.infer<typeof outcomeSchema>;

/** The mark of this program alone: `maxRSS` also counts what the process that made the file held when it started this one. */
const peakMegabytes = (): number => {
  try {
    const found = /^VmHWM:\s+(\d+) kB$/mu.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    return Number(found) / 1_024;
  } catch {
    return process.resourceUsage().maxRSS / 1_024;
  }
};

const readHere = async (path: string): Promise<Outcome> => {
  const bytes = new Uint8Array(readFileSync(path));
  const [start, before] = [performance.now(), process.cpuUsage()];
  const read = await extract(bytes, basename(path));
  const { user, system } = process.cpuUsage(before);
  return {
    answer: read.ok ? `${read.value.text.length} characters` : read.error.kind,
    ms: performance.now() - start,
    cpuMs: (user + system) / 1_000,
    megabytes: peakMegabytes(),
  };
};

const readApart = (path: string): Outcome => {
  const { status, stdout, signal } = spawnSync(
    process.execPath,
    [import.meta.filename, '--one', path],
    { encoding: 'utf8', timeout: 120_000 },
  );
  if (status === 0) return outcomeSchema.parse(JSON.parse(stdout));
  return { answer: `CRASHED ${signal ?? status}`, ms: 0, cpuMs: 0, megabytes: 0 };
};

const printAll = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'memory-'));
  console.log('| file | KB | answer | ms | cpu ms | peak RSS MB | |');
  console.log('|---|---:|---|---:|---:|---:|---|');
  for (const { name, ending, hostile, make } of SAMPLES) {
    const path = join(folder, `sample.${ending}`);
    writeFileSync(path, await make());
    const { answer, ms, cpuMs, megabytes } = readApart(path);
    const over = cpuMs > MOST_MS || megabytes > MOST_MB || answer.startsWith('CRASHED');
    const kilobytes = readFileSync(path).length >> 10;
    console.log(
      `| ${name} | ${kilobytes} | ${answer} | ${ms.toFixed(0)} | ${cpuMs.toFixed(0)} | ${megabytes.toFixed(0)} | ${hostile && over ? 'OVER' : ''} |`,
    );
  }
  rmSync(folder, { recursive: true });
};

const [first, path] = process.argv.slice(2);
if (first === '--one' && path !== undefined)
  process.stdout.write(JSON.stringify(await readHere(path)));
else await printAll();
