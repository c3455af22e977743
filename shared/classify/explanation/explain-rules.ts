/** Rules that fired and the sentences that weigh most, for any kind of label. */
import type { WeighedRule, WeighedSentence } from '../../domain/explanation.ts';
import { quoteHolds } from '../../domain/text.ts';
import { clauseAround, SHORTEST, sentencesOfLabel } from '../evidence.ts';
import type { Facts } from '../facts.ts';
import type { Reading } from '../reading.ts';
import type { Hit } from '../rules.ts';
import { factName, say } from './say.ts';

export interface FactHit {
  readonly hit: Hit;
  readonly fact: string | null;
}

/** The hits of these facts, each with the fact it speaks for, no hit twice. */
export const hitsOfFacts = (facts: Facts, names: Iterable<string>): readonly FactHit[] => {
  const seen = new Set<Hit>();
  const found: FactHit[] = [];
  for (const fact of names)
    for (const hit of facts.get(fact)?.hits ?? []) {
      if (seen.has(hit)) continue;
      seen.add(hit);
      found.push({ hit, fact });
    }
  return found;
};

export const weighedRules = (hits: readonly FactHit[]): WeighedRule[] =>
  hits.map(({ hit, fact }) => ({
    id: hit.rule,
    fact: fact === null ? null : factName(fact),
    zone: say('zones', hit.zone),
    adds: hit.weight,
    quote: hit.quote,
  }));

const BY_RULES = 4;
const BY_WORDS = 3;

/** Sentences around the rules that speak for the label, then those that share most words with it; heaviest first, none twice. */
export const weighedSentences = (
  reading: Reading,
  hits: readonly Hit[],
  weights: Float32Array,
): WeighedSentence[] => {
  const found: WeighedSentence[] = [];
  for (const hit of hits) {
    if (hit.weight <= 0) continue;
    const quote = clauseAround(reading.text, hit.quote);
    if (quote.end - quote.start < SHORTEST || !quoteHolds(reading.text, quote)) continue;
    const same = found.findIndex(
      (one) => one.quote.start < quote.end && quote.start < one.quote.end,
    );
    const known = found[same];
    if (known === undefined)
      found.push({ quote, through: 'rules', rules: [hit.rule], weight: hit.weight });
    else
      found[same] = {
        ...known,
        rules: [...new Set([...known.rules, hit.rule])],
        weight: known.weight + hit.weight,
      };
  }
  found.sort((a, b) => b.weight - a.weight);
  const firm = found.slice(0, BY_RULES);
  const alike = sentencesOfLabel(reading, weights, BY_WORDS)
    .filter(({ quote }) => !firm.some((one) => one.quote.start === quote.start))
    .map(({ quote, weight }): WeighedSentence => ({ quote, through: 'words', rules: [], weight }));
  return [...firm, ...alike];
};
