/** The promotion gate: holds a candidate release against the one in force and says in words whether it may take its place. */
import type { GateReport } from '../../domain/release.ts';
import { microF1 } from '../train/metrics.ts';
import { type Check, everyOne, threeDigits } from './check.ts';
import {
  checkEnough,
  checkMicroF1,
  checkMustNot,
  checkPerCode,
  perCodeOf,
} from './check-answers.ts';
import { checkCalibration, checkSurePrecision } from './check-scores.ts';
import { type GateInput, judgedTasks, type Side } from './judged.ts';
import { differenceAtLeast } from './paired-bootstrap.ts';
import { figuresOf } from './release-figures.ts';

const setsOf = (input: GateInput): GateReport['sets'] =>
  (['golden', 'newest'] as const).map((name) => ({
    name,
    candidate: figuresOf(input[name], 'candidate'),
    active: figuresOf(input[name], 'active'),
    differenceAtLeast: differenceAtLeast(
      judgedTasks(input[name], 'candidate'),
      judgedTasks(input[name], 'active'),
    ),
  }));

/** Names of the checks as a lead reads them. */
export const CHECK_NAMES = {
  ENOUGH: { zh: '检验文件件数', en: 'number of documents' },
  MICRO_F1: { zh: '综合得分', en: 'overall score' },
  CALIBRATION: { zh: '把握程度', en: 'calibration' },
  SURE_PRECISION: { zh: '高分标注的正确率', en: 'precision of sure tags' },
  PER_CODE: { zh: '逐项比较', en: 'single tasks' },
  MUST_NOT: { zh: '不得误标的样例', en: 'must-not cases' },
} as const satisfies Record<Check['id'], { zh: string; en: string }>;

/** Higher, lower or the same, as the three digits show it. */
const compared = (candidate: number, active: number): { zh: string; en: string } => {
  const difference = Math.round((candidate - active) * 1000) / 1000;
  const by = threeDigits(Math.abs(difference));
  if (difference === 0) return { zh: '持平', en: 'the same' };
  return difference > 0
    ? { zh: `高 ${by}`, en: `${by} higher` }
    : { zh: `低 ${by}`, en: `${by} lower` };
};

const overall = (input: GateInput): { zh: string; en: string } => {
  const documents = everyOne(input);
  const score = (side: Side): number => microF1(judgedTasks(documents, side));
  const [candidate, active] = [score('candidate'), score('active')];
  const than = compared(candidate, active);
  return {
    zh: `共用 ${documents.length} 件文件检验，待启用版本的综合得分 ${threeDigits(candidate)}，现行版本 ${threeDigits(active)}（${than.zh}）`,
    en: `Judged on ${documents.length} documents: the candidate scores ${threeDigits(candidate)}, the present release ${threeDigits(active)} (${than.en})`,
  };
};

const wordsOf = (input: GateInput, checks: readonly Check[]): { zh: string; en: string } => {
  const found = overall(input);
  const failed = checks.filter(({ passed }) => !passed);
  if (failed.length === 0)
    return {
      zh: `可以启用：${checks.length} 项检验全部通过。${found.zh}。没有发现变差到不能接受的地方，${input.mustNot.length} 例不得误标的样例都没有误标。`,
      en: `It may be put in force: all ${checks.length} checks passed. ${found.en}. Nothing was found to be worse than is accepted, and none of the ${input.mustNot.length} must-not cases was tagged.`,
    };
  const names = failed.map(({ id }) => CHECK_NAMES[id]);
  return {
    zh: `保持现行版本：${checks.length} 项检验中有 ${failed.length} 项未通过（${names.map((name) => name.zh).join('、')}）。${found.zh}。${failed.map((one) => one.zh).join('')}`,
    en: `The present release stays: ${failed.length} of ${checks.length} checks failed (${names.map((name) => name.en).join(', ')}). ${found.en}. ${failed.map((one) => one.en).join(' ')}`,
  };
};

/**
 * Pure: the same answers give the same report, word for word. `promote` where every check passed, else `keep`. Limits:
 * classification notes, "Feedback and safe updates"; how each is measured stands with its check.
 */
export const judge = (input: GateInput): GateReport => {
  const sets = setsOf(input);
  const perCode = perCodeOf(input);
  const checks = [
    checkEnough(input),
    checkMicroF1(input, sets),
    checkCalibration(input),
    checkSurePrecision(input),
    checkPerCode(perCode),
    checkMustNot(input),
  ];
  const passed = checks.every((check) => check.passed);
  const failed = input.mustNot.filter((one) => !one.passed).map(({ id }) => id);
  return {
    verdict: passed ? 'promote' : 'keep',
    candidate: input.candidate,
    active: input.active,
    checks,
    sets,
    perCode,
    mustNot: { cases: input.mustNot.length, failed },
    ...wordsOf(input, checks),
  };
};
