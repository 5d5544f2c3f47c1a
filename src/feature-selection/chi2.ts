import { chi2Survival } from '../core/survival.ts';
import { DataError } from '../core/errors.ts';
import { encodeLabels, type Labels } from '../core/labels.ts';
import { checkSameRows } from '../core/rows.ts';
import { asMatrix, type MatrixLike } from '../matrix/matrix.ts';
import { perClassSums } from './per-class-sums.ts';

/**
 * χ² of each column of counts against classes: Σ (observed − expected)² / expected over classes, where observed is
 * a class's sum of the column and expected its share of all rows times the column's sum. A column without any
 * counts, and every column where y has one label only, scores NaN, which selectors rank last.
 *
 * X: rows × columns, not negative, dense or sparse. y: one label per row.
 * @returns scores and pvalues, one per column
 * @throws DataError for a negative value
 * Counterpart: scikit-learn's chi2.
 *
 * @example
 * chi2(counts, labels).scores;
 */
export function chi2(X: MatrixLike, y: Labels): { scores: Float64Array; pvalues: Float64Array } {
  const matrix = asMatrix('chi2', X);
  checkSameRows('chi2', { X: matrix, y });
  const negative = matrix.data.find((value) => value < 0);
  if (negative !== undefined) throw new DataError(`chi2: X must not be negative, got ${negative}. Use counts, or another score.`);
  const { classes, codes } = encodeLabels('chi2', y);
  const { sums, counts } = perClassSums(matrix, codes, classes.length);
  const scores = new Float64Array(matrix.cols);
  for (let j = 0; j < matrix.cols; j++) {
    let total = 0;
    for (let k = 0; k < classes.length; k++) total += sums[k * matrix.cols + j];
    for (let k = 0; k < classes.length; k++) {
      const expected = (counts[k] / matrix.rows) * total;
      scores[j] += (sums[k * matrix.cols + j] - expected) ** 2 / expected;
    }
  }
  // One class leaves no degree of freedom.
  if (classes.length === 1) return { scores: scores.fill(Number.NaN), pvalues: scores.slice() };
  return { scores, pvalues: scores.map((score) => chi2Survival(score, classes.length - 1)) };
}
