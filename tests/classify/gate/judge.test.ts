import { describe, expect, test } from 'vitest';
import { judge } from '../../../shared/classify/gate/judge.ts';
import type { Answered, GateInput, JudgedDocument } from '../../../shared/classify/gate/judged.ts';
import { gateReportSchema } from '../../../shared/domain/release.ts';

/** `T06 .95` as the product would say it. */
const said = (words: string, category: string | null = null): Answered => {
  const scores = words
    .split(', ')
    .filter((one) => one !== '')
    .map((one) => {
      const [code = '', score = '0'] = one.split(' ');
      return { code, score: Number(score) };
    });
  return { tags: scores.filter(({ score }) => score >= 0.15), scores, category };
};

const one = (
  gold: string,
  [candidate, active]: readonly [Answered, Answered],
  rest: Partial<JudgedDocument> = {},
): JudgedDocument => ({
  gold: gold === '' ? [] : gold.split(' '),
  optional: [],
  categories: [],
  own: false,
  candidate,
  active,
  ...rest,
});

const times = (count: number, document: JudgedDocument): JudgedDocument[] =>
  Array.from({ length: count }, () => document);

/** Right with a score that comes true. */
const right = said('T06 .97');

const input = (rest: Partial<GateInput> = {}): GateInput => ({
  candidate: 'dh2021.2.m',
  active: 'dh2021.1.m',
  learnt: false,
  golden: times(30, one('T06', [right, right])),
  newest: [],
  mustNot: [{ id: 'bank-tender', passed: true, because: { zh: '银行自己的招标', en: 'its own' } }],
  ...rest,
});

const check = (id: string, given: GateInput) =>
  judge(given).checks.find((each) => each.id === id) ?? { passed: null, zh: '', en: '' };

test('a release that answers like the one in force passes all six checks, and the words say so', () => {
  const report = judge(input());
  expect(gateReportSchema.parse(report)).toEqual(report);
  expect(report).toMatchObject({
    verdict: 'promote',
    candidate: 'dh2021.2.m',
    active: 'dh2021.1.m',
    zh: '可以启用：6 项检验全部通过。共用 30 件文件检验，待启用版本的综合得分 1.000，现行版本 1.000（持平）。没有发现变差到不能接受的地方，1 例不得误标的样例都没有误标。',
    en: 'It may be put in force: all 6 checks passed. Judged on 30 documents: the candidate scores 1.000, the present release 1.000 (the same). Nothing was found to be worse than is accepted, and none of the 1 must-not cases was tagged.',
  });
  expect(report.checks.map(({ id }) => id)).toEqual([
    'ENOUGH',
    'MICRO_F1',
    'CALIBRATION',
    'SURE_PRECISION',
    'PER_CODE',
    'MUST_NOT',
  ]);
  expect(report.sets).toEqual([
    {
      name: 'golden',
      candidate: {
        documents: 30,
        microF1: 1,
        ece: expect.closeTo(0.03),
        surePrecision: 1,
        sureTags: 30,
      },
      active: {
        documents: 30,
        microF1: 1,
        ece: expect.closeTo(0.03),
        surePrecision: 1,
        sureTags: 30,
      },
      differenceAtLeast: 0,
    },
    {
      name: 'newest',
      candidate: { documents: 0, microF1: null, ece: null, surePrecision: null, sureTags: 0 },
      active: { documents: 0, microF1: null, ece: null, surePrecision: null, sureTags: 0 },
      differenceAtLeast: null,
    },
  ]);
});

test('the same answers give the same report, word for word', () => {
  const mixed = input({
    newest: [
      ...times(9, one('T06', [said(''), right])),
      ...times(9, one('T07', [right, said('')])),
    ],
  });
  expect(judge(mixed)).toEqual(judge(mixed));
});

