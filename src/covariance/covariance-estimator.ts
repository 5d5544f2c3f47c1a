import type { FeaturesSeen } from '../base/matrix-transformer.ts';
import { OptionError, ShapeError } from '../core/errors.ts';
import { Estimator } from '../core/estimator.ts';
import { checkSameRows } from '../core/rows.ts';
import { flag, type Rules } from '../core/rules.ts';
import { columnMeans } from '../matrix/column-means.ts';
import { covariance } from '../matrix/covariance.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { denseOnly } from '../matrix/dense-only.ts';
import { asMatrix, checkFeatures, type MatrixLike } from '../matrix/matrix.ts';
import { multiply } from '../matrix/multiply.ts';
import { symmetricPseudoInverse } from '../matrix/symmetric-pseudo-inverse.ts';
import { svd } from '../matrix/svd.ts';

export interface CovarianceOptions {
  /** Whether `fitted.precision` is worked out; without, it is null, and getPrecision() works it out each time. Default true. */
  storePrecision?: boolean;
  /** Whether the columns' means are known to be 0, so that X is not centred. Default false. */
  assumeCentered?: boolean;
}

/** What every covariance estimator has learned. */
export interface CovarianceFitted extends FeaturesSeen {
  /** The mean of each column; 0 with `assumeCentered`. */
  location: Float64Array;
  /** columns × columns, in the squared unit of X. */
  covariance: DenseMatrix;
  /** Its (pseudo-)inverse; null without `storePrecision`. */
  precision: DenseMatrix | null;
}

export interface ErrorNormOptions {
  /** 'frobenius': Σ of squared errors; 'spectral': the square of the largest singular value. Default 'frobenius'. */
  norm?: 'frobenius' | 'spectral';
  /** Whether to divide the squared norm by the number of columns. Default true. */
  scaling?: boolean;
  /** Whether to return the squared norm. Default true. */
  squared?: boolean;
}

export const covarianceRules: Rules<CovarianceOptions> = { storePrecision: flag(true), assumeCentered: flag(false) };

/**
 * What the estimators of a covariance share: distances and likelihoods under the normal distribution with that covariance.
 * A subclass is `estimate`.
 *
 * Counterpart: scikit-learn's EmpiricalCovariance, of which the others inherit there.
 */
export abstract class CovarianceEstimator<Options extends CovarianceOptions, Learned extends object = object> extends Estimator<Options, Learned & CovarianceFitted> {
  static override readonly weighsRows = false;

  /** The covariance of X about `location`, and whatever else is learned. */
  protected abstract estimate(X: DenseMatrix, location: Float64Array): Learned & { covariance: DenseMatrix };

  /** Learns from X; `y` is not used. @throws ShapeError, DataError for an X that cannot be learned from. @returns this */
  async fit(X: MatrixLike, y?: ArrayLike<unknown>): Promise<this> {
    const matrix = denseOnly(this.owner, X, 1);
    checkSameRows(this.owner, { X: matrix, y });
    const { assumeCentered, storePrecision } = this.options as Required<CovarianceOptions>;
    const location = assumeCentered ? new Float64Array(matrix.cols) : columnMeans(matrix);
    const learned = this.estimate(matrix, location);
    const precision = storePrecision ? symmetricPseudoInverse(learned.covariance).inverse : null;
    return this.restore({ ...learned, location, precision, nFeaturesIn: matrix.cols });
  }

  /** The inverse of the covariance; where that is singular, its pseudo-inverse. */
  async getPrecision(): Promise<DenseMatrix> {
    const { precision, covariance: own } = this.fitted;
    return precision ?? symmetricPseudoInverse(own).inverse;
  }

  /** Squared Mahalanobis distance (x − location)ᵀ·precision·(x − location) of each row. */
  async mahalanobis(X: MatrixLike): Promise<Float64Array> {
    const matrix = this.#seen(X);
    const { location } = this.fitted;
    const centred = matrix.copy();
    for (let start = 0; start < centred.data.length; start += matrix.cols) for (let j = 0; j < matrix.cols; j++) centred.data[start + j] -= location[j];
    const turned = multiply(centred, await this.getPrecision());
    return Float64Array.from({ length: matrix.rows }, (_, i) => {
      let sum = 0;
      for (let p = i * matrix.cols, end = p + matrix.cols; p < end; p++) sum += centred.data[p] * turned.data[p];
      return Math.max(sum, 0);
    });
  }

  /** Mean log likelihood of the rows of X under the normal distribution; −∞ where the covariance is singular. `y` is not used. */
  async score(X: MatrixLike, _y?: ArrayLike<unknown>): Promise<number> {
    const matrix = this.#seen(X, 1);
    const { location, covariance: own } = this.fitted;
    const { inverse, logDeterminant } = symmetricPseudoInverse(own);
    const scatter = covariance(matrix, location);
    let distance = 0;
    for (let p = 0; p < scatter.data.length; p++) distance += scatter.data[p] * inverse.data[p];
    return 0.5 * (logDeterminant - distance - matrix.cols * Math.log(2 * Math.PI));
  }

  /** How far another covariance, columns × columns, is from the one learned. Counterpart: error_norm. */
  errorNorm(other: MatrixLike, { norm = 'frobenius', scaling = true, squared = true }: ErrorNormOptions = {}): number {
    if (norm !== 'frobenius' && norm !== 'spectral') throw new OptionError(`${this.owner}: norm must be 'frobenius' or 'spectral', got ${String(norm)}.`);
    const { covariance: own } = this.fitted;
    const given = asMatrix(`${this.owner}: errorNorm`, other).toDense();
    if (given.rows !== own.rows || given.cols !== own.cols) {
      throw new ShapeError(`${this.owner}: errorNorm must be given ${own.rows} × ${own.cols}, got ${given.rows} × ${given.cols}.`);
    }
    const error = new DenseMatrix(own.rows, own.cols, given.data.map((value, p) => value - own.data[p]));
    let square = norm === 'frobenius' ? error.data.reduce((sum, value) => sum + value * value, 0) : svd(error).singular[0] ** 2;
    if (scaling) square /= own.rows;
    return squared ? square : Math.sqrt(square);
  }

  #seen(X: MatrixLike, minRows = 0): DenseMatrix {
    const { nFeaturesIn } = this.fitted;
    const matrix = denseOnly(this.owner, X, minRows);
    checkFeatures(this.owner, matrix, nFeaturesIn);
    return matrix;
  }
}
