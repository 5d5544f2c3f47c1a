import type { Label } from '../core/labels.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Prediction } from '../metrics/make-scorer.ts';

/** Predictions for rows that the predicting model had not seen. */
export interface OutOfFold {
  /** Fold of each training row, 0-based; −1 for a row that was never in a test fold. */
  folds: Int32Array;
  /** Predicted label of each training row, null at run time where its fold is −1; empty for regression. */
  labels: Label[];
  /** rows × classes, where the pipeline gives probabilities; NaN where the fold is −1. */
  probabilities?: DenseMatrix;
  /** Decision values, where the pipeline gives those and no probabilities; NaN where the fold is −1. */
  scores?: Float64Array | DenseMatrix;
  /** Predicted numbers, for regression; NaN where the fold is −1. */
  values?: Float64Array;
}

/** One fold's predictions for its test rows. */
export interface FoldPrediction {
  test: Int32Array;
  prediction: Prediction;
}

/** Puts the folds' predictions in the order of the rows. A row that is tested several times keeps its first prediction. */
export function collectOutOfFold(rows: number, predictions: readonly FoldPrediction[]): OutOfFold {
  const folds = new Int32Array(rows).fill(-1);
  const first = predictions[0]?.prediction ?? {};
  const labels = Array.from({ length: first.labels ? rows : 0 }, () => null as unknown as Label);
  const values = first.values && !first.labels ? nans(rows) : undefined;
  const probabilities = first.probabilities && nanRows(rows, first.probabilities.cols);
  const scores = first.scores && !probabilities ? (first.scores instanceof DenseMatrix ? nanRows(rows, first.scores.cols) : nans(rows)) : undefined;
  predictions.forEach(({ test, prediction }, fold) => {
    for (let i = 0; i < test.length; i++) {
      const row = test[i];
      if (folds[row] >= 0) continue;
      folds[row] = fold;
      if (prediction.labels && labels.length > 0) labels[row] = prediction.labels[i];
      if (values && prediction.values) values[row] = prediction.values[i];
      if (probabilities && prediction.probabilities) copyRow(prediction.probabilities, i, probabilities, row);
      if (scores instanceof DenseMatrix) copyRow(prediction.scores as DenseMatrix, i, scores, row);
      else if (scores) scores[row] = (prediction.scores as Float64Array)[i];
    }
  });
  return { folds, labels, ...(values && { values }), ...(probabilities && { probabilities }), ...(scores && { scores }) };
}

/** Without a view of either row, each of which costs more than the row. */
function copyRow(from: DenseMatrix, i: number, to: DenseMatrix, row: number): void {
  const { cols } = to;
  for (let j = 0; j < cols; j++) to.data[row * cols + j] = from.data[i * cols + j];
}

const nans = (length: number): Float64Array => new Float64Array(length).fill(Number.NaN);
const nanRows = (rows: number, cols: number): DenseMatrix => new DenseMatrix(rows, cols, nans(rows * cols));