describe('enough documents', () => {
  test('29 in both sets together are one too few, and the report says how many are missing', () => {
    const report = judge(
      input({
        golden: times(20, one('T06', [right, right])),
        newest: times(9, one('T06', [right, right], { own: true })),
      }),
    );
    expect(report.verdict).toBe('keep');
    expect(report.checks[0]).toEqual({
      id: 'ENOUGH',
      passed: false,
      zh: '共检验文件 29 件，其中本单位审核过的 9 件，还差 1 件（至少 30 件）。',
      en: '29 documents were judged, 9 of them reviewed by this office; 1 are missing (at least 30).',
    });
    expect(report.zh).toBe(
      '保持现行版本：6 项检验中有 1 项未通过（检验文件件数）。共用 29 件文件检验，待启用版本的综合得分 1.000，现行版本 1.000（持平）。共检验文件 29 件，其中本单位审核过的 9 件，还差 1 件（至少 30 件）。',
    );
  });

  test('without any document it is kept, without a fault', () => {
    const report = judge(input({ golden: [], mustNot: [] }));
    expect(report.verdict).toBe('keep');
    expect(report.checks.filter(({ passed }) => !passed).map(({ id }) => id)).toEqual(['ENOUGH']);
  });

  test('what learnt from reviews needs five documents of the office itself', () => {
    const own = one('T06', [right, right], { own: true });
    expect(check('ENOUGH', input({ learnt: true, newest: times(3, own) }))).toMatchObject({
      passed: false,
      zh: '共检验文件 33 件，其中本单位审核过的 3 件，本单位审核过的还差 2 件（由审核学得的版本至少要有 5 件）。',
    });
    expect(check('ENOUGH', input({ learnt: true, newest: times(5, own) }))).toMatchObject({
      passed: true,
      en: '35 documents were judged, 5 of them reviewed by this office: enough.',
    });
  });
});

describe('the overall score', () => {
  test('losing one document in ten keeps the present release, with the figures', () => {
    const lost = one('T06', [said('T07 .97'), right]);
    const given = input({
      golden: [...times(90, one('T06', [right, right])), ...times(10, lost)],
    });
    const found = check('MICRO_F1', given);
    expect(found.passed).toBe(false);
    expect(found.zh).toMatch(
      /^标注的综合得分（微平均 F1）：固定样例 100 件：待启用版本 0\.900，现行版本 1\.000，差值下限 −0\.1[3-7]\d。差值下限不得低于 −0\.010，不符合。$/u,
    );
    expect(found.en).toMatch(/fixed examples \(100\): candidate 0\.900, present 1\.000, /u);
  });

  test('the limit is one point: three missed of 400 may be chance within it, seven may not', () => {
    // Missed ones in a draw are about Poisson: 3 are seldom over 6, F1 = 788/794 = .992; 7 are often over 11, .986.
    const missing = (lost: number): GateInput =>
      input({
        golden: [
          ...times(400 - lost, one('T06', [right, right])),
          ...times(lost, one('T06', [said(''), right])),
        ],
      });
    expect(check('MICRO_F1', missing(3)).passed).toBe(true);
    expect(check('MICRO_F1', missing(7)).passed).toBe(false);
  });

  test('each set has to hold by itself: gains on the examples do not pay for losses on the newest reviews', () => {
    const gain = one('T06', [right, said('')]);
    const loss = one('T06', [said(''), right], { own: true });
    const given = input({ golden: times(60, gain), newest: times(10, loss) });
    expect(check('MICRO_F1', given).passed).toBe(false);
    expect(judge(given).sets.map(({ differenceAtLeast }) => differenceAtLeast)).toEqual([1, -1]);
  });

  test('losing the first category counts as losing tasks does', () => {
    const both = { categories: ['C07', 'P11'] };
    const kept = one('T06', [said('T06 .97', 'P11'), said('T06 .97', 'C07')], both);
    expect(check('MICRO_F1', input({ golden: times(30, kept) })).passed).toBe(true);
    const lost = one('T06', [said('T06 .97', 'C09'), said('T06 .97', 'C07')], both);
    expect(check('MICRO_F1', input({ golden: times(30, lost) }))).toMatchObject({
      passed: false,
      zh: '标注的综合得分（微平均 F1）：固定样例 30 件：待启用版本 1.000，现行版本 1.000，差值下限 0.000；固定样例的公开类别：差值下限 −1.000。差值下限不得低于 −0.010，不符合。',
    });
  });

  test('tasks that count neither way move nothing', () => {
    const optional = one('T06', [said('T06 .97, T99 .95'), right], { optional: ['T99'] });
    const report = judge(input({ golden: times(30, optional) }));
    expect(report.verdict).toBe('promote');
    expect(report.sets[0]?.candidate.sureTags).toBe(30);
  });
});

