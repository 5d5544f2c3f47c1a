import { MatrixTransformer } from '../base/matrix-transformer.ts';
import { DataError } from '../core/errors.ts';
import { choice, flag, type Rules } from '../core/rules.ts';
import { columnMoments } from '../matrix/column-moments.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { isConstantVariance } from '../matrix/constant-variance.ts';
import { boxCox, boxCoxLambda, inverseBoxCox, inverseYeoJohnson, yeoJohnson, yeoJohnsonLambda } from './power-functions.ts';

export interface PowerTransformerOptions {
  /** 'yeoJohnson' for any numbers, 'boxCox' for positive ones. Default 'yeoJohnson'. */
  method?: 'yeoJohnson' | 'boxCox';
  /** Whether to bring the result to mean 0 and variance 1. Default true. */
  standardize?: boolean;
}

/** What PowerTransformer has learned. */
export interface PowerTransformerLearned {
  /** Exponent of each column; 1 leaves it as it is. */
  lambdas: Float64Array;
  /** Mean of each transformed column; null without `standardize`. */
  mean: Float64Array | null;
  /** Standard deviation of each transformed column, 1 where it has no spread; null without `standardize`. */
  scale: Float64Array | null;
}

/**
 * Makes columns as normally distributed as a power can: x′ = ((x + 1)^λ − 1)/λ for x ≥ 0 and its mirror image with 2 − λ
 * below (Yeo–Johnson), or (x^λ − 1)/λ (Box–Cox), with the λ of greatest likelihood for each column.
 *
 * X: samples × features, dense. NaN is skipped in fit and kept in transform. With 'yeoJohnson' a constant column keeps
 * λ = 1; 'boxCox' refuses it, and values that are not positive.
 *
 * `fitted`: lambdas, mean, scale, nFeaturesIn.
 *
 * Counterpart: scikit-learn's PowerTransformer; λ is found by scipy's searches, step by step.
 * Source: Yeo and Johnson, "A new family of power transformations to improve normality or symmetry", Biometrika 87(4),
 * 2000; Box and Cox, "An analysis of transformations", JRSS B 26(2), 1964.
 *
 * @example
 * const transformer = await new PowerTransformer().fit([[1], [2], [3], [50]]);
 * transformer.fitted.lambdas[0]; // below 0: the long right tail is drawn in
 */
export class PowerTransformer extends MatrixTransformer<PowerTransformerOptions, PowerTransformerLearned> {
  static override readonly rules: Rules<PowerTransformerOptions> = {
    method: choice('yeoJohnson', ['yeoJohnson', 'boxCox']),
    standardize: flag(true),
  };

  protected override get allowNaN(): boolean {
    return true;
  }

  protected learn(X: Matrix): PowerTransformerLearned {
    const dense = this.#checked(X);
    const moments = columnMoments(dense);
    const lambdas = Float64Array.from({ length: X.cols }, (_, j) => {
      const values = dense.col(j).filter((value) => value === value);
      if (values.length === 0) throw new DataError(`${this.owner}: every column must have a value, column ${j} has only NaN. Drop or impute it.`);
      if (this.options.method === 'boxCox') {
        if (values.every((value) => value === values[0])) {
          throw new DataError(`${this.owner}: column ${j} must not be constant for 'boxCox', every value is ${values[0]}. Use method: 'yeoJohnson' or drop it.`);
        }
        return boxCoxLambda(values);
      }
      // NaN anywhere makes numpy's variance NaN, so that scikit-learn searches; the search returns the same line.
      return isConstantVariance(moments.variance[j], moments.mean[j], X.rows) ? 1 : yeoJohnsonLambda(values);
    });
    if (!this.options.standardize) return { lambdas, mean: null, scale: null };
    const { mean, variance, weight } = columnMoments(this.#powered(dense, lambdas));
    return { lambdas, mean, scale: variance.map((v, j) => (isConstantVariance(v, mean[j], weight[j]) ? 1 : Math.sqrt(v))) };
  }

  protected apply(X: Matrix, { lambdas, mean, scale }: PowerTransformerLearned): Matrix {
    const result = this.#powered(this.#checked(X), lambdas);
    if (mean === null || scale === null) return result;
    const { data, cols } = result;
    for (let start = 0; start < data.length; start += cols) {
      for (let j = 0; j < cols; j++) data[start + j] = (data[start + j] - mean[j]) / scale[j];
    }
    return result;
  }

  /** Back to the columns' own units; NaN where no value transforms to what is given. */
  async inverseTransform(X: MatrixLike): Promise<Matrix> {
    const { lambdas, mean, scale } = this.fitted;
    const matrix = this.#dense(this.checkSeen(X));
    const inverse = this.options.method === 'boxCox' ? inverseBoxCox : inverseYeoJohnson;
    const { cols } = matrix;
    const data = matrix.data.map((value, p) => {
      const j = p % cols;
      return inverse(mean === null || scale === null ? value : value * scale[j] + mean[j], lambdas[j]);
    });
    return new DenseMatrix(matrix.rows, cols, data);
  }

  #powered(X: DenseMatrix, lambdas: Float64Array): DenseMatrix {
    const power = this.options.method === 'boxCox' ? boxCox : yeoJohnson;
    const { rows, cols, data } = X;
    const result = new Float64Array(data.length);
    for (let start = 0; start < data.length; start += cols) {
      for (let j = 0; j < cols; j++) result[start + j] = power(data[start + j], lambdas[j]);
    }
    return new DenseMatrix(rows, cols, result);
  }

  #checked(X: Matrix): DenseMatrix {
    const dense = this.#dense(X);
    if (this.options.method === 'boxCox') {
      const at = dense.data.findIndex((value) => value <= 0);
      if (at >= 0) {
        throw new DataError(
          `${this.owner}: X must be positive for 'boxCox', row ${Math.floor(at / X.cols)} column ${at % X.cols} has ${dense.data[at]}. Use method: 'yeoJohnson'.`,
        );
      }
    }
    return dense;
  }

  #dense(X: Matrix): DenseMatrix {
    if (X.kind === 'dense') return X;
    throw new DataError(`${this.owner}: X must be dense, the mean would fill a sparse matrix. Use X.toDense().`);
  }
}
