import { labelCodes, type Label } from '../core/labels.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Prediction } from '../metrics/make-scorer.ts';

/** What a pipeline says of the test rows. */
export interface TestPrediction {
  /** Rows × classes; for a pipeline without probabilities the share of fold models that chose the class. */
  probabilities?: DenseMatrix;
  /** Predicted numbers, for regression. */
  values?: Float64Array;
}

/** The mean of what several models say of the same rows. @param classes ascending; null for regression */
export function averagePrediction(predictions: readonly Prediction[], classes: readonly Label[] | null): TestPrediction {
  if (classes === null) return { values: mean(predictions.map(({ values }) => Float64Array.from(values as ArrayLike<number>))) };
  const each = predictions.map(({ probabilities, labels }) => probabilities?.data ?? chosen(labels as ArrayLike<Label>, classes));
  const data = mean(each);
  return { probabilities: new DenseMatrix(data.length / classes.length, classes.length, data) };
}

/** Rows × classes, 1 for the predicted class. @throws DataError for a label that is none of the classes */
export function chosen(labels: ArrayLike<Label>, classes: readonly Label[]): Float64Array {
  const data = new Float64Array(labels.length * classes.length);
  for (const [i, code] of labelCodes('Predictions', labels, classes).entries()) data[i * classes.length + code] = 1;
  return data;
}

function mean(each: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(each[0].length);
  for (const values of each) for (let i = 0; i < sum.length; i++) sum[i] += values[i];
  return sum.map((value) => value / each.length);
}
