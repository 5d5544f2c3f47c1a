import { fSurvival } from '../core/survival.ts';
import type { MatrixLike } from '../matrix/matrix.ts';
import { rRegression, type CorrelationOptions } from './r-regression.ts';

/**
 * F of each column's linear regression of y: r²/(1 − r²)·(rows − 2) with Pearson's r.
 *
 * X: rows × columns, dense or sparse. y: numbers.
 * @returns scores and pvalues, one per column
 * Counterpart: scikit-learn's f_regression.
 *
 * @example
 * fRegression(X, prices).scores;
 */
export function fRegression(X: MatrixLike, y: ArrayLike<number>, options: CorrelationOptions = {}): { scores: Float64Array; pvalues: Float64Array } {
  const { center = true, forceFinite = true } = options;
  const correlations = rRegression(X, y, options);
  const freedom = y.length - (center ? 2 : 1);
  const scores = correlations.map((r) => (r ** 2 / (1 - r ** 2)) * freedom);
  const pvalues = scores.map((score) => fSurvival(score, 1, freedom));
  for (let j = 0; forceFinite && j < scores.length; j++) {
    if (Math.abs(scores[j]) === Infinity) scores[j] = Number.MAX_VALUE;
    if (Number.isNaN(scores[j])) [scores[j], pvalues[j]] = [0, 1];
  }
  return { scores, pvalues };
}
