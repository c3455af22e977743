/** Checks of the gate on what was answered: enough documents, no loss as a whole, no task lost, nothing said that must not be. */
import type { GateReport } from '../../domain/release.ts';
import { countsPerCode, f1, type Judged } from '../train/metrics.ts';
import { type Check, EVEN, everyOne, threeDigits } from './check.ts';
import { type GateInput, judgedCategories, judgedTasks, type Side } from './judged.ts';
import { differenceAtLeast } from './paired-bootstrap.ts';

/** Documents in both sets together, under which no figure is worth a decision. */
export const LEAST_DOCUMENTS = 30;
/** Of them from the office itself, where a release learnt from its reviews: what the first 25 reviews leave to judge by. */
export const LEAST_OWN = 5;
/** Micro-F1 may really be lower by no more than this. */
const LEAST_DIFFERENCE = -0.01;
/** From so many right examples on a single task or category is looked at. */
const LEAST_POSITIVES = 10;
const MOST_LOST = 0.1;
export const checkEnough = (input: GateInput): Check => {
  const documents = everyOne(input);
  const own = documents.filter((one) => one.own).length;
  const missing = Math.max(0, LEAST_DOCUMENTS - documents.length);
  const missingOwn = input.learnt ? Math.max(0, LEAST_OWN - own) : 0;
  const zh = `共检验文件 ${documents.length} 件，其中本单位审核过的 ${own} 件`;
  const en = `${documents.length} documents were judged, ${own} of them reviewed by this office`;
  const lacksZh = [
    ...(missing > 0 ? [`还差 ${missing} 件（至少 ${LEAST_DOCUMENTS} 件）`] : []),
    ...(missingOwn > 0
      ? [`本单位审核过的还差 ${missingOwn} 件（由审核学得的版本至少要有 ${LEAST_OWN} 件）`]
      : []),
  ];
  const lacksEn = [
    ...(missing > 0 ? [`${missing} are missing (at least ${LEAST_DOCUMENTS})`] : []),
    ...(missingOwn > 0
      ? [
          `${missingOwn} reviewed by this office are missing (at least ${LEAST_OWN} where a release learnt from reviews)`,
        ]
      : []),
  ];
  const passed = lacksZh.length === 0;
  return {
    id: 'ENOUGH',
    passed,
    zh: passed ? `${zh}，件数足够。` : `${zh}，${lacksZh.join('，')}。`,
    en: passed ? `${en}: enough.` : `${en}; ${lacksEn.join('; ')}.`,
  };
};

const SETS = {
  golden: { zh: '固定样例', en: 'fixed examples' },
  newest: { zh: '最近审核', en: 'newest reviews' },
} as const;

interface Difference {
  readonly zh: string;
  readonly en: string;
  readonly least: number | null;
}

const categoryDifferences = (input: GateInput): readonly Difference[] =>
  (['golden', 'newest'] as const).flatMap((name) => {
    const documents = input[name];
    const same = documents.every((one) => one.candidate.category === one.active.category);
    if (same) return [];
    const least = differenceAtLeast(
      judgedCategories(documents, 'candidate'),
      judgedCategories(documents, 'active'),
    );
    return [
      {
        zh: `${SETS[name].zh}的公开类别：差值下限 ${threeDigits(least)}`,
        en: `categories of ${SETS[name].en}: difference at least ${threeDigits(least)}`,
        least,
      },
    ];
  });

const taskDifferences = (sets: GateReport['sets']): readonly Difference[] =>
  sets
    .filter(({ candidate }) => candidate.documents > 0)
    .map(({ name, candidate, active, differenceAtLeast: least }) => ({
      zh: `${SETS[name].zh} ${candidate.documents} 件：待启用版本 ${threeDigits(candidate.microF1)}，现行版本 ${threeDigits(active.microF1)}，差值下限 ${threeDigits(least)}`,
      en: `${SETS[name].en} (${candidate.documents}): candidate ${threeDigits(candidate.microF1)}, present ${threeDigits(active.microF1)}, difference at least ${threeDigits(least)}`,
      least,
    }));

