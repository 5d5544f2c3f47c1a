import { number, type Rules } from '../core/rules.ts';
import { covariance, shrinkCovariance } from '../matrix/covariance.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { CovarianceEstimator, covarianceRules, type CovarianceOptions } from './covariance-estimator.ts';

export interface ShrunkCovarianceOptions extends CovarianceOptions {
  /** Share of the equal variances in the mixture, in [0, 1]. Default 0.1. */
  shrinkage?: number;
}

/**
 * The covariance drawn towards equal variances, (1 − shrinkage)·S + shrinkage·μ·I, where S is the covariance of largest
 * likelihood and μ its mean variance: its small eigenvalues, which few rows underestimate, become larger.
 *
 * X: rows × columns, dense. `y` is not used; there are no row weights.
 *
 * `fitted`: location, covariance, precision.
 *
 * Counterpart: scikit-learn's ShrunkCovariance.
 * Source: Ledoit and Wolf, "A well-conditioned estimator for large-dimensional covariance matrices", J. Multivariate
 * Analysis 88(2), 2004.
 *
 * @throws DataError for sparse X
 * @example
 * const model = await new ShrunkCovariance({ shrinkage: 0.2 }).fit(X);
 * model.fitted.precision; // exists even with fewer rows than columns
 */
export class ShrunkCovariance extends CovarianceEstimator<ShrunkCovarianceOptions> {
  static override readonly rules: Rules<ShrunkCovarianceOptions> = { ...covarianceRules, shrinkage: number(0.1, { min: 0, max: 1 }) };

  protected estimate(X: DenseMatrix, location: Float64Array): { covariance: DenseMatrix } {
    return { covariance: shrinkCovariance(covariance(X, location), this.options.shrinkage) };
  }
}
