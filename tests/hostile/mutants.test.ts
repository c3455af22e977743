/** 500 damaged copies in every run; `npm run hostile` does 20,000. */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { readMutants, samples } from './read-mutants.ts';

const COUNT = 500;

test(`of ${COUNT} damaged copies each ends in text or a named refusal, and nothing is written`, async () => {
  const seed = Number(process.env['GONGKAI_SEED'] ?? Math.floor(Date.now() / 1000));
  process.stdout.write(`Mutants from seed ${seed} (GONGKAI_SEED=${seed} makes them again)\n`);
  const before = readdirSync(process.cwd());
  const { ends, wrong } = await readMutants(samples(), {
    count: COUNT,
    seed,
    workers: availableParallelism(),
  });
  expect(wrong).toEqual([]);
  expect([...ends.values()].reduce((sum, number) => sum + number, 0)).toBe(COUNT);
  expect(ends.size).toBeGreaterThan(3);
  expect(readdirSync(process.cwd())).toEqual(before);
}, 600_000);
