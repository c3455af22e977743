/** `gongkai classify`: what the product says of files, without storing anything. */
import { readFile, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { type Catalogue, catalogueSchema } from '../../shared/domain/catalogue.ts';
import { MAX_FILE_BYTES } from '../../shared/domain/limits.ts';
import { refusal } from '../../shared/domain/refusal.ts';
import type { Capabilities } from '../../shared/ports.ts';
import { type Analysis, analyseFile, type Knowledge } from '../../shared/usecases/analyse-file.ts';
import { aside } from '../../shared/usecases/read-upload.ts';
import { EXIT, type ExitCode, UsageError } from './exit-codes.ts';
import { type FileReport, reportAnalysis } from './file-report.ts';
import { findFiles } from './find-files.ts';
import { inOrder } from './in-order.ts';
import { reportCsv, reportTable } from './print-reports.ts';
import { progressBar } from './progress.ts';
import { localTextReader } from './text-reader.ts';

const readCatalogue = async (path: string | undefined): Promise<Catalogue> => {
  if (path === undefined) return donghu2021;
  const parsed = catalogueSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!parsed.success) throw new UsageError(`不是任务表文件 / not a catalogue: ${path}`);
  return parsed.data;
};

const analysePath = async (
  needs: Pick<Capabilities, 'reader'> & Knowledge,
  path: string,
): Promise<Analysis> => {
  const known = await stat(path).catch(() => null);
  if (known === null || !known.isFile()) return aside(refusal('OBJECT_GONE'));
  if (known.size > MAX_FILE_BYTES)
    return aside(refusal('TOO_LARGE', `${MAX_FILE_BYTES / 2 ** 20} MB`));
  return analyseFile(needs, await readFile(path), basename(path));
};

type Output = 'table' | 'json' | 'csv';

const print = (output: Output, reports: readonly FileReport[], at: number): void => {
  if (output === 'json')
    for (const report of reports) process.stdout.write(`${JSON.stringify(report)}\n`);
  if (output === 'csv') process.stdout.write(reportCsv(reports, at === 0));
};

/** Told apart for scripts: a 密级 mark outweighs a refusal, a refusal outweighs a scan that waits. */
const exitOf = (reports: readonly Pick<FileReport, 'state'>[]): ExitCode => {
  const states = new Set(reports.map(({ state }) => state));
  if (states.has('quarantined')) return EXIT.quarantined;
  if (states.has('refused')) return EXIT.refused;
  return states.has('scanning') ? EXIT.scanning : EXIT.fine;
};

export const classifyCommand = async (args: readonly string[]): Promise<ExitCode> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      csv: { type: 'boolean', default: false },
      catalogue: { type: 'string' },
      jobs: { type: 'string' },
    },
  });
  if (positionals.length === 0)
    throw new UsageError('请给出文件或文件夹 / name at least one file or folder');
  if (values.json && values.csv)
    throw new UsageError('--json 与 --csv 只能选一个 / choose --json or --csv');
  const jobs = Number(values.jobs ?? availableParallelism());
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 64) throw new UsageError('--jobs 1–64');
  const output = values.json ? 'json' : values.csv ? 'csv' : 'table';
  const knowledge = { catalogue: await readCatalogue(values.catalogue), artefact: defaultArtefact };
  return run({ files: await findFiles(positionals), jobs, output, knowledge });
};

interface Run {
  readonly files: readonly string[];
  readonly jobs: number;
  readonly output: Output;
  readonly knowledge: Knowledge;
}

const run = async ({ files, jobs, output, knowledge }: Run): Promise<ExitCode> => {
  const reader = localTextReader(Math.min(jobs, files.length));
  const progress = progressBar({
    total: files.length,
    label: '读取与分类',
    stream: process.stderr,
  });
  const states: Pick<FileReport, 'state'>[] = [];
  const kept: FileReport[] = [];
  try {
    const analyse = async (path: string) =>
      reportAnalysis(path, await analysePath({ reader, ...knowledge }, path));
    for await (const report of inOrder(files, jobs * 2, analyse)) {
      print(output, [report], states.length);
      states.push({ state: report.state });
      if (output === 'table') kept.push(report);
      progress.step();
    }
  } finally {
    progress.end();
    await reader.close();
  }
  if (output === 'table') process.stdout.write(`${reportTable(kept, process.stdout.columns)}\n`);
  return exitOf(states);
};
