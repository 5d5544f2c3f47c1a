/** Rows that are left out: those of one fold. */
export interface LeftOut {
  /** Fold of each row. */
  folds: Int32Array;
  fold: number;
}

/** Mean of y over all rows but those left out. */
export function targetMean(y: Float64Array, leftOut: LeftOut | null): number {
  let sum = 0;
  let rows = 0;
  for (let i = 0; i < y.length; i++) {
    if (leftOut !== null && leftOut.folds[i] === leftOut.fold) continue;
    sum += y[i];
    rows++;
  }
  return sum / rows;
}

/**
 * The shrunk mean of y for each category, over all rows but those left out.
 *
 * With a number m: (Σ y + m·ȳ) / (n + m). With 'auto': λ·(Σ y / n) + (1 − λ)·ȳ, λ = σ²n / (σ²n + s²), where σ² is the
 * variance of y and s² the variance within the category (both over n). A category without rows gets ȳ.
 *
 * @param codes category of each row, −1 for none
 * @param count number of categories
 * @param y one number per row
 * @param overall ȳ, over the same rows
 * Source: Micci-Barreca, "A preprocessing scheme for high-cardinality categorical attributes", 2001, equations 3 to 6.
 */
export function targetEncoding(codes: Int32Array, count: number, y: Float64Array, overall: number, smooth: 'auto' | number, leftOut: LeftOut | null): Float64Array {
  const folds = leftOut === null ? null : leftOut.folds;
  const fold = leftOut === null ? -1 : leftOut.fold;
  const sums = new Float64Array(count);
  const rows = new Float64Array(count);
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] < 0 || (folds !== null && folds[i] === fold)) continue;
    sums[codes[i]] += y[i];
    rows[codes[i]]++;
  }
  if (smooth !== 'auto') {
    return sums.map((sum, k) => (rows[k] + smooth === 0 ? overall : (sum + smooth * overall) / (rows[k] + smooth)));
  }
  const means = sums.map((sum, k) => sum / rows[k]);
  const squares = new Float64Array(count);
  let variance = 0;
  let total = 0;
  for (let i = 0; i < codes.length; i++) {
    if (folds !== null && folds[i] === fold) continue;
    total++;
    variance += (y[i] - overall) ** 2;
    if (codes[i] >= 0) squares[codes[i]] += (y[i] - means[codes[i]]) ** 2;
  }
  variance /= total;
  return means.map((mean, k) => {
    const weight = (variance * rows[k]) / (variance * rows[k] + squares[k] / rows[k]);
    // NaN: a category without rows, or neither variance.
    return Number.isNaN(weight) ? overall : weight * mean + (1 - weight) * overall;
  });
}
