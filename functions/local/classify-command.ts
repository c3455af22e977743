/** `gongkai classify`: what the product says of files, without storing anything. */
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Capabilities } from '../../shared/ports.ts';
import {
  type Analysis,
  analyseAll,
  analyseFile,
  type Knowledge,
} from '../../shared/usecases/analyse-file.ts';
import { aside } from '../../shared/usecases/read-upload.ts';
import { EXIT, type ExitCode, UsageError } from './exit-codes.ts';
import { type FileReport, reportAnalysis, reportExpanded, reportFault } from './file-report.ts';
import { findFiles } from './find-files.ts';
import { inOrder } from './in-order.ts';
import { reportCsv, reportTable } from './print-reports.ts';
import { progressBar } from './progress.ts';
import { readCatalogue } from './read-catalogue.ts';
import { readPath } from './read-path.ts';
import { equippedArtefact } from './read-vectors.ts';
import { readerOfAll } from './text-reader.ts';

export const analysePath = async (
  needs: Pick<Capabilities, 'reader'> & Knowledge,
  path: string,
): Promise<Analysis> => {
  const bytes = await readPath(path);
  return bytes.ok ? analyseFile(needs, bytes.value, basename(path)) : aside(bytes.error);
};

/** One report for a document; for a container one more for each file in it, named `outer!inner`. */
const reportsOf = async (
  needs: Pick<Capabilities, 'reader'> & Knowledge,
  path: string,
): Promise<readonly FileReport[]> => {
  const bytes = await readPath(path);
  if (!bytes.ok) return [reportAnalysis(path, aside(bytes.error))];
  const found = await analyseAll(needs, bytes.value, [basename(path)]);
  return found.map(({ names, analysis }) => {
    const file = [path, ...names.slice(1)].join('!');
    return analysis === null ? reportExpanded(file) : reportAnalysis(file, analysis);
  });
};

type Output = 'table' | 'json' | 'csv';

const print = (output: Output, reports: readonly FileReport[], at: number): void => {
  if (output === 'json')
    for (const report of reports) process.stdout.write(`${JSON.stringify(report)}\n`);
  if (output === 'csv') process.stdout.write(reportCsv(reports, at === 0));
};

/** Told apart for scripts: a fault outweighs a 密级 mark, that a refusal, and that a scan that waits. */
export const exitOf = (reports: readonly Pick<FileReport, 'state'>[]): ExitCode => {
  const states = new Set(reports.map(({ state }) => state));
  if (states.has('received')) return EXIT.fault;
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
      vectors: { type: 'string' },
    },
  });
  if (positionals.length === 0)
    throw new UsageError('请给出文件或文件夹 / name at least one file or folder');
  if (values.json && values.csv)
    throw new UsageError('--json 与 --csv 只能选一个 / choose --json or --csv');
  const jobs = Number(values.jobs ?? availableParallelism());
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 64) throw new UsageError('--jobs 1–64');
  const output = values.json ? 'json' : values.csv ? 'csv' : 'table';
  const knowledge = {
    catalogue: await readCatalogue(values.catalogue),
    artefact: await equippedArtefact(values.vectors),
  };
  return run({ files: await findFiles(positionals), jobs, output, knowledge });
};

/** One file that fails through a fault of ours or of the machine must not cost the others their answers. */
const tellFault = (path: string, fault: unknown): FileReport => {
  const name = fault instanceof Error ? fault.name : 'Error';
  const code = fault instanceof Error && 'code' in fault ? ` ${String(fault.code)}` : '';
  process.stderr.write(`${path}: ${name}${code}\n`);
  return reportFault(path);
};

interface Run {
  readonly files: readonly string[];
  readonly jobs: number;
  readonly output: Output;
  readonly knowledge: Knowledge;
}

const run = async ({ files, jobs, output, knowledge }: Run): Promise<ExitCode> => {
  if (files.length === 0) process.stderr.write('没有找到文件 / no files found\n');
  const reader = readerOfAll(Math.min(jobs, files.length));
  const progress = progressBar({
    total: files.length,
    label: '读取与分类',
    stream: process.stderr,
  });
  const states: Pick<FileReport, 'state'>[] = [];
  const kept: FileReport[] = [];
  try {
    const analyse = (path: string): Promise<readonly FileReport[]> =>
      reportsOf({ reader, ...knowledge }, path).catch((fault: unknown) => [tellFault(path, fault)]);
    for await (const reports of inOrder(files, jobs * 2, analyse)) {
      print(output, reports, states.length);
      states.push(...reports.map(({ state }) => ({ state })));
      if (output === 'table') kept.push(...reports);
      progress.step();
    }
  } finally {
    progress.end();
    await reader.close();
  }
  if (output === 'table') process.stdout.write(`${reportTable(kept, process.stdout.columns)}\n`);
  return exitOf(states);
};
