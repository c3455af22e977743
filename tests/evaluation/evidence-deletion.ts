/** Do the quotes carry the tags? Deletes the sentences that a tag quotes, and as many characters of others, and looks at the score again. */
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { type Artefact, defaultArtefact } from '../../shared/classify/artefact.ts';
import { classify } from '../../shared/classify/classify.ts';
import { randomOf } from '../../shared/classify/gate/random-of.ts';
import type { Tag } from '../../shared/domain/classification.ts';
import type { Span } from '../../shared/domain/text.ts';
import type { Answer } from './answers.ts';
import { documentOf } from './gold.ts';
import { meanOf } from './ranking-metrics.ts';

const STOP = /[。；！？!?\n]/u;

/** Each sentence with the stop that ends it; blank ones are left out. */
export const sentencesOf = (text: string): readonly Span[] => {
  const sentences: Span[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (!STOP.test(text.charAt(at)) && at < text.length - 1) continue;
    if (text.slice(start, at + 1).trim() !== '') sentences.push({ start, end: at + 1 });
    start = at + 1;
  }
  return sentences;
};

export const without = (text: string, spans: readonly Span[]): string => {
  let kept = '';
  let from = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    kept += text.slice(from, span.start);
    from = span.end;
  }
  return kept + text.slice(from);
};

const lengthOf = (spans: readonly Span[]): number =>
  spans.reduce((sum, span) => sum + span.end - span.start, 0);

/** Sentences in random order until they are as long as asked; null where there are not enough. */
export const drawn = (
  sentences: readonly Span[],
  length: number,
  random: () => number,
): readonly Span[] | null => {
  if (lengthOf(sentences) < length) return null;
  const order = sentences
    .map((span) => ({ span, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ span }) => span);
  const chosen: Span[] = [];
  for (const span of order) {
    if (lengthOf(chosen) >= length) break;
    chosen.push(span);
  }
  return chosen;
};

export interface Deletion {
  /** Tags tried; tags left out because hardly anything but the quotes stands in the text. */
  readonly tags: number;
  readonly left: number;
  /** Mean fall of the score (0–1) and share of tags no longer proposed. */
  readonly quoted: { readonly fall: number; readonly lost: number };
  readonly random: { readonly fall: number; readonly lost: number };
}

interface Change {
  readonly fall: number;
  readonly lost: number;
}

const changeOf = async (text: string, tag: Tag, artefact: Artefact): Promise<Change> => {
  const said = classify(await documentOf(text), donghu2021, artefact);
  const after = said.candidates.find((candidate) => candidate.code === tag.code)?.score ?? 0;
  return {
    fall: (tag.score ?? 0) - after,
    lost: said.tasks.some((one) => one.code === tag.code) ? 0 : 1,
  };
};

const DRAWS = 3;

/** Over the proposed tasks of all documents; each is held against three random draws of the same length. */
export const deletionOf = async (
  answers: readonly Answer[],
  artefact: Artefact = defaultArtefact,
): Promise<Deletion> => {
  const random = randomOf(7);
  const quoted: Change[] = [];
  const others: Change[] = [];
  let left = 0;
  for (const { one, said } of answers) {
    const { text } = one.document.text;
    const sentences = sentencesOf(text);
    for (const tag of said.tasks) {
      const inQuote = (span: Span): boolean =>
        tag.evidence.some((quote) => quote.start < span.end && quote.end > span.start);
      const own = sentences.filter(inQuote);
      const rest = sentences.filter((span) => !inQuote(span));
      const draws = Array.from({ length: DRAWS }, () => drawn(rest, lengthOf(own), random));
      if (draws.includes(null)) {
        left += 1;
        continue;
      }
      quoted.push(await changeOf(without(text, own), tag, artefact));
      for (const draw of draws)
        others.push(await changeOf(without(text, draw ?? []), tag, artefact));
    }
  }
  const mean = (changes: readonly Change[]): Change => ({
    fall: meanOf(changes.map(({ fall }) => fall)),
    lost: meanOf(changes.map(({ lost }) => lost)),
  });
  return { tags: quoted.length, left, quoted: mean(quoted), random: mean(others) };
};
