import type { DenseMatrix } from './dense-matrix.ts';

/**
 * Takes ln Σₖ exp(logsₖ) off every row, in place, so that the exponentials of a row sum to 1; the largest term is
 * factored out so that no exp overflows. A row of −∞ becomes NaN.
 *
 * @returns what was taken off, one per row
 * Counterpart: scipy.special.logsumexp(axis=1), subtracted.
 */
export function normalizeLogs({ rows, cols, data }: DenseMatrix): Float64Array {
  const totals = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const start = i * cols;
    let largest = -Infinity;
    for (let k = 0; k < cols; k++) largest = Math.max(largest, data[start + k]);
    let sum = 0;
    for (let k = 0; k < cols; k++) sum += Math.exp(data[start + k] - largest);
    // Taken off whole, as scikit-learn does: in two steps more digits would be kept, but near 0 and 1 other rows would tie, and
    // log losses and areas under curves would not be its any more.
    const total = largest + Math.log(sum);
    for (let k = 0; k < cols; k++) data[start + k] -= total;
    totals[i] = total;
  }
  return totals;
}
