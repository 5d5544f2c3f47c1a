import { Regressor } from '../base/regressor.ts';
import { DataError, ShapeError } from '../core/errors.ts';
import { choice, custom, number, optional, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { interpolate, isotonicFit } from './isotonic-fit.ts';
import { rankCorrelation } from './rank-correlation.ts';

export interface IsotonicRegressionOptions {
  /** Lowest prediction, in the unit of y; null is none. Default null. */
  yMin?: number | null;
  /** Highest prediction, in the unit of y; null is none. Default null. */
  yMax?: number | null;
  /** Whether predictions rise with x; 'auto' takes the sign of Spearman's rank correlation. Default true. */
  increasing?: boolean | 'auto';
  /** Beyond the x seen in fit: NaN, the prediction at the nearer end ('clip'), or an error ('raise'). Default 'nan'. */
  outOfBounds?: 'nan' | 'clip' | 'raise';
}

/** What IsotonicRegression has learned. */
export interface IsotonicRegressionFitted {
  /** Where the function bends, ascending. */
  xThresholds: Float64Array;
  /** Its value there, monotone. */
  yThresholds: Float64Array;
  /** Whether it rises. */
  increasing: boolean;
}

/**
 * The monotone function nearest to the data in weighted squares: minimises Σ w(y − f(x))² over all f that rise (or
 * fall), with straight lines between the points.
 *
 * X: one number per row, as an array or a matrix of one column. y: one number per row.
 * `fitted`: xThresholds, yThresholds, increasing.
 *
 * Counterpart: scikit-learn's IsotonicRegression.
 * Source: Best and Chakravarti, "Active set algorithms for isotonic regression", Mathematical Programming 47, 1990.
 *
 * @throws ShapeError for more than one column; DataError for x out of bounds with 'raise'
 * @example
 * const isotonic = await new IsotonicRegression({ outOfBounds: 'clip' }).fit([1, 2, 3], [1, 3, 2]);
 * await isotonic.predict([0, 2.5]); // Float64Array [1, 2.5]
 */
export class IsotonicRegression extends Regressor<IsotonicRegressionOptions, IsotonicRegressionFitted, MatrixLike | ArrayLike<number>> {
  static override readonly rules: Rules<IsotonicRegressionOptions> = {
    yMin: optional(number(0)),
    yMax: optional(number(0)),
    increasing: custom<boolean | 'auto'>(true, "true, false or 'auto'", (v) => typeof v === 'boolean' || v === 'auto', 'up'),
    outOfBounds: choice<'nan' | 'clip' | 'raise'>('nan', ['nan', 'clip', 'raise']),
  };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): IsotonicRegressionFitted {
    const { yMin, yMax } = this.options;
    const x = X.toDense().data;
    const increasing = this.options.increasing === 'auto' ? rankCorrelation(x, y) >= 0 : this.options.increasing;
    const curve = isotonicFit(x, y, sampleWeight, { increasing, yMin: yMin ?? undefined, yMax: yMax ?? undefined });
    return { xThresholds: curve.x, yThresholds: curve.y, increasing };
  }

  protected values(X: Matrix, { xThresholds: x, yThresholds: y }: IsotonicRegressionFitted): Float64Array {
    const { outOfBounds } = this.options;
    const least = x[0];
    const most = x[x.length - 1];
    return X.toDense().data.map((value, i) => {
      const isOutside = x.length > 1 && (value < least || value > most);
      if (isOutside && outOfBounds === 'raise') {
        throw new DataError(`${this.owner}: X must lie within [${least}, ${most}], row ${i} has ${value}. Use outOfBounds: 'clip'.`);
      }
      return isOutside && outOfBounds === 'nan' ? Number.NaN : interpolate({ x, y }, value);
    });
  }

  /** The predictions as a matrix of one column, so that the estimator can be a stage. */
  async transform(X: MatrixLike | ArrayLike<number>): Promise<DenseMatrix> {
    return DenseMatrix.column(await this.predict(X));
  }

  async fitTransform(X: MatrixLike | ArrayLike<number>, y: ArrayLike<number>): Promise<DenseMatrix> {
    await this.fit(X, y);
    return this.transform(X);
  }

  featureNamesOut(): string[] {
    void this.fitted;
    return [`${this.owner.toLowerCase()}0`];
  }

  protected override matrixOf(X: MatrixLike | ArrayLike<number>, minRows = 1): Matrix {
    const isFlat = ArrayBuffer.isView(X) || (Array.isArray(X) && (X.length === 0 || typeof X[0] === 'number'));
    const matrix = asMatrix(this.owner, isFlat ? DenseMatrix.column(X as ArrayLike<number>) : (X as MatrixLike), { minRows });
    if (matrix.cols !== 1) throw new ShapeError(`${this.owner}: X must be one number per row, got ${matrix.cols} columns.`);
    return matrix;
  }
}
