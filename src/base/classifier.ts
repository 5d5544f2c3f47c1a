import type { Label } from '../core/labels.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike, Sized } from '../matrix/matrix.ts';
import { LabelClassifier, type ClassesSeen } from './label-classifier.ts';

export type { ClassesSeen, LabelledRows, Target } from './label-classifier.ts';

/**
 * A classifier over a Matrix that knows probabilities: a subclass is `learn` and `probabilities`. Labels keep
 * their type: strings in, strings out.
 *
 * Counterpart: scikit-learn's ClassifierMixin, with predict_proba.
 */
export abstract class Classifier<
  Options extends object,
  Learned extends object,
  In = MatrixLike,
  Read extends Sized = Matrix,
> extends LabelClassifier<Options, Learned, In, Read> {
  /** rows × classes, each row summing to 1. */
  protected abstract probabilities(X: Read, fitted: Learned & ClassesSeen): DenseMatrix | Promise<DenseMatrix>;

  /** The most probable label of each row; the smaller class on a tie. */
  async predict(X: In): Promise<Label[]> {
    return this.labelsOf(await this.probabilities(this.checkSeen(X), this.fitted));
  }

  /** rows × classes, columns in the order of `fitted.classes`. */
  async predictProba(X: In): Promise<DenseMatrix> {
    return this.probabilities(this.checkSeen(X), this.fitted);
  }

  /** ln of predictProba; −∞ where a probability is 0. */
  async predictLogProba(X: In): Promise<DenseMatrix> {
    const proba = await this.predictProba(X);
    return new DenseMatrix(proba.rows, proba.cols, proba.data.map(Math.log));
  }
}