describe('calibration', () => {
  /** Right in `share` of ten documents while saying `score`. */
  const tenth = (score: string, share: number): JudgedDocument[] =>
    Array.from({ length: 10 }, (_, at) =>
      one(at < share ? 'T06' : 'T07', [said(`T06 ${score}`), said('T06 .70')], { own: true }),
    );

  /** So many tens. */
  const tens = (rounds: number, score: string, share = 7): JudgedDocument[] =>
    Array.from({ length: rounds }, () => tenth(score, share)).flat();

  test('an error over .10 fails', () => {
    expect(check('CALIBRATION', input({ newest: tens(20, '.85') }))).toMatchObject({
      passed: false,
      zh: '把握程度的误差（ECE，按本单位审核过的文件，200 对）：待启用版本 0.150，现行版本 0.000。要求不超过 0.100，且不比现行版本高出 0.020 以上，不符合。',
      en: 'How far scores are from what came true (ECE, on 200 pairs of documents reviewed by this office): candidate 0.150, present 0.000. It must be at most 0.100 and at most 0.020 over the present one: it is not.',
    });
  });

  test('more than .02 over the present release fails, .02 does not', () => {
    expect(check('CALIBRATION', input({ newest: tens(20, '.72') })).passed).toBe(true);
    expect(check('CALIBRATION', input({ newest: tens(20, '.73') })).passed).toBe(false);
  });

  test('an error over .10 fails even where the present release has the same', () => {
    const both = one('T06', [said('T06 .80'), said('T06 .80')], { own: true });
    expect(check('CALIBRATION', input({ newest: times(200, both) })).passed).toBe(false);
  });

  test('under 200 pairs only promising too much fails, and only beyond chance', () => {
    // 20 pairs at .70: 14 promised, deviation √(20 · .21) = 2.05, so 10.6 and more right are chance.
    const few = (right: number): GateInput =>
      input({ newest: [...tenth('.70', Math.min(10, right)), ...tenth('.70', right - 10)] });
    const sided = (given: GateInput): GateInput => ({
      ...given,
      newest: given.newest.map((each) => ({ ...each, active: said('T06 .50') })),
    });
    expect(check('CALIBRATION', sided(few(11))).passed).toBe(true);
    expect(check('CALIBRATION', sided(few(10)))).toMatchObject({
      passed: false,
      zh: '把握程度：本单位审核过的文件有 20 对可比，不足 200 对，ECE（待启用版本 0.200，现行版本 0.000）多半出于偶然。按得分应有 14.0 个标对，实际 10 个，高估，且超过现行版本。',
    });
    expect(check('CALIBRATION', sided(few(20)))).toMatchObject({
      passed: true,
      zh: expect.stringContaining('按得分应有 14.0 个标对，实际 20 个，没有高估。'),
    });
  });

  test('promising too much, but no more than the present release does, is no reason to keep that', () => {
    const both = one('T07', [said('T06 .70'), said('T06 .80')], { own: true });
    expect(check('CALIBRATION', input({ newest: times(20, both) }))).toMatchObject({
      passed: true,
      en: 'Calibration: documents reviewed by this office give 20 pairs, fewer than 200, so the ECE (candidate 0.700, present 0.800) is mostly chance. By the scores 14.0 should be right and 0 are: it promises too much, but no more than the present one.',
    });
  });

  test('what ships does not tell: it was chosen to be clear', () => {
    const shy = one('T06', [said('T06 .40'), said('T06 .95')]);
    expect(check('CALIBRATION', input({ golden: times(60, shy) }))).toEqual({
      id: 'CALIBRATION',
      passed: true,
      zh: '把握程度：还没有本单位审核过的文件可比，未检验。',
      en: 'Calibration: there are no documents reviewed by this office to tell by; not checked.',
    });
  });
});

describe('where it is sure', () => {
  const sure = (wrong: number, of: number, active: number): GateInput =>
    input({
      golden: Array.from({ length: of }, (_, at) =>
        one(at < wrong ? 'T07' : 'T06', [right, at < active ? right : said('T06 .80')]),
      ).map((document, at) =>
        // The active release is right in every tag it is sure of.
        at < active
          ? {
              ...document,
              active: { ...right, tags: [{ code: document.gold[0] ?? '', score: 0.97 }] },
            }
          : document,
      ),
    });

  test('one wrong of 20 beside ten right of ten is chance', () => {
    // (10 + 1.8) / 12 = .983; 1 − .983²⁰ = .29.
    expect(check('SURE_PRECISION', sure(1, 20, 10))).toMatchObject({
      passed: true,
      zh: '得分 0.9 以上的标注：待启用版本 20 个对 19 个，现行版本 10 个对 10 个，在件数允许的范围内不低于现行版本。',
    });
  });

  test('four wrong of 20 beside ten right of ten are not', () => {
    expect(check('SURE_PRECISION', sure(4, 20, 10))).toMatchObject({
      passed: false,
      en: 'Tags with a score of at least 0.9: 16 of 20 right in the candidate, 10 of 10 in the present one, lower, and hardly by chance.',
    });
  });

  test('beside a hundred right of a hundred one wrong is chance and two are not', () => {
    // (100 + 1.8) / 102 = .998: 1 − .998¹⁰⁰ = .18; less 100 · .002 · .998⁹⁹ = .016.
    expect(check('SURE_PRECISION', sure(1, 100, 100)).passed).toBe(true);
    expect(check('SURE_PRECISION', sure(2, 100, 100)).passed).toBe(false);
  });

  test('never being sure is not being wrong', () => {
    const unsure = one('T06', [said('T06 .80'), right]);
    expect(check('SURE_PRECISION', input({ golden: times(30, unsure) })).passed).toBe(true);
  });
});

