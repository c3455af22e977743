/** npm run hostile [-- --count 20000 --seed 1]: many damaged copies of every sample; ends with 1 where one ended wrongly. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { readMutants, samples } from '../hostile/read-mutants.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
  },
});
const count = Number(values.count);
const seed = Number(values.seed);
const all = samples();
console.log(`${count} mutants of ${all.length} files from seed ${seed}`);
const start = performance.now();
const run = await readMutants(all, { count, seed, workers: availableParallelism() });
for (const [end, number] of [...run.ends].sort(([, a], [, b]) => b - a))
  console.log(`${end}: ${number}`);
const seconds = (performance.now() - start) / 1000;
console.log(
  `${seconds.toFixed(0)} s, slowest ${run.slowestMs.toFixed(0)} ms, wrong ends: ${run.wrong.length}`,
);
for (const line of [...run.limited, ...run.wrong]) console.log(line);
process.exitCode = run.wrong.length === 0 ? 0 : 1;
