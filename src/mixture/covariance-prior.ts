import { OptionError } from '../core/errors.ts';
import { columnMoments } from '../matrix/column-moments.ts';
import { covariance } from '../matrix/covariance.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type MatrixLike } from '../matrix/matrix.ts';
import type { ComponentEstimates } from './component-estimates.ts';
import { isSymmetric, rootOfInverse } from './covariance-matrix.ts';
import type { Covariances, CovarianceType } from './spread.ts';

/**
 * The covariance that is expected beforehand: as given, or that of X (ddof 1). 'full' and 'tied': columns × columns; 'diag': one
 * number per column; 'spherical': one number.
 */
export function priorCovariance(owner: string, X: DenseMatrix, type: CovarianceType, given: MatrixLike | ArrayLike<number> | number | null): DenseMatrix | Float64Array {
  if (given === null) return covarianceOf(X, type);
  const { cols } = X;
  if (type === 'spherical' && typeof given === 'number') return Float64Array.of(given);
  if (type === 'diag' && typeof given !== 'number' && !('kind' in given)) {
    const variances = Float64Array.from(given as ArrayLike<number>);
    if (variances.length === cols && variances.every((v) => v > 0 && v < Infinity)) return variances;
  }
  if ((type === 'full' || type === 'tied') && typeof given !== 'number') {
    const matrix = asMatrix(`${owner}: covariancePrior`, given as MatrixLike).toDense();
    if (matrix.cols === cols && isSymmetric(matrix) && rootOfInverse(matrix)) return matrix.copy();
  }
  const wanted = type === 'spherical' ? 'a number above 0' : type === 'diag' ? `${cols} numbers above 0` : `a symmetric positive definite matrix of ${cols} × ${cols}`;
  throw new OptionError(`${owner}: covariancePrior must be ${wanted} with covarianceType '${type}'.`);
}

function covarianceOf(X: DenseMatrix, type: CovarianceType): DenseMatrix | Float64Array {
  const factor = X.rows / (X.rows - 1);
  if (type === 'full' || type === 'tied') {
    const { rows, cols, data } = covariance(X);
    return new DenseMatrix(rows, cols, data.map((value) => value * factor));
  }
  const variances = columnMoments(X).variance.map((v) => v * factor);
  return type === 'diag' ? variances : Float64Array.of(variances.reduce((a, b) => a + b, 0) / X.cols);
}

interface Posterior {
  meanPrior: Float64Array;
  meanPrecisionPrior: number;
  covariancePrior: DenseMatrix | Float64Array;
  /** One per component, as all of the following. */
  meanPrecision: Float64Array;
  degreesOfFreedom: Float64Array;
}

/**
 * What is expected of the covariances once rows are seen: the prior, the rows' scatter about their component's mean, and that of
 * the means about where they were expected, over the degrees of freedom.
 *
 * Source: Bishop, "Pattern Recognition and Machine Learning", equation 10.62.
 */
export function posteriorCovariances(type: CovarianceType, { counts, means, covariances }: ComponentEstimates, posterior: Posterior): Covariances {
  const { meanPrior, meanPrecisionPrior, meanPrecision, degreesOfFreedom } = posterior;
  const prior = posterior.covariancePrior instanceof DenseMatrix ? posterior.covariancePrior.data : posterior.covariancePrior;
  const { rows: k, cols } = means;
  const gap = (c: number, j: number): number => means.data[c * cols + j] - meanPrior[j];
  const pull = counts.map((_, c) => meanPrecisionPrior / meanPrecision[c]);
  if (type === 'full') {
    return (covariances as readonly DenseMatrix[]).map(({ data }, c) => new DenseMatrix(cols, cols, data.map((value, p) => {
      const outer = gap(c, Math.floor(p / cols)) * gap(c, p % cols);
      return (prior[p] + counts[c] * (value + pull[c] * outer)) / degreesOfFreedom[c];
    })));
  }
  if (type === 'tied') {
    const total = counts.reduce((a, b) => a + b, 0);
    return new DenseMatrix(cols, cols, (covariances as DenseMatrix).data.map((value, p) => {
      let between = 0;
      for (let c = 0; c < k; c++) between += counts[c] * pull[c] * gap(c, Math.floor(p / cols)) * gap(c, p % cols);
      return (prior[p] + (value * total + between) / k) / degreesOfFreedom[0];
    }));
  }
  if (type === 'diag') {
    return new DenseMatrix(k, cols, (covariances as DenseMatrix).data.map((value, p) => {
      const c = Math.floor(p / cols);
      return (prior[p % cols] + counts[c] * (value + pull[c] * gap(c, p % cols) ** 2)) / degreesOfFreedom[c];
    }));
  }
  return (covariances as Float64Array).map((value, c) => {
    let square = 0;
    for (let j = 0; j < cols; j++) square += gap(c, j) ** 2;
    return (prior[0] + counts[c] * (value + (pull[c] * square) / cols)) / degreesOfFreedom[c];
  });
}
