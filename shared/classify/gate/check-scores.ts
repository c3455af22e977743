/** Checks of the gate on what the scores promise: calibration, and how right a release is where it calls itself sure. */

import { chanceOfFewer } from './chance-of-fewer.ts';
import { type Check, EVEN, everyOne, threeDigits } from './check.ts';
import type { GateInput } from './judged.ts';
import { calibrationOf, SURE, sureTagsOf } from './release-figures.ts';

const MOST_ERROR = 0.1;
const MOST_WORSE = 0.02;
/** From so many pairs on the office's own documents alone tell the calibration; what ships was written to be clear cut. */
const OWN_PAIRS = 100;

/** Over both sets together: ten bins of a handful of pairs say more of chance than of a release. */
export const checkCalibration = (input: GateInput): Check => {
  const own = everyOne(input).filter((one) => one.own);
  const alone = calibrationOf(own, 'candidate').pairs >= OWN_PAIRS;
  const documents = alone ? own : everyOne(input);
  const candidate = calibrationOf(documents, 'candidate');
  const active = calibrationOf(documents, 'active');
  const worse =
    candidate.ece !== null && active.ece !== null && candidate.ece > active.ece + MOST_WORSE + EVEN;
  const passed = candidate.ece === null || (candidate.ece <= MOST_ERROR + EVEN && !worse);
  const on = alone
    ? { zh: '按本单位审核过的文件', en: 'on documents reviewed by this office' }
    : { zh: '按全部检验文件', en: 'on all documents judged' };
  return {
    id: 'CALIBRATION',
    passed,
    zh: `把握程度的误差（ECE，${on.zh}，${candidate.pairs} 对）：待启用版本 ${threeDigits(candidate.ece)}，现行版本 ${threeDigits(active.ece)}。要求不超过 ${threeDigits(MOST_ERROR)}，且不比现行版本高出 ${threeDigits(MOST_WORSE)} 以上，${passed ? '符合' : '不符合'}。`,
    en: `How far scores are from what came true (ECE, ${on.en}, ${candidate.pairs} pairs): candidate ${threeDigits(candidate.ece)}, present ${threeDigits(active.ece)}. It must be at most ${threeDigits(MOST_ERROR)} and at most ${threeDigits(MOST_WORSE)} over the present one: ${passed ? 'it is' : 'it is not'}.`,
  };
};

/** Two imagined tags that are right as often as the score says: with them a few right tags do not pass for never wrong. */
const IMAGINED = 2;
/** Rarer than this is not taken for chance. */
const CHANCE = 0.05;

/**
 * Over both sets together. With `r` of `n` sure tags right of the active release, its true share is taken as
 * (r + 1.8) / (n + 2). The candidate fails where its share is lower and so few right ones, or fewer, would come about with
 * that share in fewer than 5 of 100 cases (binomial).
 */
export const checkSurePrecision = (input: GateInput): Check => {
  const documents = everyOne(input);
  const candidate = sureTagsOf(documents, 'candidate');
  const active = sureTagsOf(documents, 'active');
  const share = (active.right + IMAGINED * SURE) / (active.tags + IMAGINED);
  const lower = candidate.tags > 0 && candidate.right / candidate.tags < share - EVEN;
  const chance = chanceOfFewer(candidate.right, candidate.tags, share);
  const passed = !lower || chance >= CHANCE;
  const verdict = passed
    ? { zh: '在件数允许的范围内不低于现行版本', en: 'not lower than the count allows' }
    : { zh: '低于现行版本，且不像偶然', en: 'lower, and hardly by chance' };
  return {
    id: 'SURE_PRECISION',
    passed,
    zh: `得分 ${SURE} 以上的标注：待启用版本 ${candidate.tags} 个对 ${candidate.right} 个，现行版本 ${active.tags} 个对 ${active.right} 个，${verdict.zh}。`,
    en: `Tags with a score of at least ${SURE}: ${candidate.right} of ${candidate.tags} right in the candidate, ${active.right} of ${active.tags} in the present one, ${verdict.en}.`,
  };
};
