import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { ledoitWolf } from '../matrix/ledoit-wolf.ts';
import { CovarianceEstimator, covarianceRules, type CovarianceOptions } from './covariance-estimator.ts';

/** What LedoitWolf and OAS have learned besides the covariance. */
export interface ShrinkageFitted {
  /** Share of the equal variances in the mixture, in [0, 1]. */
  shrinkage: number;
}

/**
 * The covariance drawn towards equal variances, as far as Ledoit and Wolf's lemma says: (1 − s)·S + s·μ·I with the s that
 * is expected to bring it nearest to the true covariance, whatever the distribution of rows.
 *
 * X: rows × columns, dense. `y` is not used; there are no row weights.
 *
 * `fitted`: location, covariance, precision, shrinkage.
 *
 * Counterpart: scikit-learn's LedoitWolf, without block_size, which changes no number.
 * Source: Ledoit and Wolf, "A well-conditioned estimator for large-dimensional covariance matrices", J. Multivariate
 * Analysis 88(2), 2004.
 *
 * @throws DataError for sparse X
 * @example
 * const model = await new LedoitWolf().fit(X);
 * model.fitted.shrinkage; // near 0 for many rows
 */
export class LedoitWolf extends CovarianceEstimator<CovarianceOptions, ShrinkageFitted> {
  static override readonly rules = covarianceRules;

  protected estimate(X: DenseMatrix, location: Float64Array): ShrinkageFitted & { covariance: DenseMatrix } {
    return ledoitWolf(X, location);
  }
}
