/** Hides personal data in an explanation before it leaves for a screen: only its quotes hold words of the document. */
import type { Explanation, WeighedRule, WeighedSentence } from '../domain/explanation.ts';
import type { PersonalHit } from '../domain/screening.ts';
import type { Quote } from '../domain/text.ts';
import { maskedQuote } from './mask-document.ts';

interface Quoted {
  readonly evidence: readonly Quote[];
  readonly rules: readonly WeighedRule[];
  readonly sentences: readonly WeighedSentence[];
}

/** Offsets stay as they are. */
export const maskedExplanation = (
  explanation: Explanation,
  hits: readonly PersonalHit[],
): Explanation => {
  const bare = <T extends { readonly quote: Quote }>(all: readonly T[]): T[] =>
    all.map((one) => ({ ...one, quote: maskedQuote(one.quote, hits) }));
  const quotes = (all: readonly Quote[]): Quote[] => all.map((quote) => maskedQuote(quote, hits));
  const label = <T extends Quoted>(one: T) => ({
    ...one,
    evidence: quotes(one.evidence),
    rules: bare(one.rules),
    sentences: bare(one.sentences),
  });
  const { form, tasks, categories, attribute } = explanation;
  return {
    ...explanation,
    form: { ...form, rules: bare(form.rules) },
    tasks: tasks.map(label),
    categories: categories.map(label),
    attribute: {
      ...attribute,
      rules: bare(attribute.rules),
      evidence: quotes(attribute.evidence),
    },
  };
};
