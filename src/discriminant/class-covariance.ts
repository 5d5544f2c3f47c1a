import { OptionError } from '../core/errors.ts';
import { choice, custom, either, number, optional, type Rule } from '../core/rules.ts';
import { isConstantVariance } from '../matrix/constant-variance.ts';
import { columnMoments } from '../matrix/column-moments.ts';
import { covariance, shrinkCovariance } from '../matrix/covariance.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { ledoitWolf } from '../matrix/ledoit-wolf.ts';
import type { MatrixLike } from '../matrix/matrix.ts';

/** Anything that learns a covariance, such as OAS or LedoitWolf. */
export interface CovarianceModel {
  clone(): CovarianceModel;
  fit(X: MatrixLike): Promise<unknown>;
  readonly fitted: object;
}

/** How the covariance of a class is estimated. */
export interface CovarianceShape {
  /**
   * Draws each covariance towards equal variances: a share in [0, 1], or 'auto' for what Ledoit and Wolf's lemma says of
   * standardised columns. Default null: not at all.
   */
  shrinkage?: number | 'auto' | null;
  /** An estimator such as OAS, of which clones are fitted, in place of `shrinkage`. Default null. */
  covarianceEstimator?: CovarianceModel | null;
}

export const shrinkageRule = (): Rule<number | 'auto' | null> => optional(either<number | 'auto' | null>([number(0, { min: 0, max: 1 }), choice('auto', ['auto'])], null));

export const covarianceEstimatorRule = (): Rule<CovarianceModel | null> =>
  optional(
    custom<CovarianceModel | null>(
      null,
      'an estimator of covariances',
      (v) => ['fit', 'clone'].every((method) => typeof (v as Record<string, unknown> | null)?.[method] === 'function'),
      'oas',
    ),
  );

/** The covariance of X's columns about their means, as the options say. @throws OptionError where both are given, or the estimator learns none */
export async function classCovariance(owner: string, X: DenseMatrix, { shrinkage, covarianceEstimator }: Required<CovarianceShape>): Promise<DenseMatrix> {
  if (covarianceEstimator !== null) {
    if (shrinkage !== null && shrinkage !== 0) throw new OptionError(`${owner}: shrinkage must be null with a covarianceEstimator, got ${shrinkage}. Use one of the two.`);
    const model = covarianceEstimator.clone();
    await model.fit(X);
    const { covariance: learned } = model.fitted as { covariance?: unknown };
    if (learned instanceof DenseMatrix) return learned;
    throw new OptionError(`${owner}: covarianceEstimator must learn fitted.covariance, ${model.constructor.name} does not. Use one such as LedoitWolf.`);
  }
  if (shrinkage === 'auto') return standardisedLedoitWolf(X);
  return shrinkage === null ? covariance(X) : shrinkCovariance(covariance(X), shrinkage);
}

/** Shrunk in standardised columns, so that it does not depend on their units. */
function standardisedLedoitWolf(X: DenseMatrix): DenseMatrix {
  const { mean, variance } = columnMoments(X);
  const scale = variance.map((v, j) => (isConstantVariance(v, mean[j], X.rows) ? 1 : Math.sqrt(v)));
  const standardised = X.copy();
  for (let start = 0; start < standardised.data.length; start += X.cols) {
    for (let j = 0; j < X.cols; j++) standardised.data[start + j] = (standardised.data[start + j] - mean[j]) / scale[j];
  }
  const { covariance: C } = ledoitWolf(standardised);
  for (let i = 0; i < C.rows; i++) for (let j = 0; j < C.cols; j++) C.data[i * C.cols + j] *= scale[i] * scale[j];
  return C;
}
