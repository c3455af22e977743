/** Reads damaged copies of files through the product's own reader and keeps what each ended in. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localTextReader } from '../../functions/local/text-reader.ts';
import { randomOf } from '../../shared/classify/gate/random-of.ts';
import { isRefusalKind } from '../../shared/domain/refusal.ts';
import type { CanonicalText } from '../../shared/domain/text.ts';
import { referenceFolder } from '../making/seed-notice.ts';
import { mutate } from './mutate.ts';

export interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const filesIn = (folder: string): Sample[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.json'))
        .map(({ name }) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }))
    : [];

/** The papers of the invented office, the samples of other formats, and the handed files where they are. */
export const samples = (): readonly Sample[] => {
  const root = join(import.meta.dirname, '..', '..');
  return [
    ...filesIn(join(root, 'fixtures', 'documents')),
    ...filesIn(join(root, 'tests', 'samples')),
    ...filesIn(join(referenceFolder(), 'files')),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
};

export interface MutantRun {
  /** How many ended in what: `text`, `opened`, or the kind of refusal. */
  readonly ends: ReadonlyMap<string, number>;
  /** Everything that is no proper end, with the seed that makes it again. */
  readonly wrong: readonly string[];
  /** What was stopped at a limit of time or memory: proper, but each costs an operator a minute. */
  readonly limited: readonly string[];
  readonly slowestMs: number;
}

const problemOf = ({ text, blocks }: CanonicalText): string | null => {
  if (!text.isWellFormed()) return 'text with half characters';
  const outside = blocks.some(({ start, end }) => start > end || end > text.length);
  return outside ? 'a block outside the text' : null;
};

type Reader = ReturnType<typeof localTextReader>;

const endOf = async (reader: Reader, { name, bytes }: Sample): Promise<string> => {
  const read = await reader.extract(bytes, name);
  if (read.ok) return problemOf(read.value) ?? 'text';
  if (read.error.kind !== 'CONTAINER') return read.error.kind;
  const opened = await reader.open(bytes, 0);
  return opened.ok ? 'opened' : opened.error.kind;
};

/** With what the thread said of it: the fault is ours. */
const faultOf = (fault: unknown): string =>
  fault instanceof Error ? `fault ${fault.message}: ${String(fault.cause)}` : 'fault';

const isProper = (end: string): boolean => end === 'text' || end === 'opened' || isRefusalKind(end);

interface Mutant extends Sample {
  readonly seed: number;
}

/** Sample and mutation depend on the seed alone. */
const mutantOf = (all: readonly Sample[], seed: number): Mutant => {
  const random = randomOf(seed);
  const pick = (): Sample => {
    const sample = all[Math.floor(random() * all.length)];
    if (sample === undefined) throw new Error('No samples');
    return sample;
  };
  const { name, bytes } = pick();
  return { seed, name, bytes: mutate(bytes, pick().bytes, seed) };
};

const LIMITED: ReadonlySet<string> = new Set(['TIME_LIMIT', 'MEMORY_LIMIT']);

/** `count` mutants from `seed` on, on `workers` threads. */
export const readMutants = async (
  all: readonly Sample[],
  {
    count,
    seed,
    workers,
  }: { readonly count: number; readonly seed: number; readonly workers: number },
): Promise<MutantRun> => {
  const reader = localTextReader(workers);
  const ends = new Map<string, number>();
  const wrong: string[] = [];
  const limited: string[] = [];
  let slowestMs = 0;
  let next = 0;
  const readOne = async (mutant: Mutant): Promise<void> => {
    const start = performance.now();
    const end = await endOf(reader, mutant).catch((fault: unknown) => faultOf(fault));
    slowestMs = Math.max(slowestMs, performance.now() - start);
    ends.set(end, (ends.get(end) ?? 0) + 1);
    const line = `seed ${mutant.seed}, ${mutant.name}: ${end}`;
    if (LIMITED.has(end)) limited.push(line);
    if (!isProper(end)) wrong.push(line);
  };
  const work = async (): Promise<void> => {
    while (next < count) {
      const own = seed + next;
      next += 1;
      await readOne(mutantOf(all, own));
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  await reader.close();
  return { ends, wrong, limited, slowestMs };
};
