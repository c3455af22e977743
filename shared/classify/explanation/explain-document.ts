/** Why the document as a whole is taken as it is: its form, its public attribute with the legal basis, what to look at. */
import type { Elements } from '../../domain/elements.ts';
import type { Explanation, Sentence } from '../../domain/explanation.ts';
import type { Assessment } from '../classify.ts';
import { weighedRules } from './explain-rules.ts';
import { decimal, say, sayOfStep, schemeCode, schemeTitle } from './say.ts';

const RIVALS = 2;

const formSentences = ({ form }: Assessment['view']): Sentence[] => {
  const values = { form: form.code, formName: schemeTitle(form.code) };
  const first =
    form.score === null
      ? say('form', 'FORM_BY_DEFAULT', values)
      : say('form', 'FORM_BY_RULES', {
          ...values,
          count: String(form.hits.length),
          share: decimal(form.score),
        });
  const rivals = form.rivals
    .filter(({ sum }) => sum > 0)
    .slice(0, RIVALS)
    .map(({ code, sum }) =>
      say('form', 'FORM_RIVAL', { form: code, formName: schemeTitle(code), sum: decimal(sum) }),
    );
  return [first, ...rivals, ...(form.doubtful ? [say('reasons', 'FORM_CONFLICT')] : [])];
};

export const explainForm = ({ view }: Assessment): Explanation['form'] => ({
  code: view.form.code,
  name: schemeTitle(view.form.code),
  score: view.form.score,
  doubtful: view.form.doubtful,
  why: formSentences(view),
  rules: weighedRules(view.form.hits.map((hit) => ({ hit, fact: null }))),
});

const declaredSentence = (elements: Elements): Sentence => {
  const { attributeNote: note } = elements;
  if (note === null) return say('attribute', 'NOT_DECLARED');
  if (!note.sure) return say('attribute', 'DECLARED_UNSURE');
  return say('attribute', 'DECLARED', { code: note.value, name: schemeTitle(note.value) });
};

export const explainAttribute = (
  { recommended, classification }: Assessment,
  elements: Elements,
): Explanation['attribute'] => {
  const grounds = recommended.grounds.map((code) => ({
    code,
    name: schemeTitle(code),
    basis: schemeCode(code)?.basis ?? '',
  }));
  return {
    declared: classification.attribute.declared,
    recommended: recommended.value,
    name: schemeTitle(recommended.value),
    basis: schemeCode(recommended.value)?.basis ?? '',
    why: [
      sayOfStep(recommended.step),
      ...grounds.map((ground) => say('attribute', 'GROUND', ground)),
      declaredSentence(elements),
    ],
    grounds,
    rules: weighedRules(recommended.hits.map((hit) => ({ hit, fact: recommended.step }))),
    evidence: classification.attribute.evidence,
  };
};
