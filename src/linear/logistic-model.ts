import { Classifier } from '../base/classifier.ts';
import type { Label } from '../core/labels.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { timesTransposed } from '../matrix/products.ts';
import type { LinearClassifierFitted } from './linear-classifier.ts';
import { sigmoid } from './sigmoid.ts';

/** Predictions of logistic regression, however its coefficients came about: a subclass is `learn`. */
export abstract class LogisticModel<Options extends object, Learned extends LinearClassifierFitted> extends Classifier<Options, Learned> {
  /** One score per row for two classes, above 0 meaning classes[1]; else rows × classes. */
  async decisionFunction(X: MatrixLike): Promise<Float64Array | DenseMatrix> {
    const scores = this.#scores(this.checkSeen(X), this.fitted);
    return scores.cols === 1 ? scores.data : scores;
  }

  override async predict(X: MatrixLike): Promise<Label[]> {
    const { classes } = this.fitted;
    const scores = this.#scores(this.checkSeen(X), this.fitted);
    return scores.cols === 1 ? Array.from(scores.data, (score) => classes[score > 0 ? 1 : 0]) : this.labelsOf(scores);
  }

  protected probabilities(X: Matrix, fitted: LinearClassifierFitted): DenseMatrix {
    const scores = this.#scores(X, fitted);
    if (scores.cols > 1) return softmaxRows(scores);
    const result = new DenseMatrix(X.rows, 2);
    for (let i = 0; i < X.rows; i++) {
      const p = sigmoid(scores.data[i]);
      result.data[2 * i] = 1 - p;
      result.data[2 * i + 1] = p;
    }
    return result;
  }

  #scores(X: Matrix, { coef, intercept }: LinearClassifierFitted): DenseMatrix {
    const scores = new DenseMatrix(X.rows, coef.rows);
    timesTransposed(X, coef, intercept, scores.data);
    return scores;
  }
}

/** e^z / Σ e^z of each row, in place. */
function softmaxRows(scores: DenseMatrix): DenseMatrix {
  for (let i = 0; i < scores.rows; i++) {
    const row = scores.row(i);
    let highest = row[0];
    for (let k = 1; k < row.length; k++) if (row[k] > highest) highest = row[k];
    let sum = 0;
    for (let k = 0; k < row.length; k++) sum += row[k] = Math.exp(row[k] - highest);
    for (let k = 0; k < row.length; k++) row[k] /= sum;
  }
  return scores;
}
