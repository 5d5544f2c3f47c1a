import { DataError } from '../core/errors.ts';
import { sigmoid } from '../linear/sigmoid.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { PredictionMethod } from '../model-selection/model.ts';
import { interpolate, isotonicFit, type MonotoneCurve } from './isotonic-fit.ts';
import { sigmoidFit, type SigmoidCurve } from './sigmoid-fit.ts';
import { logitsOf, scaledSoftmax, temperatureFit } from './temperature-fit.ts';

export type CalibrationMethod = 'sigmoid' | 'isotonic' | 'temperature';

/**
 * What turns a model's scores into probabilities. `columns` says which class each curve is of; two classes have one
 * curve, of the greater one.
 */
export type Calibrators =
  | { method: 'sigmoid'; columns: readonly number[]; curves: readonly SigmoidCurve[] }
  | { method: 'isotonic'; columns: readonly number[]; curves: readonly MonotoneCurve[] }
  | {
      method: 'temperature';
      /** β in softmax(β·logits); above 1 sharpens. */
      inverseTemperature: number;
    };

/**
 * @param scores rows × learned classes, or one column for two classes
 * @param columns position among all classes of each learned class
 * @param codes class of each row
 */
export function fitCalibrators(
  owner: string,
  method: CalibrationMethod,
  scores: DenseMatrix,
  columns: readonly number[],
  codes: Int32Array,
  weights: Float64Array | undefined,
  response: PredictionMethod,
): Calibrators {
  if (method === 'temperature') {
    const logits = logitsOf(bothColumns(scores, response));
    const unknown = codes.find((code) => !columns.includes(code));
    if (unknown !== undefined) throw new DataError(`${owner}: every class must be in every fold's training rows with method 'temperature'. Use stratified folds.`);
    return { method, inverseTemperature: temperatureFit(logits, codes, weights) };
  }
  const curveColumns = scores.cols === 1 ? [columns[columns.length - 1]] : columns;
  const curves = curveColumns.map((column, c) => {
    const isPositive = Uint8Array.from(codes, (code) => (code === column ? 1 : 0));
    const values = scores.col(c);
    return method === 'sigmoid' ? sigmoidFit(values, isPositive, weights) : isotonicFit(values, Float64Array.from(isPositive), weights);
  });
  return { method, columns: curveColumns, curves } as Calibrators;
}

/** rows × classes, each row summing to 1; equal shares where no curve gives any class a chance. */
export function calibrate(calibrators: Calibrators, scores: DenseMatrix, classes: number, response: PredictionMethod): DenseMatrix {
  if (calibrators.method === 'temperature') return scaledSoftmax(logitsOf(bothColumns(scores, response)), calibrators.inverseTemperature);
  const { columns } = calibrators;
  const proba = new DenseMatrix(scores.rows, classes);
  for (let i = 0; i < scores.rows; i++) {
    const row = proba.row(i);
    for (const [c, column] of columns.entries()) {
      const score = scores.data[i * scores.cols + c];
      if (calibrators.method === 'isotonic') row[column] = interpolate(calibrators.curves[c], score);
      else row[column] = sigmoid(-(calibrators.curves[c].slope * score + calibrators.curves[c].intercept));
    }
    if (classes === 2 && columns.length === 1) {
      row[1 - columns[0]] = 1 - row[columns[0]];
      continue;
    }
    let sum = 0;
    for (const value of row) sum += value;
    for (let k = 0; k < classes; k++) row[k] = sum === 0 ? 1 / classes : row[k] / sum;
  }
  return proba;
}

/** Probabilities of two classes from those of the second; anything else as it is. */
function bothColumns(scores: DenseMatrix, response: PredictionMethod): DenseMatrix {
  if (scores.cols !== 1 || response !== 'predictProba') return scores;
  const pairs = new DenseMatrix(scores.rows, 2);
  for (let i = 0; i < scores.rows; i++) pairs.data.set([1 - scores.data[i], scores.data[i]], 2 * i);
  return pairs;
}
