/** Explains a classification out of the very numbers that it was made of: pure, the same explanation for the same input. */
import type { Catalogue } from '../domain/catalogue.ts';
import type { Explanation, Sentence } from '../domain/explanation.ts';
import type { Equipped } from './artefact.ts';
import { type Assessment, assess, type DocumentToClassify } from './classify.ts';
import { explainCategories } from './explanation/explain-category.ts';
import { explainAttribute, explainForm } from './explanation/explain-document.ts';
import { explainTask } from './explanation/explain-task.ts';
import { say } from './explanation/say.ts';
import { chooseTasks, POSSIBLE } from './tasks.ts';

export interface DocumentToExplain extends DocumentToClassify {
  /** Full codes of tasks to explain beside the proposed ones; those that the catalogue lacks are passed over. */
  readonly asked?: readonly string[];
}

/** Of a collection the part in which the task is likeliest. */
const strongestIn = (assessed: Assessment, code: string): Assessment => {
  const score = ({ weighed }: Assessment): number =>
    weighed.scored.find((task) => task.code === code)?.score ?? 0;
  const [best] = [...assessed.parts].sort((a, b) => score(b) - score(a));
  return best ?? assessed;
};

/** A flag may carry a number after a colon: COLLECTION:3. */
const sayFlag = (flag: string): Sentence => {
  const [code = flag, count = ''] = flag.split(':');
  return { ...say('flags', code, { count }), code: flag };
};

/** Holds quotes of the document as they stand: whoever shows it to a person masks them first. */
export const explain = (
  document: DocumentToExplain,
  catalogue: Catalogue,
  artefact: Equipped,
): Explanation => {
  const assessed = assess(document, catalogue, artefact);
  const { classification, weighed } = assessed;
  const proposed = classification.tasks.map(({ code }) => code);
  const wanted = [...new Set([...proposed, ...(document.asked ?? [])])];
  const best = weighed.scored.slice(0, 1).map(({ code }) => code);
  const count = { count: String(proposed.length) };
  return {
    summary: [
      proposed.length === 0
        ? say('summary', 'NONE_PROPOSED')
        : say('summary', 'TASKS_PROPOSED', count),
    ],
    form: explainForm(assessed),
    set: { size: chooseTasks(weighed.scored).size, floor: POSSIBLE },
    tasks: (wanted.length > 0 ? wanted : best)
      .map((code) =>
        explainTask(code, { assessed: strongestIn(assessed, code), catalogue, artefact }),
      )
      .filter((task) => task !== null),
    categories: explainCategories(assessed, artefact),
    attribute: explainAttribute(assessed, document.elements),
    flags: classification.flags.map(sayFlag),
    versions: classification.versions,
  };
};
