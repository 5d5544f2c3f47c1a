import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { symmetricEigen } from '../matrix/symmetric-eigen.ts';

/** A line through the data: prediction = x·coef + intercept. */
export interface LinearFit {
  coef: Float64Array;
  intercept: number;
}

/** The priors' shape and rate, all four 1e-6 as in scikit-learn. */
const PRIOR = 1e-6;
const MAX_ITER = 300;
const TOL = 1e-3;

/**
 * Bayesian ridge regression: a ridge whose penalty λ/α comes from the data. y is normal with precision α around
 * X·coef + intercept, coef normal with precision λ around 0; α and λ, with Gamma(1e-6, 1e-6) priors, are raised to
 * the maximum of the marginal likelihood by MacKay's updates, until coef moves by less than 1e-3 in all.
 *
 * @param X rows × features, no NaN
 * @param y one number per row
 * Counterpart: sklearn.linear_model.BayesianRidge().
 * Source: Tipping, "Sparse Bayesian learning and the relevance vector machine", JMLR 1, 2001, appendix A;
 * MacKay, "Bayesian interpolation", Neural Computation 4(3), 1992.
 */
export function bayesianRidge(X: DenseMatrix, y: Float64Array): LinearFit {
  const { rows: n, cols: p } = X;
  const means = new Float64Array(p);
  for (let i = 0; i < n; i++) for (let j = 0; j < p; j++) means[j] += X.data[i * p + j];
  for (let j = 0; j < p; j++) means[j] /= n;
  const yMean = y.reduce((a, b) => a + b, 0) / n;
  const centred = new DenseMatrix(n, p);
  for (let i = 0; i < n; i++) for (let j = 0; j < p; j++) centred.data[i * p + j] = X.data[i * p + j] - means[j];
  const residual = y.map((value) => value - yMean);

  const gram = new DenseMatrix(p, p);
  const products = new Float64Array(p);
  for (let i = 0; i < n; i++) {
    const row = centred.row(i);
    for (let j = 0; j < p; j++) {
      const value = row[j];
      products[j] += value * residual[i];
      for (let k = 0; k <= j; k++) gram.data[j * p + k] += value * row[k];
    }
  }
  const { values, vectors } = symmetricEigen(gram);
  const eigenvalues = values.map((value) => Math.max(0, value));
  /** Xᵀy along each eigenvector. */
  const along = Float64Array.from({ length: p }, (_, k) => dot(vectors.row(k), products));

  const coefFor = (ratio: number): Float64Array => {
    const coef = new Float64Array(p);
    for (let k = 0; k < p; k++) {
      const weight = along[k] / (eigenvalues[k] + ratio);
      const vector = vectors.row(k);
      for (let j = 0; j < p; j++) coef[j] += weight * vector[j];
    }
    return coef;
  };

  let alpha = 1 / (residual.reduce((sum, r) => sum + r * r, 0) / n + Number.EPSILON);
  let lambda = 1;
  let before: Float64Array | null = null;
  for (let iteration = 0; iteration < MAX_ITER; iteration++) {
    const coef = coefFor(lambda / alpha);
    let errors = 0;
    for (let i = 0; i < n; i++) errors += (residual[i] - dot(centred.row(i), coef)) ** 2;
    let determined = 0;
    for (let k = 0; k < p; k++) determined += (alpha * eigenvalues[k]) / (lambda + alpha * eigenvalues[k]);
    lambda = (determined + 2 * PRIOR) / (dot(coef, coef) + 2 * PRIOR);
    alpha = (n - determined + 2 * PRIOR) / (errors + 2 * PRIOR);
    if (before !== null && coef.reduce((sum, c, j) => sum + Math.abs(c - before![j]), 0) < TOL) break;
    before = coef;
  }
  const coef = coefFor(lambda / alpha);
  return { coef, intercept: yMean - dot(means, coef) };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}
