import { covariance, meanVariance, shrinkCovariance } from '../matrix/covariance.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { CovarianceEstimator, covarianceRules, type CovarianceOptions } from './covariance-estimator.ts';
import type { ShrinkageFitted } from './ledoit-wolf.ts';

/**
 * The covariance drawn towards equal variances by the oracle approximating shrinkage: for normal rows it converges faster to
 * the best shrinkage than LedoitWolf. With a the mean square of S's elements and μ its mean variance,
 * s = min((a + μ²) / ((n + 1)·(a − μ²/p)), 1).
 *
 * X: rows × columns, dense. `y` is not used; there are no row weights.
 *
 * `fitted`: location, covariance, precision, shrinkage.
 *
 * Counterpart: scikit-learn's OAS, which leaves out a term of 2/p of the paper's formula, as here.
 * Source: Chen, Wiesel, Eldar and Hero, "Shrinkage algorithms for MMSE covariance estimation", IEEE Trans. Signal
 * Processing 58(10), 2010, equation 23.
 *
 * @throws DataError for sparse X
 * @example
 * const model = await new OAS().fit(X);
 * await model.score(Xnew); // mean log likelihood
 */
export class OAS extends CovarianceEstimator<CovarianceOptions, ShrinkageFitted> {
  static override readonly rules = covarianceRules;

  protected estimate(X: DenseMatrix, location: Float64Array): ShrinkageFitted & { covariance: DenseMatrix } {
    const S = covariance(X, location);
    const shrinkage = X.cols === 1 ? 0 : oasShrinkage(S, X.rows);
    return { covariance: shrinkCovariance(S, shrinkage), shrinkage };
  }
}

function oasShrinkage(S: DenseMatrix, rows: number): number {
  const meanSquare = S.data.reduce((sum, value) => sum + value * value, 0) / S.data.length;
  const square = meanVariance(S) ** 2;
  const distance = (rows + 1) * (meanSquare - square / S.rows);
  return distance === 0 ? 1 : Math.min((meanSquare + square) / distance, 1);
}
