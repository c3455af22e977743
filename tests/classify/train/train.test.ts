import { describe, expect, test } from 'vitest';
import { donghu2021 } from '../../../shared/catalogue/donghu-2021.ts';
import {
  type Artefact,
  artefactSchema,
  defaultArtefact,
} from '../../../shared/classify/artefact.ts';
import { classify } from '../../../shared/classify/classify.ts';
import type { TrainingRow } from '../../../shared/classify/train/measure.ts';
import { modelMetricsSchema } from '../../../shared/classify/train/model-metrics.ts';
import { SETTINGS } from '../../../shared/classify/train/settings.ts';
import { type Trained, train } from '../../../shared/classify/train/train.ts';
import type { Catalogue } from '../../../shared/domain/catalogue.ts';
import { documentOf } from '../../evaluation/gold.ts';
import { plainCatalogue } from '../../evaluation/plain-catalogue.ts';
import { emptyDocument, full, measured, rowOf, textOf } from './reviewed-papers.ts';

const MODEL = 'a'.repeat(64);

/** Tasks whose words say nothing of what belongs to them. */
const mute: Catalogue = {
  ...plainCatalogue,
  catalogueId: 'mute',
  tasks: plainCatalogue.tasks.map((task) => ({
    ...task,
    code: task.code.replace('plain', 'mute'),
    title: `甲类${task.number}`,
    requirement: '按期完成。',
  })),
};

const trainOn = (rows: readonly TrainingRow[], catalogue: Catalogue = donghu2021): Trained =>
  train({
    rows: measured(rows, catalogue),
    catalogue,
    start: defaultArtefact,
    settings: SETTINGS,
    modelId: MODEL,
  });

const reviews = (count: number, catalogue: Catalogue = donghu2021): Promise<TrainingRow[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => rowOf(n, { catalogue })));

/** Share of fresh papers, numbered beyond all that were reviewed, whose first candidate is right. */
const rightOnFresh = async (artefact: Artefact, catalogue: Catalogue): Promise<number> => {
  let right = 0;
  for (let n = 1000; n < 1040; n += 1) {
    const { text, kind } = textOf(n);
    const said = classify(await documentOf(text), catalogue, artefact);
    if (said.candidates[0]?.code === full(catalogue, kind.task)) right += 1;
  }
  return right / 40;
};

describe('training', () => {
  test('the same reviews give the same bytes, and what it gives is what the product reads', async () => {
    const first = trainOn(await reviews(60));
    const second = trainOn(await reviews(60));
    expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    expect(artefactSchema.parse(first.artefact)).toEqual(first.artefact);
    expect(modelMetricsSchema.parse(first.metrics)).toEqual(first.metrics);
    expect(first.artefact.id).toBe(MODEL);
  });

  test('a table without rule packs learns from its reviews what its words do not say', async () => {
    const { artefact } = trainOn(await reviews(80, mute), mute);
    expect(await rightOnFresh(defaultArtefact, mute)).toBeLessThan(0.5);
    expect(await rightOnFresh(artefact, mute)).toBeGreaterThan(0.9);
    expect(Object.keys(artefact.residuals).length).toBeGreaterThan(0);
  });

  test('where the rules are right already reviews take nothing away', async () => {
    const before = await rightOnFresh(defaultArtefact, donghu2021);
    for (const count of [25, 80]) {
      const { artefact } = trainOn(await reviews(count));
      expect(await rightOnFresh(artefact, donghu2021)).toBeGreaterThanOrEqual(before);
    }
  });

  test('twenty-five reviews that contradict each other hardly move the order of tasks, and make it less sure', async () => {
    const rows = await reviews(25);
    const contradictory = rows.map((row, n) => ({
      ...row,
      tasks: [full(donghu2021, ['T08', 'T06', 'T03', 'T25', 'T20'][(n * 7) % 5] ?? 'T08')],
    }));
    const { artefact } = trainOn(contradictory);
    const before = await rightOnFresh(defaultArtefact, donghu2021);
    expect(await rightOnFresh(artefact, donghu2021)).toBeGreaterThanOrEqual(before - 0.1);
    const scores = (by: Artefact, text: Awaited<ReturnType<typeof documentOf>>): number =>
      classify(text, donghu2021, by).candidates[0]?.score ?? 0;
    const fresh = await documentOf(textOf(1000).text);
    expect(scores(artefact, fresh)).toBeLessThan(scores(defaultArtefact, fresh));
  });

  test('texts without a word, and reviews without a task, are learnt from without a fault', async () => {
    const rows = (await reviews(30)).map((row, n) =>
      n % 3 === 0 ? { ...row, document: emptyDocument(), tasks: [], categories: [] } : row,
    );
    const { artefact, metrics } = trainOn(rows);
    expect(metrics.withoutTask).toBe(10);
    expect(JSON.stringify(artefact)).not.toMatch(/null|NaN/u);
  });

  test('reviews that all say "no task" keep every number finite', async () => {
    const rows = (await reviews(30)).map((row) => ({ ...row, tasks: [], categories: [] }));
    const { artefact } = trainOn(rows);
    expect(JSON.stringify(artefact)).not.toMatch(/null|NaN/u);
    expect(artefact.residuals).toEqual({});
  });

  test('a task seen once or twice learns no words of its own', async () => {
    const rows = (await reviews(60)).map((row, n) =>
      n < 2 ? { ...row, tasks: [full(donghu2021, 'T20')] } : row,
    );
    const { artefact, metrics } = trainOn(rows);
    expect(artefact.residuals).not.toHaveProperty([full(donghu2021, 'T20')]);
    expect(metrics.perCode.find(({ code }) => code === full(donghu2021, 'T20'))?.positives).toBe(2);
  });

  test('the newest fifth by time is answered by a fit that had not seen it', async () => {
    const rows = await reviews(50);
    const { metrics } = trainOn(rows);
    expect(metrics.newest.map(({ documentId }) => documentId)).toEqual(
      rows.slice(40).map(({ documentId }) => documentId),
    );
    // Labels of the newest fifth change what is said of it only where they are the ones it is held against.
    const relabelled = rows.map((row, n) =>
      n < 40 ? row : { ...row, tasks: [full(donghu2021, 'T20')] },
    );
    const other = trainOn(relabelled).metrics.newest;
    expect(other.map(({ scores, tags }) => ({ scores, tags }))).toEqual(
      metrics.newest.map(({ scores, tags }) => ({ scores, tags })),
    );
    expect(other.every(({ gold }) => gold[0] === full(donghu2021, 'T20'))).toBe(true);
  });

  test('calibration follows two parameters first and knots from a hundred documents on', async () => {
    expect(trainOn(await reviews(40)).metrics.calibration.kind).toBe('platt');
    expect(trainOn(await reviews(120)).metrics.calibration.kind).toBe('isotonic');
  });

  test('a long table stays under two megabytes however many of its tasks learn', () => {
    // What is kept for all tasks together is capped: so many weights of the longest form, and their frame.
    const longest = '65535,-9999,'.length * SETTINGS.keepInAll;
    const frame =
      1000 * '"catalogue-with-a-long-name:T1000":{"bias":-10.01,"buckets":[],"weights":[]},'.length;
    expect(longest + frame).toBeLessThan(2_000_000);
  });
});