describe('single tasks', () => {
  const withLoss = (positives: number, lost: number): GateInput =>
    input({
      golden: [
        ...times(positives - lost, one('T08', [said('T08 .97'), said('T08 .97')])),
        ...times(lost, one('T08', [said(''), said('T08 .97')])),
        ...times(200, one('T06', [right, right])),
      ],
    });

  test('a task with ten examples that loses more than .10 F1 keeps the present release', () => {
    // 8 of 10 found: F1 = 16/18 = .889.
    const report = judge(withLoss(10, 2));
    expect(report.perCode).toContainEqual({
      code: 'T08',
      positives: 10,
      candidateF1: expect.closeTo(8 / 9),
      activeF1: 1,
    });
    expect(report.checks.find(({ id }) => id === 'PER_CODE')).toMatchObject({
      passed: false,
      zh: '样例达到 10 件的任务和类别 2 项，其中 1 项的 F1 下降超过 0.1：T08 1.000 → 0.889 (10)。',
      en: 'Of 2 tasks and categories with at least 10 examples 1 lose more than 0.1 F1: T08 1.000 → 0.889 (10).',
    });
  });

  test('one lost of ten is within .10, and nine examples are too few to tell', () => {
    expect(check('PER_CODE', withLoss(10, 1)).passed).toBe(true);
    expect(check('PER_CODE', withLoss(9, 9))).toMatchObject({
      passed: true,
      zh: '样例达到 10 件的任务和类别 1 项，没有一项的 F1 下降超过 0.1。',
    });
  });

  test('with too few examples of everything it says that none was compared', () => {
    const few = [
      ...times(9, one('T06', [right, right])),
      ...times(21, one('', [said(''), said('')])),
    ];
    expect(check('PER_CODE', input({ golden: few })).en).toBe(
      'No task or category has 10 examples, so none was compared by itself.',
    );
  });

  test('a category is watched like a task, and an answer as right as the preferred one is right', () => {
    const fine = one('', [said('', 'P11'), said('', 'C07')], { categories: ['C07', 'P11'] });
    expect(check('PER_CODE', input({ golden: times(30, fine) })).passed).toBe(true);
    const lost = one('', [said('', 'C09'), said('', 'C07')], { categories: ['C07', 'P11'] });
    const report = judge(input({ golden: times(30, lost) }));
    expect(report.perCode).toEqual([{ code: 'C07', positives: 30, candidateF1: 0, activeF1: 1 }]);
  });
});

test('a must-not case that is tagged keeps the present release and says which and why', () => {
  const because = { zh: '银行自己的招标', en: 'a tender of its own' };
  const report = judge(input({ mustNot: [{ id: 'bank-tender', passed: false, because }] }));
  expect(report.verdict).toBe('keep');
  expect(report.mustNot).toEqual({ cases: 1, failed: ['bank-tender'] });
  expect(report.zh).toContain('不得误标的样例 1 例，误标 1 例：bank-tender（银行自己的招标）。');
  expect(report.en).toContain(
    'Of 1 cases that must not be tagged 1 were: bank-tender (a tender of its own).',
  );
});

test('several failed checks are all named, with what was found in each', () => {
  const report = judge(
    input({ golden: times(12, one('T06', [said('T07 .97'), right], { own: true })) }),
  );
  expect(report.zh).toMatch(
    /^保持现行版本：6 项检验中有 5 项未通过（检验文件件数、综合得分、把握程度、高分标注的正确率、逐项比较）。/u,
  );
  expect(report.en).toMatch(
    /^The present release stays: 5 of 6 checks failed \(number of documents, overall score, calibration, precision of sure tags, single tasks\)\. Judged on 12 documents: the candidate scores 0\.000, the present release 1\.000 \(1\.000 lower\)\. /u,
  );
});
