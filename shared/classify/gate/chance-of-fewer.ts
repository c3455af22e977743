/** Binomial tail: whether few right ones out of many can still be chance. */

/** Chance of at most `right` successes in `trials` with success `share` each; by logarithms, so that large counts hold. */
export const chanceOfFewer = (right: number, trials: number, share: number): number => {
  if (right >= trials) return 1;
  if (share <= 0) return 1;
  if (share >= 1) return 0;
  let log = trials * Math.log1p(-share);
  let sum = Math.exp(log);
  for (let at = 1; at <= right; at += 1) {
    log += Math.log((trials - at + 1) / at) + Math.log(share / (1 - share));
    sum += Math.exp(log);
  }
  return Math.min(1, sum);
};
