import { covariance } from '../matrix/covariance.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { CovarianceEstimator, covarianceRules, type CovarianceOptions } from './covariance-estimator.ts';

/**
 * The covariance of largest likelihood, Σᵢ (xᵢ − mean)·(xᵢ − mean)ᵀ / rows.
 *
 * X: rows × columns, dense. `y` is not used; there are no row weights.
 *
 * `fitted`: location, covariance, precision.
 *
 * Counterpart: scikit-learn's EmpiricalCovariance. The score of a singular covariance is −∞; there it is that, or what
 * rounding makes of it.
 * Source: Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 2nd ed., §4.3.
 *
 * @throws DataError for sparse X
 * @example
 * const model = await new EmpiricalCovariance().fit(X);
 * await model.mahalanobis(X); // squared distances from the mean, in units of the spread
 */
export class EmpiricalCovariance extends CovarianceEstimator<CovarianceOptions> {
  static override readonly rules = covarianceRules;

  protected estimate(X: DenseMatrix, location: Float64Array): { covariance: DenseMatrix } {
    return { covariance: covariance(X, location) };
  }
}
