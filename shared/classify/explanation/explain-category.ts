/** Why one disclosure category leads or follows: form rules, topic rules, the words of the scheme, and its lead. */
import { categoryLabels } from '../../catalogue/category-labels.ts';
import type { Tag } from '../../domain/classification.ts';
import type { CategoryExplanation, MatchExplained, Sentence } from '../../domain/explanation.ts';
import type { SchemeCode } from '../../domain/scheme.ts';
import type { Artefact } from '../artefact.ts';
import { categoryIndex, type ScoredCategory, SECONDARY } from '../categories.ts';
import type { Assessment } from '../classify.ts';
import { lineOf } from '../fuse.ts';
import { gainsOf, weightsOf } from '../label-match.ts';
import { weighedRules, weighedSentences } from './explain-rules.ts';
import { type LabelField, matchedWords } from './matched-words.ts';
import { decimal, say, schemeTitle, signed } from './say.ts';

const fieldsOf = (code: SchemeCode): LabelField[] => [
  { from: 'title', text: code.title },
  { from: 'scope', text: code.scope },
  ...code.typicalEvidence.map((text) => ({ from: 'evidence', text })),
  ...code.notThis.map((text) => ({ from: 'notThis', text })),
];

const partsOf = ({ match, topics, forms }: ScoredCategory): CategoryExplanation['parts'] => [
  { ...say('parts', 'label'), id: 'label', adds: match },
  ...topics.map((hit) => ({ ...say('parts', 'topic'), id: hit.rule, adds: hit.weight })),
  ...forms.map(({ id, adds }) => ({ ...say('parts', 'form'), id, adds })),
];

interface Seen {
  readonly one: ScoredCategory;
  /** Null where it was not proposed. */
  readonly tag: Tag | null;
  /** How far the first category is ahead of the next; null for any other. */
  readonly lead: number | null;
  readonly match: MatchExplained;
}

const settled = ({ one, tag, lead }: Seen): Sentence[] => {
  if (tag === null) return [];
  const sum = decimal(one.sum);
  return lead === null
    ? [say('for', 'CATEGORY_SECOND', { sum, threshold: decimal(SECONDARY) })]
    : [say('for', 'CATEGORY_LEADS', { sum, lead: decimal(lead) })];
};

const forOf = (seen: Seen, { view }: Assessment): Sentence[] => {
  const form = view.form.code;
  const { forms, topics } = seen.one;
  return [
    ...forms.map(({ id, adds }) =>
      say('for', 'CATEGORY_FORM', {
        form,
        formName: schemeTitle(form),
        step: id,
        adds: signed(adds),
      }),
    ),
    ...(topics.length > 0 ? [say('for', 'RULES_FIRED', { count: String(topics.length) })] : []),
    ...settled(seen),
  ];
};

/** Why a category that something speaks for is not among the proposed. */
const notChosen = ({ one, tag }: Seen, { categories: [first] }: Assessment): Sentence[] => {
  if (tag !== null || first === undefined) return [];
  const values = { sum: decimal(one.sum), threshold: decimal(SECONDARY) };
  const ahead = {
    zh: say('against', 'CATEGORY_SECOND_TO', {
      other: `${first.code} ${schemeTitle(first.code)}`,
      lead: decimal(first.sum - one.sum),
    }).zh,
    en: say('against', 'CATEGORY_SECOND_TO', {
      other: first.code,
      lead: decimal(first.sum - one.sum),
    }).en,
  };
  const sentences: Sentence[] = [{ code: 'CATEGORY_SECOND_TO', ...ahead }];
  const behind = one.sum < SECONDARY;
  const bare = one.hits.length === 0 && one.rules.length === 0;
  if (behind) sentences.push(say('against', 'CATEGORY_BEHIND', values));
  if (bare) sentences.push(say('against', 'CATEGORY_NO_RULE'));
  if (!behind && !bare) sentences.push(say('against', 'CATEGORY_FULL'));
  return sentences;
};

const againstOf = (seen: Seen, assessed: Assessment): Sentence[] => {
  const { against, moreAgainst } = seen.match;
  const adds = against.reduce((sum, word) => sum + word.adds, moreAgainst);
  const words = against.map(({ word }) => word).join('、');
  return [
    ...notChosen(seen, assessed),
    ...(adds < 0 ? [say('against', 'NOT_THIS', { words, adds: signed(adds) })] : []),
  ];
};

/** The best of the categories that were not proposed. */
const bestLeft = ({ categories, classification }: Assessment): ScoredCategory | undefined => {
  const proposed = new Set(classification.categories.map(({ code }) => code));
  return categories.find(({ code }) => !proposed.has(code));
};

/** To a proposed category the best that was not; to that one the first. */
const nearestTo = (tag: Tag | null, assessed: Assessment): CategoryExplanation['nearest'] => {
  const near = tag === null ? assessed.categories[0] : bestLeft(assessed);
  return near === undefined
    ? null
    : {
        code: near.code,
        title: schemeTitle(near.code),
        score: near.sum,
        proposed: tag === null,
      };
};

const explainCategory = (
  code: string,
  assessed: Assessment,
  artefact: Artefact,
): CategoryExplanation[] => {
  const place = assessed.categories.findIndex((one) => one.code === code);
  const one = assessed.categories[place];
  const { catalogue } = assessed;
  const label = categoryLabels(catalogue.categories).find((each) => each.code === code);
  if (one === undefined || label === undefined) return [];
  const tag = assessed.classification.categories.find((each) => each.code === code) ?? null;
  const { reading } = assessed.view;
  const lead = place === 0 ? one.sum - (assessed.categories[1]?.sum ?? 0) : null;
  const gains = gainsOf(assessed.weighed.vector, categoryIndex(catalogue), code);
  const match = matchedWords(fieldsOf(label), gains, reading);
  const seen = { one, tag, lead, match };
  const { slope, offset } = lineOf(artefact.categoryCalibration, lead ?? 0);
  return [
    {
      code,
      title: label.title,
      basis: label.basis,
      proposed: tag !== null,
      band: tag?.band ?? 'none',
      evidence: tag?.evidence ?? [],
      for: forOf(seen, assessed),
      against: againstOf(seen, assessed),
      reasons: (tag?.reasons ?? []).map((reason) => say('reasons', reason)),
      rules: weighedRules(one.hits.map((hit) => ({ hit, fact: null }))),
      match,
      sentences: weighedSentences(reading, one.hits, weightsOf(categoryIndex(catalogue), code)),
      nearest: nearestTo(tag, assessed),
      parts: partsOf(one),
      sum: one.sum,
      lead,
      slope,
      offset,
      score: tag?.score ?? null,
    },
  ];
};

/** The proposed ones in their order, then the one that came nearest. */
export const explainCategories = (
  assessed: Assessment,
  artefact: Artefact,
): CategoryExplanation[] => {
  const left = bestLeft(assessed);
  return [...assessed.classification.categories, ...(left === undefined ? [] : [left])].flatMap(
    ({ code }) => explainCategory(code, assessed, artefact),
  );
};
