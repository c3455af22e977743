/** Measures an interpretation against the text of its policy: what it repeats, and whether anything in it goes beyond. */
import type { Flow } from './flow.ts';
import type { Hit } from './rules.ts';

const RUN = 6;
/** A sentence with this share of its runs in the policy repeats it, though a word here and there is another. */
const REPEATED = 0.75;
/** Shorter ones (headings, greetings) say nothing either way. */
const SHORTEST = 12;
const MOST_OF_POLICY = 120_000;
const MOST_SENTENCES = 600;

const bare = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');

const runsOf = (text: string): ReadonlySet<string> => {
  const runs = new Set<string>();
  for (let at = 0; at + RUN <= text.length; at += 1) runs.add(text.slice(at, at + RUN));
  return runs;
};

export interface PolicyOverlap {
  /** Share of the interpretation's sentences that stand in the policy, 0–1. */
  readonly share: number;
  /** False for words that the policy itself says. */
  readonly goesBeyond: (hit: Hit) => boolean;
}

const shareOfRuns = (sentence: string, known: ReadonlySet<string>): number => {
  const runs = [...runsOf(sentence)];
  return runs.length === 0 ? 0 : runs.filter((run) => known.has(run)).length / runs.length;
};

/** `body` is the interpretation's; linear in both texts, of which the first hundred thousand characters or so count. */
export const policyOverlap = (body: Flow, policyText: string): PolicyOverlap => {
  const known = runsOf(bare(policyText.slice(0, MOST_OF_POLICY)));
  const sentences: { readonly from: number; readonly to: number; readonly repeated: boolean }[] =
    [];
  let from = 0;
  while (from < body.chars.length && sentences.length < MOST_SENTENCES) {
    const stop = body.chars.slice(from, from + 400).search(/[。！？；\n]/u);
    const to = stop < 0 ? Math.min(body.chars.length, from + 400) : from + stop + 1;
    const words = bare(body.chars.slice(from, to));
    if (words.length >= SHORTEST)
      sentences.push({ from, to, repeated: shareOfRuns(words, known) >= REPEATED });
    from = to;
  }
  const repeated = sentences.filter((one) => one.repeated);
  return {
    share: sentences.length === 0 ? 0 : repeated.length / sentences.length,
    goesBeyond: (hit) =>
      !repeated.some(
        ({ from: start, to: end }) =>
          hit.quote.start >= (body.places[start] ?? 0) &&
          hit.quote.end <= (body.places[end - 1] ?? 0) + 1,
      ),
  };
};
