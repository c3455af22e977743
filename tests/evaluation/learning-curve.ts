/** node tests/evaluation/learning-curve.ts: how right the tags are after so many reviews, on documents that were held out; with rules and without, and with wrong labels among the reviews. */
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import { type Artefact, defaultArtefact } from '../../shared/classify/artefact.ts';
import { weigherOf } from '../../shared/classify/train/fit-model.ts';
import { foldsOf, titleGroup } from '../../shared/classify/train/folds.ts';
import { learn } from '../../shared/classify/train/learn.ts';
import { type MeasuredRow, measure, placesOf } from '../../shared/classify/train/measure.ts';
import {
  calibrationError,
  type Forecast,
  type Judged,
  microF1,
  precisionAt1,
} from '../../shared/classify/train/metrics.ts';
import { scoredPlaces, tagsOf } from '../../shared/classify/train/out-of-fold.ts';
import { SETTINGS, type TrainSettings } from '../../shared/classify/train/settings.ts';
import type { Catalogue } from '../../shared/domain/catalogue.ts';
import { type Prepared, prepare } from './gold.ts';
import { preparePapers } from './office-papers.ts';
import { plainCatalogue } from './plain-catalogue.ts';

const FOLDS = 5;
const STEPS = [0, 20, 40, 80, 140, Number.POSITIVE_INFINITY];
const START = defaultArtefact;

/** The sets of one curve: rows for the product's training, and the catalogue that they were measured with. */
export interface Course {
  readonly rows: readonly MeasuredRow[];
  readonly catalogue: Catalogue;
  readonly settings: TrainSettings;
}

export const courseOf = (
  prepared: readonly Prepared[],
  catalogue: Catalogue,
  settings: TrainSettings = SETTINGS,
): Course => {
  const full = (code: string): string => `${catalogue.catalogueId}:${code}`;
  const rows = prepared.map((one) => {
    const row = {
      documentId: one.gold.id,
      at: '',
      document: one.document,
      tasks: one.gold.tasks.map(full),
      categories: one.gold.categories_ok,
      undecided: one.gold.tasks_optional.map(full),
    };
    const measured = measure(row, { catalogue, start: START, categories: true });
    return { ...measured, group: titleGroup(one.gold.title) || one.gold.id };
  });
  return { rows, catalogue, settings };
};

