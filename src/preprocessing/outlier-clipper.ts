import { MatrixTransformer } from '../base/matrix-transformer.ts';
import { DataError } from '../core/errors.ts';
import type { Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { outlierLimits, outlierRules, type OutlierLimits, type OutlierOptions } from './outlier-limits.ts';

/**
 * Cuts values that lie far out down to limits learned in fit: x′ = min(max(x, lower), upper). Drops no row.
 *
 * X: samples × features, dense. NaN is skipped in fit and kept in transform. Limits go by quartiles (default), by
 * standard deviations of the population, or by quantiles, read linearly between values.
 *
 * `fitted`: lower, upper, nFeaturesIn. scikit-learn has no counterpart; the limits are numpy.quantile's and numpy.std's.
 * Source: Tukey, "Exploratory Data Analysis", 1977 (the 1.5 of 'iqr').
 *
 * @example
 * const clipper = await new OutlierClipper().fit([[1], [2], [3], [4], [500]]);
 * (await clipper.transform([[500]])).toArray(); // [[7]]
 */
export class OutlierClipper extends MatrixTransformer<OutlierOptions, OutlierLimits> {
  static override readonly rules: Rules<OutlierOptions> = outlierRules;

  protected override get allowNaN(): boolean {
    return true;
  }

  protected learn(X: Matrix): OutlierLimits {
    return outlierLimits(this.#dense(X), this.options);
  }

  protected apply(X: Matrix, { lower, upper }: OutlierLimits): Matrix {
    const { rows, cols, data } = this.#dense(X);
    const clipped = data.slice();
    for (let start = 0; start < data.length; start += cols) {
      for (let j = 0; j < cols; j++) {
        if (clipped[start + j] < lower[j]) clipped[start + j] = lower[j];
        else if (clipped[start + j] > upper[j]) clipped[start + j] = upper[j];
      }
    }
    return new DenseMatrix(rows, cols, clipped);
  }

  #dense(X: Matrix): DenseMatrix {
    if (X.kind === 'dense') return X;
    throw new DataError(`${this.owner}: X must be dense, limits above 0 would fill a sparse matrix. Use X.toDense().`);
  }
}
