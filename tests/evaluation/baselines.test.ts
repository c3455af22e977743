import { describe, expect, it } from 'vitest';
import { donghu2021 } from '../../shared/catalogue/donghu-2021.ts';
import {
  BASELINES,
  type Baseline,
  bagOfWords,
  bareLabel,
  keywordList,
  keywordsOf,
  pairsOf,
  wordsOf,
} from './baseline-methods.ts';
import { bestCut, crossValidated, judgeScores, transferred } from './baselines.ts';
import { documentOf, type Prepared } from './gold.ts';
import { marginOfRow, type Row, trainLinear } from './linear-model.ts';

const labelled = async (text: string, ...tasks: string[]): Promise<Prepared> => ({
  document: await documentOf(text),
  gold: {
    id: text,
    title: text,
    text,
    tasks,
    tasks_optional: [],
    categories_ok: [],
    attr_ok: [],
    form_ok: [],
  },
});

const best = (scores: ReadonlyMap<string, number>): string | undefined =>
  [...scores].sort((a, b) => b[1] - a[1])[0]?.[0];

describe('the linear model', () => {
  const row = (value: number): Row => ({
    features: Int32Array.of(0),
    values: Float64Array.of(value),
  });

  it('finds the weight that calculus gives', () => {
    // Smallest w²/2 + 2·(1−w)² for rows ±1: w = 4/5, bias 0.
    const model = trainLinear([row(1), row(-1)], [true, false], { features: 1, cost: 1 });
    expect(model.weights[0]).toBeCloseTo(0.8, 6);
    expect(model.bias).toBeCloseTo(0, 6);
    expect(marginOfRow(row(0.5), model)).toBeCloseTo(0.4, 6);
  });
});

describe('features', () => {
  it('take a run of Han characters as one word, and two words in a row', () => {
    expect(wordsOf('关于印发《办法》 的 A1')).toEqual([
      '关于印发',
      '关于印发 办法',
      '办法',
      '办法 的',
      '的',
      '的 a1',
      'a1',
    ]);
  });

  it('take content words of a title as keywords', async () => {
    const words = await keywordsOf('深化地方政府债务信息公开');
    expect(words).toContain('地方政府债务');
    expect(words).not.toContain('公开');
  });

  it('take pairs of Han characters that stand side by side', () => {
    expect(pairsOf('债务A限额')).toEqual(['债务', '限额']);
  });
});

describe('methods', () => {
  it('find the task that a text names in so many words', async () => {
    const text = await labelled('地方政府债务限额、余额、发行、品种、期限、利率公开情况');
    expect(best(keywordList.fits[0]([], donghu2021)(text))).toBe('T07');
    expect(best(bareLabel.fits[0]([], donghu2021)(text))).toBe('T07');
  });

  it('learn words from labelled documents', async () => {
    const trained = [
      await labelled('路灯。修好', 'T20'),
      await labelled('路灯。已修', 'T20'),
      await labelled('决算。公布', 'T06'),
      await labelled('决算。报表', 'T06'),
    ];
    const scoreOf = bagOfWords.fits[0](trained, donghu2021);
    expect(best(scoreOf(await labelled('路灯。亮了')))).toBe('T20');
    expect(best(scoreOf(await labelled('决算。来了')))).toBe('T06');
  });

  it('score every task of the table', async () => {
    const one = await labelled('通知。内容', 'T12');
    for (const way of BASELINES.flatMap(({ fits }) => fits))
      expect(way([one], donghu2021)(one).size).toBe(donghu2021.tasks.length);
  });
});

describe('judging', () => {
  it('takes the threshold with the best F1', async () => {
    const scored = [
      {
        one: await labelled('甲', 'T01'),
        scores: new Map([
          ['T01', 0.9],
          ['T02', 0.5],
        ]),
      },
      {
        one: await labelled('乙', 'T01'),
        scores: new Map([
          ['T01', 0.4],
          ['T02', 0.3],
        ]),
      },
    ];
    // F1 from the top: 2/3, 2/4, 4/5, 4/6.
    expect(bestCut(scored).threshold).toBe(0.4);
    expect(bestCut(scored).value).toBeCloseTo(4 / 5);
    const [first] = scored;
    if (first === undefined) throw new Error('nothing scored');
    expect(judgeScores(first, 0.4)).toMatchObject({
      proposed: ['T01', 'T02'],
      ranked: ['T01', 'T02'],
    });
  });

  it('proposes nothing where proposing never helps', async () => {
    const one = await labelled('甲');
    expect(bestCut([{ one, scores: new Map([['T01', 0.9]]) }]).threshold).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  /** Knows the answer for what it was trained on, and nothing else. */
  const parrot: Baseline = {
    name: 'parrot',
    how: 'by heart',
    fits: [
      (trained) => (one) =>
        new Map([
          ['T01', trained.includes(one) ? 1 : 0],
          ['T02', 0.5],
        ]),
    ],
  };

  it('never lets a method see the documents that it is judged on', async () => {
    const prepared = await Promise.all(
      ['甲', '乙', '丙', '丁'].map((text) => labelled(text, 'T01')),
    );
    const sets = [{ name: 'documents', prepared }];
    const judged =
      crossValidated(parrot, sets, [
        [0, 0, 1, 1],
        [0, 1, 0, 1],
      ]).get('documents') ?? [];
    expect(judged).toHaveLength(8);
    expect(judged.map(({ ranked }) => ranked[0])).toEqual(Array.from({ length: 8 }, () => 'T02'));
    const fresh = [{ name: 'documents', prepared: [await labelled('戊', 'T01')] }];
    const moved = transferred(parrot, { sets, folds: [0, 0, 1, 1] }, fresh).get('documents') ?? [];
    expect(moved.map(({ ranked }) => ranked[0])).toEqual(['T02']);
    const known = transferred(parrot, { sets, folds: [0, 0, 1, 1] }, sets).get('documents') ?? [];
    expect(known.map(({ ranked }) => ranked[0])).toEqual(['T01', 'T01', 'T01', 'T01']);
  });

  it('takes the way of fitting that does best within the training part', async () => {
    const always =
      (code: string): Baseline['fits'][number] =>
      () =>
      () =>
        new Map([[code, 1]]);
    const prepared = await Promise.all(
      ['甲', '乙', '丙', '丁'].map((text) => labelled(text, 'T02')),
    );
    const two: Baseline = { name: 'two', how: '', fits: [always('T01'), always('T02')] };
    const sets = [{ name: 'titles', prepared }];
    const judged = crossValidated(two, sets, [[0, 0, 1, 1]]).get('titles') ?? [];
    expect(judged.map(({ proposed }) => proposed)).toEqual([['T02'], ['T02'], ['T02'], ['T02']]);
  });
});
