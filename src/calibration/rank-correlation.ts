/** Spearman's rank correlation: Pearson's of the ranks, ties sharing their mean rank; NaN where one side is constant. */
export function rankCorrelation(a: Float64Array, b: Float64Array): number {
  const x = ranks(a);
  const y = ranks(b);
  const middle = (a.length + 1) / 2;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < a.length; i++) {
    xy += (x[i] - middle) * (y[i] - middle);
    xx += (x[i] - middle) ** 2;
    yy += (y[i] - middle) ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}

function ranks(values: Float64Array): Float64Array {
  const order = Array.from(values.keys()).sort((i, j) => values[i] - values[j]);
  const result = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let p = from; p < to; p++) result[order[p]] = (from + to + 1) / 2;
  }
  return result;
}
