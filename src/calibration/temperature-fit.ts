import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { minimiseBounded } from './minimise-bounded.ts';

/** Keeps the logarithm of a probability of 0 finite. */
const SMALL = 1e-12;
/** How far from 1 a row of probabilities may sum: very sure ones are rounded coarsely. As numpy.isclose. */
const SUM_TOLERANCE = 1e-8 + 1e-5;

/**
 * What softmax takes: probabilities become their logarithms, one column of decision values v becomes −v and v, and
 * other columns stay.
 */
export function logitsOf(responses: DenseMatrix): DenseMatrix {
  if (responses.cols === 1) {
    const pairs = new DenseMatrix(responses.rows, 2);
    for (let i = 0; i < responses.rows; i++) pairs.data.set([-responses.data[i], responses.data[i]], 2 * i);
    return pairs;
  }
  return isProbabilities(responses) ? new DenseMatrix(responses.rows, responses.cols, responses.data.map((p) => Math.log(p + SMALL))) : responses;
}

/**
 * The inverse temperature β that makes softmax(β·logits) likeliest, sought for ln β in [−10, 10].
 *
 * Counterpart: the calibrator of CalibratedClassifierCV(method="temperature").
 * Source: Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", ICML 2017.
 */
export function temperatureFit(logits: DenseMatrix, codes: Int32Array, weights: Float64Array | undefined): number {
  const { rows, cols, data } = logits;
  const total = weights ? weights.reduce((a, b) => a + b, 0) : rows;
  const loss = (logBeta: number): number => {
    const beta = Math.exp(logBeta);
    let sum = 0;
    for (let i = 0; i < rows; i++) {
      let largest = -Infinity;
      for (let k = 0; k < cols; k++) largest = Math.max(largest, beta * data[i * cols + k]);
      let exponentials = 0;
      for (let k = 0; k < cols; k++) exponentials += Math.exp(beta * data[i * cols + k] - largest);
      sum += (weights ? weights[i] : 1) * (Math.log(exponentials) + largest - beta * data[i * cols + codes[i]]);
    }
    return sum / total;
  };
  return Math.exp(minimiseBounded(loss, -10, 10, 64 * Number.EPSILON).x);
}

/** softmax(β·logits), row by row. */
export function scaledSoftmax(logits: DenseMatrix, beta: number): DenseMatrix {
  const proba = new DenseMatrix(logits.rows, logits.cols);
  for (let i = 0; i < logits.rows; i++) {
    const row = proba.row(i);
    const from = logits.row(i);
    let largest = -Infinity;
    for (let k = 0; k < row.length; k++) largest = Math.max(largest, beta * from[k]);
    let sum = 0;
    for (let k = 0; k < row.length; k++) sum += row[k] = Math.exp(beta * from[k] - largest);
    for (let k = 0; k < row.length; k++) row[k] /= sum;
  }
  return proba;
}

function isProbabilities({ rows, cols, data }: DenseMatrix): boolean {
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let k = 0; k < cols; k++) {
      const value = data[i * cols + k];
      if (!(value >= 0 && value <= 1)) return false;
      sum += value;
    }
    if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) return false;
  }
  return true;
}
