/** Every handed file through the product, each in a process of its own: answer, time and memory. `node tests/benchmarks/files.ts [folder]` */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import * as z from 'zod';
import { localTextReader } from '../../functions/local/text-reader.ts';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { defaultArtefact } from '../../shared/classify/artefact.ts';
import { analyseFile } from '../../shared/usecases/analyse-file.ts';
import { referenceFolder } from '../making/seed-notice.ts';

const TOO_LONG_MS = 20_000;
const TOO_MUCH_MB = 1_024;

const outcomeSchema = z.object({
  format: z.string(),
  state: z.string(),
  reason: z.string(),
  characters: z.number(),
  ms: z.number(),
  megabytes: z.number(),
});
type Outcome = z.infer<typeof outcomeSchema> & { readonly file: string };

/** One file as `gongkai classify` reads it: the text in a worker, the rest beside it. */
const one = async (path: string): Promise<z.infer<typeof outcomeSchema>> => {
  const bytes = readFileSync(path);
  const start = performance.now();
  const reader = localTextReader(1);
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
        ms,
        megabytes,
      }
    : {
        format: analysis.text.format,
        state: 'proposed',
        reason: '',
        characters: analysis.text.text.length,
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
  return { file, format: '-', state: 'CRASHED', reason, characters: 0, ms: 0, megabytes: 0 };
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

const print = (outcomes: readonly Outcome[]): void => {
  console.log('\n| ending | files | answers | characters | median ms | most ms | peak RSS MB |');
  console.log('|---|---:|---|---:|---:|---:|---:|');
  const byEnding = Map.groupBy(outcomes, ({ file }) => extname(file).slice(1).toLowerCase());
  for (const [ending, some] of [...byEnding].sort()) console.log(totalRow(ending, some));
  console.log(totalRow('all', outcomes));
  const flagged = outcomes.filter((outcome) => flagOf(outcome) !== '');
  console.log(`\nCrashed, over 20 s or over 1 GB: ${flagged.length}`);
  for (const outcome of flagged) console.log(`${outcome.file}: ${flagOf(outcome)}`);
};

const main = (folder: string): void => {
  console.log('| file | format | state | reason | characters | ms | RSS MB | |');
  console.log('|---|---|---|---|---:|---:|---:|---|');
  const names = readdirSync(folder).filter((name) => name !== 'MANIFEST.json');
  const outcomes = names.sort().map((name) => {
    const outcome = inProcess(join(folder, name));
    const { format, state, reason, characters, ms, megabytes } = outcome;
    console.log(
      `| ${name} | ${format} | ${state} | ${reason} | ${characters} | ${ms.toFixed(0)} | ${megabytes.toFixed(0)} | ${flagOf(outcome)} |`,
    );
    return outcome;
  });
  print(outcomes);
};

const [first, path] = process.argv.slice(2);
if (first === '--one' && path !== undefined) process.stdout.write(JSON.stringify(await one(path)));
else main(first ?? join(referenceFolder(), 'files'));
