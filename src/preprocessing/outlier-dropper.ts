import type { FeaturesSeen } from '../base/matrix-transformer.ts';
import { RowDropper } from '../base/row-dropper.ts';
import type { Rules } from '../core/rules.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { outlierLimits, outlierRules, type OutlierLimits, type OutlierOptions } from './outlier-limits.ts';

/** What OutlierDropper has learned. */
export type OutlierDropperLearned = OutlierLimits & FeaturesSeen;

/**
 * Drops training rows with a value that lies far out in any column; rows to be predicted all stay.
 *
 * X: samples × features; NaN is no outlier. The limits are OutlierClipper's, learned from all training rows.
 * `fitted`: lower, upper, keptRows, notes, nFeaturesIn. scikit-learn has no counterpart; it is a sampler as
 * imbalanced-learn has them.
 *
 * @example
 * const pipeline = new Pipeline([['drop', new OutlierDropper({ method: 'sigma' })], ['scale', new StandardScaler()], ['fit', new Ridge()]]);
 */
export class OutlierDropper extends RowDropper<OutlierOptions, OutlierDropperLearned, MatrixLike> {
  static override readonly rules: Rules<OutlierOptions> = outlierRules;

  override async transform(X: MatrixLike): Promise<Matrix> {
    const matrix = asMatrix(this.owner, X, { allowNaN: true, minRows: 0 });
    checkFeatures(this.owner, matrix, this.fitted.nFeaturesIn);
    return matrix;
  }

  protected learn(X: MatrixLike): OutlierDropperLearned {
    const dense = this.#dense(X);
    return { ...outlierLimits(dense, this.options), nFeaturesIn: dense.cols };
  }

  protected keeps(X: MatrixLike, _y: unknown, { lower, upper }: OutlierLimits): (row: number) => boolean {
    const { cols, data } = this.#dense(X);
    return (row) => {
      for (let j = 0; j < cols; j++) {
        const value = data[row * cols + j];
        if (value < lower[j] || value > upper[j]) return false;
      }
      return true;
    };
  }

  #dense(X: MatrixLike): DenseMatrix {
    const matrix = asMatrix(this.owner, X, { allowNaN: true });
    return matrix.toDense();
  }
}