/** On each set by itself; the first category counts too where the releases differ in any. */
export const checkMicroF1 = (input: GateInput, sets: GateReport['sets']): Check => {
  const found = [...taskDifferences(sets), ...categoryDifferences(input)];
  const passed = found.every(({ least }) => least === null || least >= LEAST_DIFFERENCE - EVEN);
  const whatZh = found.map(({ zh }) => zh).join('；') || '没有可检验的文件';
  const whatEn = found.map(({ en }) => en).join('; ') || 'no documents to judge by';
  return {
    id: 'MICRO_F1',
    passed,
    zh: `标注的综合得分（微平均 F1）：${whatZh}。差值下限不得低于 ${threeDigits(LEAST_DIFFERENCE)}，${passed ? '符合' : '不符合'}。`,
    en: `Overall score of the tags (micro-F1): ${whatEn}. The difference must be at least ${threeDigits(LEAST_DIFFERENCE)}: ${passed ? 'it is' : 'it is not'}.`,
  };
};

const f1PerCode = (judged: readonly Judged[]): ReadonlyMap<string, number> =>
  new Map(countsPerCode(judged).map((counts) => [counts.code, f1(counts)]));

/** Tasks and categories with at least 10 right examples in the sets together, by code. */
export const perCodeOf = (input: GateInput): GateReport['perCode'] => {
  const documents = everyOne(input);
  const positives = new Map<string, number>();
  for (const code of documents.flatMap((one) => [...one.gold, ...one.categories.slice(0, 1)]))
    positives.set(code, (positives.get(code) ?? 0) + 1);
  const all = (side: Side): readonly Judged[] => [
    ...judgedTasks(documents, side),
    ...judgedCategories(documents, side),
  ];
  const candidate = f1PerCode(all('candidate'));
  const active = f1PerCode(all('active'));
  return [...positives]
    .filter(([, count]) => count >= LEAST_POSITIVES)
    .map(([code, count]) => ({
      code,
      positives: count,
      candidateF1: candidate.get(code) ?? 0,
      activeF1: active.get(code) ?? 0,
    }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
};

export const checkPerCode = (perCode: GateReport['perCode']): Check => {
  const lost = perCode.filter((one) => one.activeF1 - one.candidateF1 > MOST_LOST + EVEN);
  const drops = lost.map(
    ({ code, positives, candidateF1, activeF1 }) =>
      `${code} ${threeDigits(activeF1)} → ${threeDigits(candidateF1)} (${positives})`,
  );
  const count = perCode.length;
  const words =
    count === 0
      ? {
          zh: `没有哪一项任务或类别的样例达到 ${LEAST_POSITIVES} 件，未逐项比较。`,
          en: `No task or category has ${LEAST_POSITIVES} examples, so none was compared by itself.`,
        }
      : lost.length === 0
        ? {
            zh: `样例达到 ${LEAST_POSITIVES} 件的任务和类别 ${count} 项，没有一项的 F1 下降超过 ${MOST_LOST}。`,
            en: `Of ${count} tasks and categories with at least ${LEAST_POSITIVES} examples none loses more than ${MOST_LOST} F1.`,
          }
        : {
            zh: `样例达到 ${LEAST_POSITIVES} 件的任务和类别 ${count} 项，其中 ${lost.length} 项的 F1 下降超过 ${MOST_LOST}：${drops.join('，')}。`,
            en: `Of ${count} tasks and categories with at least ${LEAST_POSITIVES} examples ${lost.length} lose more than ${MOST_LOST} F1: ${drops.join(', ')}.`,
          };
  return { id: 'PER_CODE', passed: lost.length === 0, ...words };
};

export const checkMustNot = (input: GateInput): Check => {
  const failed = input.mustNot.filter(({ passed }) => !passed);
  const count = input.mustNot.length;
  return {
    id: 'MUST_NOT',
    passed: failed.length === 0,
    zh:
      failed.length === 0
        ? `不得误标的样例 ${count} 例，全部没有误标。`
        : `不得误标的样例 ${count} 例，误标 ${failed.length} 例：${failed.map(({ id, because }) => `${id}（${because.zh}）`).join('；')}。`,
    en:
      failed.length === 0
        ? `None of the ${count} cases that must not be tagged was.`
        : `Of ${count} cases that must not be tagged ${failed.length} were: ${failed.map(({ id, because }) => `${id} (${because.en})`).join('; ')}.`,
  };
};
