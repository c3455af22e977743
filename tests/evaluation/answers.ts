/** What classification said of prepared documents, held against their labels. */
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { type Artefact, defaultArtefact } from '../../shared/classify/artefact.ts';
import { classify } from '../../shared/classify/classify.ts';
import {
  calibrationError,
  type Forecast,
  type Judged,
  macroF1,
  microF1,
  noneAnswer,
  precisionAt1,
  recallAt3,
} from '../../shared/classify/train/metrics.ts';
import { shortCode } from '../../shared/domain/catalogue.ts';
import type { Candidate, Classification } from '../../shared/domain/classification.ts';
import { quoteHolds } from '../../shared/domain/text.ts';
import type { Prepared } from './gold.ts';

export interface Answer {
  readonly one: Prepared;
  readonly said: Classification;
}

/** With the shipped artefact, or with one for each document as a fold left it. */
export const answersOf = (
  prepared: readonly Prepared[],
  artefactOf: (at: number) => Artefact = () => defaultArtefact,
): readonly Answer[] =>
  prepared.map((one, at) => ({ one, said: classify(one.document, donghu2021, artefactOf(at)) }));

export const judge = ({ one, said }: Answer): Judged => {
  const proposed = said.tasks.map((tag) => shortCode(tag.code));
  const ranked = said.candidates.map((candidate) => shortCode(candidate.code));
  const rest = ranked.filter((code) => !proposed.includes(code));
  return {
    gold: one.gold.tasks,
    optional: one.gold.tasks_optional,
    proposed,
    ranked: [...proposed, ...rest],
  };
};

const share = (answers: readonly Answer[], right: (answer: Answer) => boolean): number =>
  answers.filter(right).length / answers.length;

/** Of every document every task with its score; optional codes are left out. */
export const forecastsOf = (answers: readonly Answer[]): readonly Forecast[] =>
  answers.flatMap(({ one, said }) => scoresOf(one, said.candidates));

/** Of every document the proposed tasks alone. */
export const tagForecastsOf = (answers: readonly Answer[]): readonly Forecast[] =>
  answers.flatMap(({ one, said }) => scoresOf(one, said.tasks));

/** The proposed tasks and the first category of every document. */
export const allTagForecastsOf = (answers: readonly Answer[]): readonly Forecast[] => [
  ...tagForecastsOf(answers),
  ...answers.flatMap(({ one, said }) =>
    said.categories
      .slice(0, 1)
      .map(({ code, score }) => ({ p: score ?? 0, right: one.gold.categories_ok.includes(code) })),
  ),
];

const scoresOf = (one: Prepared, scored: readonly Candidate[]): readonly Forecast[] =>
  scored
    .map(({ code, score }) => ({ code: shortCode(code), p: score ?? 0 }))
    .filter(({ code }) => !one.gold.tasks_optional.includes(code))
    .map(({ code, p }) => ({ p, right: one.gold.tasks.includes(code) }));

export type Figures = ReturnType<typeof figuresOf>;

/** Shares are 0–1; `quotes` counts tags whose every quote holds. */
export const figuresOf = (answers: readonly Answer[]) => {
  const judged = answers.map(judge);
  const none = noneAnswer(judged);
  const tags = answers.flatMap(({ one, said }) =>
    [...said.tasks, ...said.categories].map((tag) => ({ one, tag })),
  );
  const held = tags.filter(
    ({ one, tag }) =>
      tag.evidence.length > 0 &&
      tag.evidence.every((quote) => quoteHolds(one.document.text.text, quote)),
  );
  return {
    precisionAt1: precisionAt1(judged),
    strictAt1: precisionAt1(judged, true),
    recallAt3: recallAt3(judged),
    microF1: microF1(judged),
    macroF1: macroF1(judged, 5),
    macroF1All: macroF1(judged, 1),
    category: share(answers, ({ one, said }) =>
      one.gold.categories_ok.includes(said.categories[0]?.code ?? ''),
    ),
    attribute: share(
      answers.filter(({ one }) => one.gold.attr_ok.length > 0),
      ({ one, said }) => one.gold.attr_ok.includes(said.attribute.recommended),
    ),
    form: share(answers, ({ one, said }) => one.gold.form_ok.includes(said.form.code)),
    nonePrecision: none.precision,
    noneRecall: none.recall,
    calibration: calibrationError(forecastsOf(answers)),
    tags: tags.length,
    quotes: held.length,
  };
};
