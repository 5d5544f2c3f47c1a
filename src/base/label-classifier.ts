import { DataError } from '../core/errors.ts';
import { Estimator } from '../core/estimator.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { encodeLabels, type Label, type Labels } from '../core/labels.ts';
import { checkSameRows, rowsAlone } from '../core/rows.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike, type Sized } from '../matrix/matrix.ts';
import type { FeaturesSeen } from './matrix-transformer.ts';

/** What every classifier has learned besides its own. */
export interface ClassesSeen extends FeaturesSeen {
  /** The distinct labels of y, ascending; column k of predictProba is classes[k]. */
  classes: readonly Label[];
}

/** y as a classifier's `learn` meets it. */
export interface Target {
  classes: readonly Label[];
  /** Position in `classes`, one per row. */
  codes: Int32Array;
  /** Checked weights; undefined where every row weighs 1. */
  sampleWeight: Float64Array | undefined;
}

/** Training rows as a classifier's `learn` meets them. */
export interface LabelledRows<Read = Matrix> {
  X: Read;
  target: Target;
}

/**
 * A classifier over a Matrix that need not know probabilities. Takes care of X, labels and weights, so that a
 * subclass is `learn` and `predict`; where it knows probabilities, extend Classifier.
 *
 * `In` is what X may be, and `Read` what `learn` meets; a classifier that takes more than matrices overrides `matrixOf`.
 *
 * Counterpart: scikit-learn's ClassifierMixin.
 */
export abstract class LabelClassifier<
  Options extends object,
  Learned extends object,
  In = MatrixLike,
  Read extends Sized = Matrix,
> extends Estimator<Options, Learned & ClassesSeen> {
  /** What cross-validation and ensembles take it for. */
  get estimatorType(): 'classifier' {
    return 'classifier';
  }

  /** Fewest distinct labels that `fit` accepts. */
  protected get minClasses(): number {
    return 2;
  }

  protected abstract learn(X: Read, y: Target): Learned | Promise<Learned>;

  /** One label per row. */
  abstract predict(X: In): Promise<Label[]>;

  /** @throws ShapeError, DataError for X, y or weights that cannot be learned from. @returns this */
  async fit(X: In, y: Labels, options: FitOptions = {}): Promise<this> {
    const rows = this.trainingRows(X, y, options);
    return this.keep(await this.learn(rows.X, rows.target), rows);
  }

  /** What `fit` is given, checked, as `learn` meets it. */
  protected trainingRows(X: In, y: Labels, options: FitOptions): LabelledRows<Read> {
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one label per row.`);
    const matrix = this.matrixOf(X);
    checkSameRows(this.owner, { X: rowsAlone(matrix), y });
    const { classes, codes } = encodeLabels(this.owner, y);
    const fraction = classes.find((label) => typeof label === 'number' && !Number.isInteger(label));
    if (fraction !== undefined) {
      throw new DataError(`${this.owner}: labels must be whole numbers, text or booleans, got ${fraction}. Use a regressor for measured values.`);
    }
    if (classes.length < this.minClasses) {
      throw new DataError(`${this.owner}: y must have at least ${this.minClasses} classes, got only ${classes.map(show).join(', ')}.`);
    }
    const sampleWeight = checkSampleWeight(this.owner, options.sampleWeight, matrix.rows);
    return { X: matrix, target: { classes, codes, sampleWeight } };
  }

  /** Puts in place what was learned from these rows. */
  protected keep(learned: Learned, { X, target }: LabelledRows<Read>): this {
    return this.restore({ ...learned, classes: target.classes, nFeaturesIn: X.cols });
  }

  /** Accuracy of predict(X) against y, weighted if weights are given. */
  async score(X: In, y: Labels, { sampleWeight }: FitOptions = {}): Promise<number> {
    const predicted = await this.predict(X);
    checkSameRows(this.owner, { X: predicted, y });
    let hits = 0;
    let total = 0;
    for (let i = 0; i < predicted.length; i++) {
      const weight = sampleWeight ? sampleWeight[i] : 1;
      if (predicted[i] === y[i]) hits += weight;
      total += weight;
    }
    return hits / total;
  }

  /** X as `learn` meets it. */
  protected matrixOf(X: In, minRows = 1): Read {
    return asMatrix(this.owner, X as MatrixLike, { minRows }) as Sized as Read;
  }

  /** X with the columns that fit saw. */
  protected checkSeen(X: In): Read {
    const { nFeaturesIn } = this.fitted;
    const matrix = this.matrixOf(X, 0);
    checkFeatures(this.owner, matrix, nFeaturesIn);
    return matrix;
  }

  /** The label of the largest value in each row; the first on a tie, as numpy.argmax. */
  protected labelsOf(scores: DenseMatrix): Label[] {
    const { classes } = this.fitted;
    const { rows, cols, data } = scores;
    return Array.from({ length: rows }, (_, i) => {
      const start = i * cols;
      let best = start;
      for (let at = start + 1; at < start + cols; at++) if (data[at] > data[best]) best = at;
      return classes[best - start];
    });
  }
}
