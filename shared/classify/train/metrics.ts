/** Measures of multi-label decisions and rankings over gold in which some codes are optional. */

/** `optional` codes are neither rewarded nor punished. `ranked` is best first; `proposed` is what the product would show. */
export interface Judged {
  readonly gold: readonly string[];
  readonly optional: readonly string[];
  readonly proposed: readonly string[];
  readonly ranked: readonly string[];
}

export interface CodeCounts {
  readonly code: string;
  truePositive: number;
  falsePositive: number;
  falseNegative: number;
}

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

export const f1 = (counts: {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
}): number =>
  ratio(
    2 * counts.truePositive,
    2 * counts.truePositive + counts.falsePositive + counts.falseNegative,
  );

/** Counts per code; a proposed optional code counts as nothing, a missed one too. */
export const countsPerCode = (judged: readonly Judged[]): readonly CodeCounts[] => {
  const counts = new Map<string, CodeCounts>();
  const of = (code: string): CodeCounts => {
    const known = counts.get(code) ?? {
      code,
      truePositive: 0,
      falsePositive: 0,
      falseNegative: 0,
    };
    counts.set(code, known);
    return known;
  };
  for (const one of judged) {
    for (const code of one.gold)
      if (one.proposed.includes(code)) of(code).truePositive += 1;
      else of(code).falseNegative += 1;
    for (const code of one.proposed)
      if (!one.gold.includes(code) && !one.optional.includes(code)) of(code).falsePositive += 1;
  }
  return [...counts.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
};

export const microF1 = (judged: readonly Judged[]): number =>
  f1(
    countsPerCode(judged).reduce(
      (sum, one) => ({
        truePositive: sum.truePositive + one.truePositive,
        falsePositive: sum.falsePositive + one.falsePositive,
        falseNegative: sum.falseNegative + one.falseNegative,
      }),
      { truePositive: 0, falsePositive: 0, falseNegative: 0 },
    ),
  );

/** Mean F1 over codes with at least `least` gold examples. */
export const macroF1 = (judged: readonly Judged[], least: number): number => {
  const codes = countsPerCode(judged).filter(
    (one) => one.truePositive + one.falseNegative >= least,
  );
  return ratio(
    codes.reduce((sum, one) => sum + f1(one), 0),
    codes.length,
  );
};

const withGold = (judged: readonly Judged[]): readonly Judged[] =>
  judged.filter((one) => one.gold.length > 0);

/** Share of documents with gold whose first ranked code is gold (or optional, unless `strict`). */
export const precisionAt1 = (judged: readonly Judged[], strict = false): number => {
  const documents = withGold(judged);
  const right = documents.filter((one) => {
    const first = one.ranked[0];
    if (first === undefined) return false;
    return one.gold.includes(first) || (!strict && one.optional.includes(first));
  });
  return ratio(right.length, documents.length);
};

/** Mean share of a document's gold codes that stand among its first three. */
export const recallAt3 = (judged: readonly Judged[]): number => {
  const documents = withGold(judged);
  const shares = documents.map((one) => {
    const first = one.ranked.slice(0, 3);
    return one.gold.filter((code) => first.includes(code)).length / one.gold.length;
  });
  return ratio(
    shares.reduce((sum, share) => sum + share, 0),
    documents.length,
  );
};

/** "No task" as an answer. A document with only optional codes is right either way and left out. */
export const noneAnswer = (
  judged: readonly Judged[],
): { readonly precision: number; readonly recall: number } => {
  const clear = judged.filter((one) => one.gold.length > 0 || one.optional.length === 0);
  const said = clear.filter((one) => one.proposed.length === 0);
  const right = said.filter((one) => one.gold.length === 0);
  const meant = clear.filter((one) => one.gold.length === 0);
  return { precision: ratio(right.length, said.length), recall: ratio(right.length, meant.length) };
};

export interface Forecast {
  readonly p: number;
  readonly right: boolean;
}

/** Expected calibration error over ten equal bins of forecasts with p ≥ .05, and how many bins were used. */
export const calibrationError = (
  forecasts: readonly Forecast[],
): { readonly error: number; readonly bins: number } => {
  const seen = forecasts.filter((one) => one.p >= 0.05);
  const bins = Array.from({ length: 10 }, (_, at) =>
    seen.filter((one) => Math.min(9, Math.floor(one.p * 10)) === at),
  ).filter((bin) => bin.length > 0);
  const error = bins.reduce((sum, bin) => {
    const mean = bin.reduce((total, one) => total + one.p, 0) / bin.length;
    const share = bin.filter((one) => one.right).length / bin.length;
    return sum + (bin.length / seen.length) * Math.abs(mean - share);
  }, 0);
  return { error, bins: bins.length };
};
