/** Every entry of the hostile corpus ends as it may; figures of time and memory: tests/benchmarks/hostile-corpus.ts. The whole of it takes minutes: it runs with GONGKAI_SERVERS=1, as in .ci/run. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localScanReader, localTextReader } from '../../functions/local/text-reader.ts';
import { bytesOf, CORPUS } from './corpus.ts';
import { isProper, readEntry } from './read-corpus.ts';

const seed = Number(process.env['GONGKAI_SEED'] ?? 1);
const text = localTextReader(1);
const scan = localScanReader(1);
let before: readonly string[] = [];

/** Without the whole gate one entry in so many is read. */
const ONE_IN = 8;
const isWhole = process.env['GONGKAI_SERVERS'] === '1';
const chosen = CORPUS.filter((_, at) => isWhole || at % ONE_IN === 0);

beforeAll(() => {
  process.stdout.write(`Corpus of ${CORPUS.length} from seed ${seed} (GONGKAI_SEED)\n`);
  if (!isWhole)
    process.stdout.write(
      `Left out: ${CORPUS.length - chosen.length} hostile files that take minutes (GONGKAI_SERVERS=1 reads all)\n`,
    );
  before = readdirSync(process.cwd());
});
afterAll(async () => {
  await Promise.all([text.close(), scan.close()]);
  expect(readdirSync(process.cwd())).toEqual(before);
});

test('every entry has a name of its own', () => {
  expect(new Set(CORPUS.map(({ name }) => name)).size).toBe(CORPUS.length);
  expect(CORPUS.length).toBeGreaterThan(350);
});

/** The worker's own limit, and the making of a gigabyte. */
const CEILING_MS = 150_000;

test.each(chosen.map((entry) => [entry.name, entry] as const))(
  '%s',
  async (_, entry) => {
    const file = { name: entry.fileName, bytes: bytesOf(entry, seed) };
    const { end, inside } = await readEntry(entry.reader === 'scan' ? scan : text, file);
    expect(isProper(end), end).toBe(true);
    expect(entry.ends, entry.attacks).toContain(end);
    const allowed = new Set(entry.inside ?? []);
    expect(inside.filter((one) => !allowed.has(one))).toEqual([]);
  },
  CEILING_MS,
);
