import { centre } from '../matrix/centre.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { evidenceRidge, type EvidenceOptions } from '../matrix/evidence-ridge.ts';
import { RidgeSpectrum } from '../matrix/ridge-spectrum.ts';

/** A line through the data: prediction = x·coef + intercept. */
export interface LinearFit {
  coef: Float64Array;
  intercept: number;
}

/** The defaults of BayesianRidge. */
const USUAL: EvidenceOptions = { maxIter: 300, tol: 1e-3, alpha1: 1e-6, alpha2: 1e-6, lambda1: 1e-6, lambda2: 1e-6, alphaInit: null, lambdaInit: null, computeScore: false };

/**
 * Bayesian ridge regression of a column on others, by the eigenvectors of their products: an imputer makes hundreds of them.
 *
 * @param X rows × features, no NaN
 * @param y one number per row
 * Counterpart: sklearn.linear_model.BayesianRidge().
 */
export function bayesianRidge(X: DenseMatrix, y: Float64Array): LinearFit {
  const problem = centre(X, y, true, undefined);
  const { coef, intercept } = evidenceRidge('IterativeImputer', problem, RidgeSpectrum.fast(problem), USUAL);
  return { coef, intercept };
}
