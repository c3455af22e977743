/** Suggests which task of last year's catalogue goes on as which task of this year's, for a person to confirm. */
import type { Catalogue, Task } from '../domain/catalogue.ts';

export interface MappingPair {
  /** Full codes; `to` null: no task of the next catalogue shares a word with it. */
  readonly from: string;
  readonly to: string | null;
  /** Cosine of character bigrams of title and requirement, 0–1. */
  readonly score: number;
  /** Pre-ticked for the person: the score reaches .30 and no other old task suits the new one better. */
  readonly ticked: boolean;
}

const TICKED_FROM = 0.3;

type Counts = ReadonlyMap<string, number>;

const bigrams = ({ title, requirement }: Task): Counts => {
  const counts = new Map<string, number>();
  for (const words of [title, requirement].map((text) => text.match(/[\p{L}\p{N}]/gu) ?? []))
    for (let at = 1; at < words.length; at += 1) {
      const pair = `${words[at - 1]}${words[at]}`;
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
  return counts;
};

const lengthOf = (counts: Counts): number =>
  Math.sqrt([...counts.values()].reduce((sum, count) => sum + count * count, 0));

const cosine = (left: Counts, right: Counts): number => {
  let product = 0;
  for (const [pair, count] of left) product += count * (right.get(pair) ?? 0);
  return product === 0 ? 0 : Math.min(1, product / (lengthOf(left) * lengthOf(right)));
};

/**
 * One pair for every task of `old`, in its order: the most alike task of `next`. Two old tasks may point to one new task
 * (tasks are merged); only the better one is ticked. Nothing is decided here.
 */
export const suggestMapping = (old: Catalogue, next: Catalogue): MappingPair[] => {
  const targets = next.tasks.map((task) => ({ code: task.code, counts: bigrams(task) }));
  const pairs = old.tasks.map((task) => {
    const counts = bigrams(task);
    let best: { to: string | null; score: number } = { to: null, score: 0 };
    for (const target of targets) {
      const score = cosine(counts, target.counts);
      if (score > best.score) best = { to: target.code, score };
    }
    return { from: task.code, ...best };
  });
  const strongest = new Map<string, string>();
  for (const { from, to } of [...pairs].sort((a, b) => b.score - a.score))
    if (to !== null && !strongest.has(to)) strongest.set(to, from);
  return pairs.map((pair) => ({
    ...pair,
    ticked: pair.score >= TICKED_FROM && pair.to !== null && strongest.get(pair.to) === pair.from,
  }));
};
