/** Every handed file through the product, each in a process of its own: answer, time and memory. `node tests/benchmarks/files.ts [--write] [folder]`; --write makes docs/formats.md of it. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import * as z from 'zod';
import { readerOfAll } from '../../functions/local/text-reader.ts';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import type { CanonicalText } from '../../shared/domain/text.ts';
import { analyseFile } from '../../shared/usecases/analyse-file.ts';
import { referenceFolder } from '../making/seed-notice.ts';

const TOO_LONG_MS = 20_000;
const TOO_MUCH_MB = 1_024;

const outcomeSchema = z.object({
  format: z.string(),
  state: z.string(),
  reason: z.string(),
  characters: z.number(),
  warnings: z.array(z.string()),
  ms: z.number(),
  megabytes: z.number(),
});
type Outcome = z.infer<typeof outcomeSchema> & { readonly file: string };

/** Each code once, with how often it stands. */
const warningsOf = ({ warnings }: CanonicalText): string[] =>
  [...Map.groupBy(warnings, ({ code }) => code)].map(([code, some]) =>
    some.length === 1 ? code : `${code} × ${some.length}`,
  );

/** One file as `gongkai classify` reads it: the text in a worker, the rest beside it. */
const one = async (path: string): Promise<z.infer<typeof outcomeSchema>> => {
  const bytes = readFileSync(path);
  const start = performance.now();
  const reader = readerOfAll(1);
  const knowledge = { catalogue: donghu2021, artefact: defaultArtefact };
  const analysis = await analyseFile({ reader, ...knowledge }, bytes, basename(path));
  const ms = performance.now() - start;
  await reader.close();
  const megabytes = process.resourceUsage().maxRSS / 1024;
  return analysis.kind === 'aside'
    ? {
        format: '-',
        state: analysis.state,
        reason: analysis.refusal.kind,
        characters: 0,
        warnings: [],
        ms,
        megabytes,
      }
    : {
        format: analysis.text.format,
        state: 'proposed',
        reason: '',
        characters: analysis.text.text.length,
        warnings: warningsOf(analysis.text),
        ms,
        megabytes,
      };
};

const inProcess = (path: string): Outcome => {
  const file = basename(path);
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [import.meta.filename, '--one', path],
    {
      encoding: 'utf8',
      timeout: 120_000,
    },
  );
  if (status === 0) return { file, ...outcomeSchema.parse(JSON.parse(stdout)) };
  // The name of the error alone: its message may quote the file.
  const thrown = /^(\w*Error)\b/mu.exec(stderr)?.[1] ?? `exit ${status}`;
  const reason = error === undefined ? thrown : error.name;
  return {
    file,
    format: '-',
    state: 'CRASHED',
    reason,
    characters: 0,
    warnings: [],
    ms: 0,
    megabytes: 0,
  };
};

const flagOf = ({ state, ms, megabytes }: Outcome): string =>
  [
    state === 'CRASHED' ? 'CRASHED' : '',
    ms > TOO_LONG_MS ? 'OVER 20 s' : '',
    megabytes > TOO_MUCH_MB ? 'OVER 1 GB' : '',
  ]
    .filter((flag) => flag !== '')
    .join(' ');

const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), 0);

const totalRow = (ending: string, outcomes: readonly Outcome[]): string => {
  const counts = new Map<string, number>();
  for (const { state, reason } of outcomes) {
    const name = reason === '' ? 'text' : `${state} ${reason}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const answers = [...counts].map(([name, count]) => `${name} ${count}`).join(', ');
  const characters = outcomes.reduce((sum, each) => sum + each.characters, 0);
  const times = outcomes.map(({ ms }) => ms).sort((a, b) => a - b);
  const median = times[times.length >> 1] ?? 0;
  return `| ${ending} | ${outcomes.length} | ${answers} | ${characters} | ${median.toFixed(0)} | ${most(times).toFixed(0)} | ${most(outcomes.map(({ megabytes }) => megabytes)).toFixed(0)} |`;
};

const HEAD = [
  '# Formats',
  '',
  'Every real file that was handed to the project, read as `gongkai classify` reads it, each in a process of its own. Written by `node tests/benchmarks/files.ts --write` (it needs the handed files, which are not in the repository; their names are the first digits of their hash). Time and memory are of one run on two shared cores and include starting the reader.',
  '',
];

const fileRow = (outcome: Outcome): string => {
  const { file, format, state, reason, characters, warnings, ms, megabytes } = outcome;
  const answer = reason === '' ? 'text' : `${state} ${reason}`;
  return `| ${file} | ${format} | ${answer} | ${characters} | ${warnings.join(', ')} | ${ms.toFixed(0)} | ${megabytes.toFixed(0)} | ${flagOf(outcome)} |`;
};

const pageOf = (outcomes: readonly Outcome[]): string[] => {
  const byEnding = Map.groupBy(outcomes, ({ file }) => extname(file).slice(1).toLowerCase());
  const flagged = outcomes.filter((outcome) => flagOf(outcome) !== '');
  return [
    ...HEAD,
    '| ending | files | answers | characters | median ms | most ms | peak RSS MB |',
    '|---|---:|---|---:|---:|---:|---:|',
    ...[...byEnding].sort().map(([ending, some]) => totalRow(ending, some)),
    totalRow('all', outcomes),
    '',
    `Crashed, over 20 s or over 1 GB: ${flagged.length}`,
    '',
    '| file | format | answer | characters | warnings | ms | RSS MB | |',
    '|---|---|---|---:|---|---:|---:|---|',
    ...outcomes.map(fileRow),
  ];
};

const main = (folder: string, write: boolean): void => {
  const names = readdirSync(folder).filter((name) => name !== 'MANIFEST.json');
  const outcomes = names.sort().map((name) => inProcess(join(folder, name)));
  const page = pageOf(outcomes);
  for (const line of page) console.log(line);
  if (write)
    writeFileSync(join(import.meta.dirname, '../../docs/formats.md'), `${page.join('\n')}\n`);
};

const args = process.argv.slice(2);
const [first, path] = args.filter((arg) => arg !== '--write');
if (first === '--one' && path !== undefined) process.stdout.write(JSON.stringify(await one(path)));
else main(first ?? join(referenceFolder(), 'files'), args.includes('--write'));
