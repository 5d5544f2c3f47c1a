import { DataError, ShapeError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';

/**
 * Columns in the order of all classes, where a model has learned some of them: `fill` for the others.
 * @throws ShapeError when there is not one column per learned class
 */
export function alignColumns(owner: string, values: DenseMatrix, learned: readonly Label[], all: readonly Label[], fill: number): DenseMatrix {
  if (values.cols !== learned.length) {
    throw new ShapeError(`${owner}: there must be one column per class (${learned.length}), got ${values.cols}.`);
  }
  if (learned.length === all.length) return values;
  const aligned = new DenseMatrix(values.rows, all.length);
  aligned.data.fill(fill);
  learned.forEach((label, k) => {
    const target = all.indexOf(label);
    for (let i = 0; i < values.rows; i++) aligned.data[i * all.length + target] = values.data[i * values.cols + k];
  });
  return aligned;
}

/**
 * Decision values in the order of all classes. One value per row of a model that learned two of more classes
 * becomes −v and v (scikit-learn refuses that case); classes that were not learned get the least double.
 * @throws DataError when only one class was learned
 */
export function alignScores(
  owner: string,
  scores: Float64Array | DenseMatrix,
  learned: readonly Label[],
  all: readonly Label[],
): Float64Array | DenseMatrix {
  if (scores instanceof DenseMatrix) return alignColumns(owner, scores, learned, all, -Number.MAX_VALUE);
  if (learned.length === all.length) return scores;
  if (learned.length !== 2) {
    throw new DataError(`${owner}: decision values must be of at least two classes, only ${learned.length} was learned. Use stratified folds.`);
  }
  const columns = new DenseMatrix(scores.length, 2);
  for (let i = 0; i < scores.length; i++) columns.data.set([-scores[i], scores[i]], 2 * i);
  return alignColumns(owner, columns, learned, all, -Number.MAX_VALUE);
}
