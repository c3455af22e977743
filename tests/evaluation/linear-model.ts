/** A linear one-against-the-rest model on sparse rows: L2 support vector machine by dual coordinate descent in fixed order, so the same rows give the same weights. */

/** `features` in rising order, parallel to `values`. */
export interface Row {
  readonly features: Int32Array;
  readonly values: Float64Array;
}

export interface LinearModel {
  readonly bias: number;
  readonly weights: Float64Array;
}

const PASSES = 60;
export const marginOfRow = (row: Row, model: LinearModel): number => {
  let sum = model.bias;
  for (let at = 0; at < row.features.length; at += 1)
    sum += (model.weights[row.features[at] ?? 0] ?? 0) * (row.values[at] ?? 0);
  return sum;
};

const squareOf = (row: Row): number => row.values.reduce((sum, value) => sum + value * value, 0);

/** After Hsieh and others 2008, squared hinge loss; the bias is a feature that is always 1; `cost` is the price of a training error. */
export const trainLinear = (
  rows: readonly Row[],
  right: readonly boolean[],
  options: { readonly features: number; readonly cost: number },
): LinearModel => {
  const weights = new Float64Array(options.features);
  const model = { bias: 0, weights };
  const alphas = new Float64Array(rows.length);
  const diagonal = 1 / (2 * options.cost);
  const squares = rows.map((row) => squareOf(row) + 1 + diagonal);
  const visit = (row: Row, at: number): void => {
    const sign = right[at] === true ? 1 : -1;
    const alpha = alphas[at] ?? 0;
    const slope = sign * marginOfRow(row, model) - 1 + diagonal * alpha;
    const next = Math.max(0, alpha - slope / (squares[at] ?? 1));
    if (next === alpha) return;
    alphas[at] = next;
    const step = sign * (next - alpha);
    model.bias += step;
    for (let place = 0; place < row.features.length; place += 1) {
      const feature = row.features[place] ?? 0;
      weights[feature] = (weights[feature] ?? 0) + step * (row.values[place] ?? 0);
    }
  };
  for (let pass = 0; pass < PASSES; pass += 1) rows.forEach(visit);
  return model;
};
