/** Why one disclosure category leads or follows: form rules, topic rules, the words of the scheme, and its lead. */
import type { Tag } from '../../domain/classification.ts';
import type { CategoryExplanation, Sentence } from '../../domain/explanation.ts';
import type { SchemeCode } from '../../domain/scheme.ts';
import type { Artefact } from '../artefact.ts';
import { categoryIndex, type ScoredCategory, SECONDARY } from '../categories.ts';
import type { Assessment } from '../classify.ts';
import { gainsOf, weightsOf } from '../label-match.ts';
import { weighedRules, weighedSentences } from './explain-rules.ts';
import { type LabelField, matchedWords } from './matched-words.ts';
import { decimal, say, schemeCode, schemeTitle, signed } from './say.ts';

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

const forOf = (one: ScoredCategory, lead: number | null, assessed: Assessment): Sentence[] => {
  const form = assessed.view.form.code;
  const sum = decimal(one.sum);
  return [
    ...one.forms.map(({ id, adds }) =>
      say('for', 'CATEGORY_FORM', {
        form,
        formName: schemeTitle(form),
        step: id,
        adds: signed(adds),
      }),
    ),
    ...(one.topics.length > 0
      ? [say('for', 'RULES_FIRED', { count: String(one.topics.length) })]
      : []),
    lead === null
      ? say('for', 'CATEGORY_SECOND', { sum, threshold: decimal(SECONDARY) })
      : say('for', 'CATEGORY_LEADS', { sum, lead: decimal(lead) }),
  ];
};

/** The best of the categories that were not proposed. */
const nearestOf = (assessed: Assessment): CategoryExplanation['nearest'] => {
  const proposed = new Set(assessed.classification.categories.map(({ code }) => code));
  const near = assessed.categories.find(({ code }) => !proposed.has(code));
  return near === undefined
    ? null
    : { code: near.code, title: schemeTitle(near.code), score: near.sum, proposed: false };
};

const explainCategory = (
  tag: Tag,
  assessed: Assessment,
  artefact: Artefact,
): CategoryExplanation[] => {
  const place = assessed.categories.findIndex(({ code }) => code === tag.code);
  const one = assessed.categories[place];
  const label = schemeCode(tag.code);
  if (one === undefined || label === undefined) return [];
  const { reading } = assessed.view;
  const lead = place === 0 ? one.sum - (assessed.categories[1]?.sum ?? 0) : null;
  const match = matchedWords(
    fieldsOf(label),
    gainsOf(assessed.weighed.vector, categoryIndex(), tag.code),
    reading,
  );
  const weak = match.against.reduce((sum, word) => sum + word.adds, match.moreAgainst);
  const { slope, offset } = artefact.categoryCalibration;
  return [
    {
      code: tag.code,
      title: label.title,
      basis: label.basis,
      proposed: true,
      band: tag.band,
      evidence: tag.evidence,
      for: forOf(one, lead, assessed),
      against:
        weak < 0
          ? [
              say('against', 'NOT_THIS', {
                words: match.against.map(({ word }) => word).join('、'),
                adds: signed(weak),
              }),
            ]
          : [],
      reasons: tag.reasons.map((reason) => say('reasons', reason)),
      rules: weighedRules(one.hits.map((hit) => ({ hit, fact: null }))),
      match,
      sentences: weighedSentences(reading, one.hits, weightsOf(categoryIndex(), tag.code)),
      nearest: nearestOf(assessed),
      parts: partsOf(one),
      sum: one.sum,
      lead,
      slope,
      offset,
      score: tag.score,
    },
  ];
};

export const explainCategories = (
  assessed: Assessment,
  artefact: Artefact,
): CategoryExplanation[] =>
  assessed.classification.categories.flatMap((tag) => explainCategory(tag, assessed, artefact));
