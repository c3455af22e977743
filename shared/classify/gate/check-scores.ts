/** Checks of the gate on what the scores promise: calibration, and how right a release is where it calls itself sure. */

import { chanceOfFewer } from './chance-of-fewer.ts';
import { type Check, EVEN, everyOne, threeDigits } from './check.ts';
import type { GateInput } from './judged.ts';
import { type Promised, promiseOf, SURE, sureTagsOf } from './release-figures.ts';

const MOST_ERROR = 0.1;
const MOST_WORSE = 0.02;
/** Under so many pairs ten bins say more of chance than of a release: one that is calibrated perfectly shows .08 on 100 and .06 on 200. */
const ENOUGH_PAIRS = 200;
/** One-sided 95 % of a normal curve. */
const CHANCE_DEVIATIONS = 1.645;

const NO_PAIRS = {
  passed: true,
  zh: '把握程度：还没有本单位审核过的文件可比，未检验。',
  en: 'Calibration: there are no documents reviewed by this office to tell by; not checked.',
} as const;

interface Both {
  readonly candidate: Promised;
  readonly active: Promised;
}

const byError = ({ candidate, active }: Both): Omit<Check, 'id'> => {
  const [own, other] = [candidate.ece ?? 0, active.ece ?? 0];
  const worse = active.ece !== null && own > other + MOST_WORSE + EVEN;
  const passed = own <= MOST_ERROR + EVEN && !worse;
  return {
    passed,
    zh: `把握程度的误差（ECE，按本单位审核过的文件，${candidate.pairs} 对）：待启用版本 ${threeDigits(candidate.ece)}，现行版本 ${threeDigits(active.ece)}。要求不超过 ${threeDigits(MOST_ERROR)}，且不比现行版本高出 ${threeDigits(MOST_WORSE)} 以上，${passed ? '符合' : '不符合'}。`,
    en: `How far scores are from what came true (ECE, on ${candidate.pairs} pairs of documents reviewed by this office): candidate ${threeDigits(candidate.ece)}, present ${threeDigits(active.ece)}. It must be at most ${threeDigits(MOST_ERROR)} and at most ${threeDigits(MOST_WORSE)} over the present one: ${passed ? 'it is' : 'it is not'}.`,
  };
};

const excess = ({ pairs, promised, right }: Promised): number =>
  pairs === 0 ? 0 : (promised - right) / pairs;

const PROMISES = {
  kept: { zh: '没有高估', en: 'it does not promise too much' },
  noWorse: {
    zh: '有高估，但不超过现行版本',
    en: 'it promises too much, but no more than the present one',
  },
  tooMuch: {
    zh: '高估，且超过现行版本',
    en: 'it promises too much, and more than the present one',
  },
} as const;

const byPromise = ({ candidate, active }: Both): Omit<Check, 'id'> => {
  const { pairs, promised, right, deviation } = candidate;
  const beyondChance = promised - right > CHANCE_DEVIATIONS * deviation;
  const passed = !beyondChance || excess(candidate) <= excess(active) + MOST_WORSE + EVEN;
  const verdict = PROMISES[beyondChance ? (passed ? 'noWorse' : 'tooMuch') : 'kept'];
  return {
    passed,
    zh: `把握程度：本单位审核过的文件有 ${pairs} 对可比，不足 ${ENOUGH_PAIRS} 对，ECE（待启用版本 ${threeDigits(candidate.ece)}，现行版本 ${threeDigits(active.ece)}）多半出于偶然。按得分应有 ${promised.toFixed(1)} 个标对，实际 ${right} 个，${verdict.zh}。`,
    en: `Calibration: documents reviewed by this office give ${pairs} pairs, fewer than ${ENOUGH_PAIRS}, so the ECE (candidate ${threeDigits(candidate.ece)}, present ${threeDigits(active.ece)}) is mostly chance. By the scores ${promised.toFixed(1)} should be right and ${right} are: ${verdict.en}.`,
  };
};

/**
 * Over the documents of both sets that the office reviewed: what ships was chosen to be clear, and no sample on which scores
 * could come true. From 200 pairs on by ECE. Under that the candidate fails only where its scores promise more right ones
 * than came true, beyond chance (one-sided 95 %), and by over .02 a pair more than the active one's.
 */
export const checkCalibration = (input: GateInput): Check => {
  const own = everyOne(input).filter((one) => one.own);
  const both = { candidate: promiseOf(own, 'candidate'), active: promiseOf(own, 'active') };
  const { pairs } = both.candidate;
  const found = pairs === 0 ? NO_PAIRS : pairs < ENOUGH_PAIRS ? byPromise(both) : byError(both);
  return { id: 'CALIBRATION', ...found };
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