/** Numbers from 0 to 1, the same for a seed. */
export const randomOf = (seed: number): (() => number) => {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

const shuffled = (places: readonly number[], random: () => number): readonly number[] =>
  places
    .map((place) => ({ place, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ place }) => place);

/** Each right code is replaced by any other of the table with this probability. */
const spoilt = (course: Course, share: number, random: () => number): Course => {
  const codes = course.catalogue.tasks.map(({ code }) => code);
  const other = (code: string): string => codes[Math.floor(random() * codes.length)] ?? code;
  return {
    ...course,
    rows: course.rows.map((row) => ({
      ...row,
      tasks: row.tasks.map((code) => (random() < share ? other(code) : code)),
    })),
  };
};

interface Figures {
  readonly judged: Judged[];
  readonly forecasts: Forecast[];
}

const add = (
  into: Figures,
  artefact: Artefact,
  { course, tested }: { readonly course: Course; readonly tested: readonly number[] },
): void => {
  const { catalogue, rows } = course;
  const places = placesOf(catalogue);
  const residuals = new Map(
    Object.entries(artefact.residuals).map(([code, one]) => [places.get(code) ?? 0, one] as const),
  );
  const weigh = weigherOf({ ...artefact, residuals }, catalogue);
  for (const at of tested) {
    const row = rows[at];
    if (row === undefined) continue;
    const { anchors, residuals: own } = weigh(row);
    const margins = Array.from(anchors, (anchor, of) => anchor + (own[of] ?? 0));
    const scored = scoredPlaces(row, margins, { ...artefact, catalogue });
    into.judged.push({
      gold: row.tasks,
      optional: [],
      proposed: tagsOf(scored).map(({ code }) => code),
      ranked: scored.map(({ code }) => code),
    });
    for (const { code, score } of scored)
      into.forecasts.push({ p: score, right: row.tasks.includes(code) });
  }
};

export interface CurvePoint {
  readonly reviews: number;
  readonly precisionAt1: number;
  readonly microF1: number;
  readonly ece: number;
  readonly bins: number;
  readonly labels: number;
  readonly scale: number;
}

/** Trained on the first so many of the documents that are not held out, measured on those that are; all folds, all seeds together. */
export const pointOf = (
  course: Course,
  reviews: number,
  { seeds, wrong }: { readonly seeds: readonly number[]; readonly wrong: number },
): CurvePoint => {
  const all: Figures = { judged: [], forecasts: [] };
  const seen: number[] = [];
  const labels: number[] = [];
  const scales: number[] = [];
  for (const seed of seeds) {
    const folds = foldsOf(
      course.rows.map(({ group }) => group),
      FOLDS,
      seed,
    );
    const random = randomOf(seed);
    const taught = spoilt(course, wrong, random);
    const order = shuffled([...course.rows.keys()], random);
    for (let fold = 0; fold < FOLDS; fold += 1) {
      const trained = order.filter((at) => folds[at] !== fold).slice(0, reviews);
      const tested = order.filter((at) => folds[at] === fold);
      const ground = { ...taught, start: START };
      const learnt =
        trained.length === 0
          ? null
          : learn(
              trained.toSorted((a, b) => a - b),
              folds,
              ground,
            );
      const artefact = learnt?.artefact ?? START;
      seen.push(trained.length);
      labels.push(Object.keys(artefact.residuals).length);
      scales.push(learnt?.scale ?? 0);
      add(all, artefact, { course, tested });
    }
  }
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const { error, bins } = calibrationError(all.forecasts);
  return {
    reviews: Math.round(mean(seen)),
    precisionAt1: precisionAt1(all.judged),
    microF1: microF1(all.judged),
    ece: error,
    bins,
    labels: mean(labels),
    scale: mean(scales),
  };
};

const line = (point: CurvePoint): string =>
  `${String(point.reviews).padStart(7)}   ${point.precisionAt1.toFixed(3)}   ${point.microF1.toFixed(3)}    ${point.ece.toFixed(3)} (${point.bins})   ${point.labels.toFixed(1).padStart(6)}   ${point.scale.toFixed(2)}`;

const HEAD = 'reviews     P@1   micro-F1   ECE p≥.05   own words of labels   share believed';
const SEEDS = [1, 2, 3];

const main = async (): Promise<void> => {
  const gold = [...((await prepare('documents')) ?? []), ...((await prepare('titles')) ?? [])];
  const prepared = gold.length > 0 ? gold : await preparePapers();
  console.log(
    gold.length > 0
      ? `gold, ${prepared.length} documents and titles, ${FOLDS} folds × ${SEEDS.length} seeds; optional codes are left out`
      : `papers of the invented office, ${prepared.length}; the handed material is absent`,
  );
  const catalogues = [
    ['rules and shipped artefact (both made on this gold)', donghu2021],
    ['other wording, no rule pack bound', plainCatalogue],
  ] as const;
  for (const [name, catalogue] of catalogues) {
    const course = courseOf(prepared, catalogue);
    console.log(`\n## ${name}\n${HEAD}`);
    for (const reviews of STEPS)
      console.log(line(pointOf(course, reviews, { seeds: SEEDS, wrong: 0 })));
    for (const wrong of [0.1, 0.2, 0.3]) {
      console.log(`with ${wrong * 100} % of the right labels replaced by wrong ones`);
      for (const reviews of [80, Number.POSITIVE_INFINITY])
        console.log(line(pointOf(course, reviews, { seeds: SEEDS, wrong })));
    }
  }
};

if (import.meta.main) await main();
