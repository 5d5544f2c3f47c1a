import { LabelClassifier } from '../base/label-classifier.ts';
import type { Label } from '../core/labels.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { MatrixLike } from '../matrix/matrix.ts';
import { timesTransposed } from '../matrix/products.ts';

/** What every linear classifier has learned: scores are X·coefᵀ + intercept. */
export interface LinearClassifierFitted {
  /** 1 × features for two classes (the score of classes[1]), else classes × features. */
  coef: DenseMatrix;
  /** One per row of coef. */
  intercept: Float64Array;
}

/** A classifier that goes by the largest linear score, and knows no probabilities of its own: a subclass is `learn`. */
export abstract class LinearClassifier<Options extends object, Learned extends LinearClassifierFitted> extends LabelClassifier<Options, Learned> {
  /** One score per row for two classes, above 0 meaning classes[1]; else rows × classes. */
  async decisionFunction(X: MatrixLike): Promise<Float64Array | DenseMatrix> {
    const scores = this.scores(X);
    return scores.cols === 1 ? scores.data : scores;
  }

  async predict(X: MatrixLike): Promise<Label[]> {
    const { classes } = this.fitted;
    const scores = this.scores(X);
    return scores.cols === 1 ? Array.from(scores.data, (score) => classes[score > 0 ? 1 : 0]) : this.labelsOf(scores);
  }

  /** X·coefᵀ + intercept: rows × rows of coef. */
  protected scores(X: MatrixLike): DenseMatrix {
    const { coef, intercept } = this.fitted;
    const matrix = this.checkSeen(X);
    const scores = new DenseMatrix(matrix.rows, coef.rows);
    timesTransposed(matrix, coef, intercept, scores.data);
    return scores;
  }
}
