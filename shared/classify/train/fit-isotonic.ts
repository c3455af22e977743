/** Isotonic calibration: a curve that only rises, through pools of margins, each pulled to the curve of two parameters under it. */
import type { Calibration, Isotonic } from '../artefact.ts';
import { probabilityOf } from '../fuse.ts';

export interface MarginSeen {
  readonly margin: number;
  readonly right: boolean;
}

/** Forecasts' worth of trust in the curve under a pool: a pool of few never says 0 or 1. */
const TRUST = 5;
/** Half a right one and half a wrong one more in each pool: nothing that was only ever right is certain. */
const DOUBT = 0.5;
/** Before anything is joined a pool is due this many right ones by the curve under it: cut by what is known beforehand, never by how it came out. */
const DUE = 3;

interface Pool {
  readonly margins: number;
  readonly right: number;
  readonly size: number;
}

const joined = (first: Pool, second: Pool): Pool => ({
  margins: first.margins + second.margins,
  right: first.right + second.right,
  size: first.size + second.size,
});

const rate = ({ right, size }: Pool): number => right / size;

/** Pools of equal or falling rate become one (pool adjacent violators). */
const rising = (pools: readonly Pool[], of: (pool: Pool) => number): readonly Pool[] => {
  const stack: Pool[] = [];
  for (const pool of pools) {
    let last = pool;
    for (let before = stack.at(-1); before !== undefined && of(before) >= of(last); ) {
      last = joined(before, last);
      stack.pop();
      before = stack.at(-1);
    }
    stack.push(last);
  }
  return stack;
};

const EMPTY: Pool = { margins: 0, right: 0, size: 0 };

/** From the highest margin down. */
const poolsOf = (seen: readonly MarginSeen[], under: Calibration): readonly Pool[] => {
  const pools: Pool[] = [];
  let growing = EMPTY;
  let due = 0;
  for (const { margin, right } of seen.toSorted((a, b) => b.margin - a.margin)) {
    growing = joined(growing, { margins: margin, right: Number(right), size: 1 });
    due += probabilityOf(under, margin);
    if (due < DUE) continue;
    pools.push(growing);
    growing = EMPTY;
    due = 0;
  }
  return (growing.size === 0 ? pools : [...pools, growing]).reverse();
};

const thousandth = (value: number): number => Math.round(value * 1000) / 1000;

/** `under` is what the pools are pulled to, and what goes on below them. */
export const fitIsotonic = (
  seen: readonly MarginSeen[],
  under: { readonly slope: number; readonly offset: number; readonly outOfFold: boolean },
): Isotonic => {
  const pulled = (pool: Pool): number => {
    const expected = probabilityOf(under, pool.margins / pool.size);
    return (pool.right + TRUST * expected + DOUBT) / (pool.size + TRUST + 2 * DOUBT);
  };
  const pools = rising(rising(poolsOf(seen, under), rate), pulled);
  const knots = pools.map((pool) => {
    const p = pulled(pool);
    return {
      margin: thousandth(pool.margins / pool.size),
      logit: thousandth(Math.log(p / (1 - p))),
    };
  });
  const distinct = knots.filter((knot, at) => knot.margin > (knots[at - 1]?.margin ?? -Infinity));
  return { ...under, knots: distinct };
};
