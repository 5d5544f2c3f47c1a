import { fSurvival } from '../core/survival.ts';
import { encodeLabels, type Labels } from '../core/labels.ts';
import { checkSameRows } from '../core/rows.ts';
import { asMatrix, type MatrixLike } from '../matrix/matrix.ts';
import { columnSquares, perClassSums } from './per-class-sums.ts';

/**
 * F of a one-way analysis of variance of each column over classes: the variance between class means over the
 * variance within classes. A constant column scores NaN, one that is constant within each class Infinity.
 *
 * X: rows × columns, dense or sparse. y: one label per row.
 * @returns scores and pvalues, one per column
 * Counterpart: scikit-learn's f_classif, by the same sums of squares.
 * Source: Heiman, "Understanding research methods and statistics", 2001, ch. 14.
 *
 * @example
 * fClassif(X, labels).pvalues;
 */
export function fClassif(X: MatrixLike, y: Labels): { scores: Float64Array; pvalues: Float64Array } {
  const matrix = asMatrix('fClassif', X);
  checkSameRows('fClassif', { X: matrix, y });
  const { rows, cols } = matrix;
  const { classes, codes } = encodeLabels('fClassif', y);
  const { sums, counts } = perClassSums(matrix, codes, classes.length);
  const squares = columnSquares(matrix);
  const between = classes.length - 1;
  const within = rows - classes.length;
  const scores = new Float64Array(cols);
  for (let j = 0; j < cols; j++) {
    let total = 0;
    let ofClasses = 0;
    for (let k = 0; k < classes.length; k++) {
      const sum = sums[k * cols + j];
      total += sum;
      ofClasses += sum ** 2 / counts[k];
    }
    const mean = total ** 2 / rows;
    const spreadBetween = ofClasses - mean;
    const spreadWithin = squares[j] - mean - spreadBetween;
    scores[j] = spreadBetween / between / (spreadWithin / within);
  }
  return { scores, pvalues: scores.map((score) => fSurvival(score, between, within)) };
}
