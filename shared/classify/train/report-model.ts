/** The figures that are kept beside a model: out of fold on its reviews, and its answers on the newest fifth by a fit that had not seen them. */
import type { Artefact, Calibration } from '../artefact.ts';
import { type Ground, weigherOf } from './fit-model.ts';
import { type Learnt, learn } from './learn.ts';
import { placesOf } from './measure.ts';
import {
  calibrationError,
  countsPerCode,
  type Forecast,
  type Judged,
  microF1,
  precisionAt1,
} from './metrics.ts';
import type { FoldFigures, ModelMetrics, NewestAnswer } from './model-metrics.ts';
import { type ScoredPlace, scoredPlaces, tagsOf } from './out-of-fold.ts';

export interface Reported {
  readonly artefact: Artefact;
  readonly learnt: Learnt;
  readonly folds: readonly number[];
  readonly ground: Ground;
}

/** Scores below are trivial negatives. */
const LEAST_SCORE = 0.05;

interface Scored {
  readonly at: number;
  readonly scored: readonly ScoredPlace[];
}

const goldOf = (at: number, { rows, catalogue }: Ground): readonly string[] => {
  const places = placesOf(catalogue);
  return (rows[at]?.tasks ?? []).filter((code) => places.has(code));
};

const judgedOf = (answers: readonly Scored[], ground: Ground): readonly Judged[] =>
  answers.map(({ at, scored }) => ({
    gold: goldOf(at, ground),
    optional: [],
    proposed: tagsOf(scored).map(({ code }) => code),
    ranked: scored.map(({ code }) => code),
  }));

const figuresOf = (answers: readonly Scored[], ground: Ground): FoldFigures => {
  if (answers.length === 0) return { microF1: null, precisionAt1: null, ece: null };
  const judged = judgedOf(answers, ground);
  const forecasts: readonly Forecast[] = answers.flatMap(({ at, scored }) => {
    const gold = goldOf(at, ground);
    return scored.map(({ code, score }) => ({ p: score, right: gold.includes(code) }));
  });
  return {
    microF1: microF1(judged),
    precisionAt1: precisionAt1(judged),
    ece: calibrationError(forecasts).error,
  };
};

const withStart = ({ ground }: Reported): readonly Scored[] => {
  const { start, catalogue, rows } = ground;
  const weigh = weigherOf({ ...start, residuals: startResiduals(ground) }, catalogue);
  return rows.map((row, at) => {
    const { anchors, residuals } = weigh(row);
    const margins = Array.from(anchors, (anchor, of) => anchor + (residuals[of] ?? 0));
    return { at, scored: scoredPlaces(row, margins, { ...start, catalogue }) };
  });
};

const startResiduals = ({ start, catalogue }: Ground) => {
  const places = placesOf(catalogue);
  return new Map(
    Object.entries(start.residuals).flatMap(([code, residual]) => {
      const place = places.get(code);
      return place === undefined ? [] : [[place, residual] as const];
    }),
  );
};

const outOfFold = (
  { held, scale, artefact }: Pick<Learnt, 'held' | 'scale' | 'artefact'>,
  ground: Ground,
): readonly Scored[] =>
  [...held]
    .sort(([a], [b]) => a - b)
    .flatMap(([at, { anchors, residuals }]) => {
      const row = ground.rows[at];
      if (row === undefined) return [];
      const margins = Array.from(anchors, (anchor, of) => anchor + scale * (residuals[of] ?? 0));
      return [{ at, scored: scoredPlaces(row, margins, { ...artefact, ...ground }) }];
    });

/** One in this many reviews, the newest, is set aside to judge a fit on the others by. */
const NEWEST_PART = 5;

const answersOnNewest = ({ ground, folds }: Reported): readonly NewestAnswer[] => {
  const { rows, catalogue } = ground;
  const byTime = [...rows.keys()].sort((a, b) => {
    const first = `${rows[a]?.at ?? ''} ${rows[a]?.documentId ?? ''}`;
    const second = `${rows[b]?.at ?? ''} ${rows[b]?.documentId ?? ''}`;
    return first < second ? -1 : 1;
  });
  const newest = Math.floor(rows.length / NEWEST_PART);
  const older = byTime.slice(0, byTime.length - newest).sort((a, b) => a - b);
  if (newest === 0 || older.length === 0) return [];
  const { artefact } = learn(older, folds, ground);
  const weigh = weigherOf(
    { ...artefact, residuals: startResiduals({ ...ground, start: artefact }) },
    catalogue,
  );
  return byTime
    .slice(byTime.length - newest)
    .sort((a, b) => a - b)
    .flatMap((at) => {
      const row = rows[at];
      if (row === undefined) return [];
      const { anchors, residuals } = weigh(row);
      const margins = Array.from(anchors, (anchor, of) => anchor + (residuals[of] ?? 0));
      const scored = scoredPlaces(row, margins, { ...artefact, catalogue });
      return [answerOf(row.documentId, goldOf(at, ground), scored)];
    });
};

const answerOf = (
  documentId: string,
  gold: readonly string[],
  scored: readonly ScoredPlace[],
): NewestAnswer => {
  const plain = ({ code, score }: ScoredPlace) => ({ code, score: rounded(score) });
  return {
    documentId,
    gold: [...gold],
    tags: tagsOf(scored).map(plain),
    scores: scored.filter(({ score }) => score >= LEAST_SCORE).map(plain),
  };
};

/** The last digits of a logarithm differ between machines; the bytes of a model must not. */
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

const roundedFigures = (figures: FoldFigures): FoldFigures => {
  const round = (value: number | null): number | null => (value === null ? null : rounded(value));
  return {
    microF1: round(figures.microF1),
    precisionAt1: round(figures.precisionAt1),
    ece: round(figures.ece),
  };
};

const calibrationOf = (
  calibration: Calibration,
  start: Calibration,
  pairs: number,
): ModelMetrics['calibration'] => {
  if (calibration === start) return { kind: 'start', pairs };
  return { kind: 'knots' in calibration ? 'isotonic' : 'platt', pairs };
};

export const metricsOf = (reported: Reported): ModelMetrics => {
  const { artefact, learnt, folds, ground } = reported;
  const { rows, start } = ground;
  const answers = outOfFold(learnt, ground);
  const gold = rows.map((_, at) => goldOf(at, ground));
  const positives = (code: string): number => gold.filter((codes) => codes.includes(code)).length;
  const pairs = answers.reduce((sum, { scored }) => sum + scored.length, 0);
  const leads = rows.filter(({ lead }) => lead !== null).length;
  return {
    documents: rows.length,
    withoutTask: gold.filter((codes) => codes.length === 0).length,
    folds: new Set(folds).size,
    residualShare: learnt.scale,
    start: roundedFigures(figuresOf(withStart(reported), ground)),
    trained: roundedFigures(figuresOf(answers, ground)),
    perCode: countsPerCode(judgedOf(answers, ground)).map((counts) => ({
      code: counts.code,
      positives: positives(counts.code),
      weights: artefact.residuals[counts.code]?.weights.length ?? 0,
      truePositive: counts.truePositive,
      falsePositive: counts.falsePositive,
      falseNegative: counts.falseNegative,
    })),
    calibration: calibrationOf(artefact.calibration, start.calibration, pairs),
    categoryCalibration: calibrationOf(
      artefact.categoryCalibration,
      start.categoryCalibration,
      leads,
    ),
    newest: [...answersOnNewest(reported)],
  };
};
