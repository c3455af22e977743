/** Which words of a label stand in the document: the character pairs that the match was summed from, joined again. */
import type { MatchExplained, MatchedWord } from '../../domain/explanation.ts';
import { eachGram } from '../grams.ts';
import type { Reading } from '../reading.ts';
import { say } from './say.ts';

/** One of the texts of a label: `from` names it as in the sentences (title, requirement, scope, evidence, notThis). */
export interface LabelField {
  readonly from: string;
  readonly text: string;
}

const SHOWN = 12;

interface Found {
  readonly word: string;
  readonly from: string;
  readonly buckets: readonly number[];
}

/** All that the document's vector was read from. */
const wordsOf = ({ zones }: Reading): string =>
  [zones.title, zones.purpose, zones.head, zones.headings, zones.body]
    .map(({ chars }) => chars)
    .join('\n');

/** The longest stretches of the field that stand in the document and whose pairs all count with the sign asked for. */
const stretchesOf = (
  { from, text }: LabelField,
  written: string,
  counts: (bucket: number) => boolean,
): Found[] => {
  const pairs = new Map<number, number>();
  eachGram(text, 0, (bucket, _share, at) => {
    if (counts(bucket)) pairs.set(at, bucket);
  });
  const found: Found[] = [];
  let start = 0;
  while (start < text.length - 1) {
    let end = start;
    const buckets: number[] = [];
    for (let at = start + 1; at < text.length; at += 1) {
      const bucket = pairs.get(at);
      if (bucket === undefined || !written.includes(text.slice(start, at + 1))) break;
      buckets.push(bucket);
      end = at;
    }
    if (end > start) found.push({ word: text.slice(start, end + 1), from, buckets });
    start = Math.max(end, start + 1);
  }
  return found;
};

/** Each pair is counted once, for the longest word that holds it. */
const shareOut = (found: readonly Found[], gains: ReadonlyMap<number, number>): MatchedWord[] => {
  const used = new Set<number>();
  const words: MatchedWord[] = [];
  for (const one of [...found].sort((a, b) => b.word.length - a.word.length)) {
    let adds = 0;
    for (const bucket of one.buckets) {
      if (used.has(bucket)) continue;
      used.add(bucket);
      adds += gains.get(bucket) ?? 0;
    }
    if (adds !== 0) words.push({ word: one.word, from: say('fields', one.from), adds });
  }
  return words.sort((a, b) => Math.abs(b.adds) - Math.abs(a.adds));
};

const sumOf = (words: readonly { readonly adds: number }[]): number =>
  words.reduce((sum, { adds }) => sum + adds, 0);

/** `gains` is what each pair of the label adds, in the order in which matching sums them. */
export const matchedWords = (
  fields: readonly LabelField[],
  gains: ReadonlyMap<number, number>,
  reading: Reading,
): MatchExplained => {
  const written = wordsOf(reading);
  const gather = (against: boolean): MatchedWord[] => {
    const wanted = (bucket: number): boolean => {
      const adds = gains.get(bucket) ?? 0;
      return against ? adds < 0 : adds > 0;
    };
    const found = fields
      .filter(({ from }) => (from === 'notThis') === against)
      .flatMap((field) => stretchesOf(field, written, wanted));
    return shareOut(found, gains);
  };
  const words = gather(false);
  const against = gather(true);
  const total = [...gains.values()].reduce((sum, adds) => sum + adds, 0);
  return {
    words: words.slice(0, SHOWN),
    moreWords: sumOf(words.slice(SHOWN)),
    against: against.slice(0, SHOWN),
    moreAgainst: sumOf(against.slice(SHOWN)),
    characters: total - sumOf(words) - sumOf(against),
    score: Math.max(0, total),
  };
};
