import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { multiply } from '../matrix/multiply.ts';
import { rowBlock } from '../matrix/row-block.ts';
import { dotProduct } from '../matrix/vector.ts';
import { LinearRegressor, type LinearFitted } from './linear-regressor.ts';

/** What a linear regressor that knows how sure it is has learned. */
export interface BayesianFitted extends LinearFitted {
  /** Precision of the noise: 1 / its variance, in units of y. */
  alpha: number;
  /** Covariance of the coefficients, columns × columns. */
  sigma: DenseMatrix;
  /** Column means, which are taken off before `sigma` applies; zeros without intercept. */
  xOffset: Float64Array;
  /** Iterations made. */
  iterations: number;
  /** Whether the tolerance was met before maxIter; if not, the model is kept all the same. */
  converged: boolean;
}

/** Rows whose standard deviations are worked out at a time. */
const BLOCK = 512;

/** A linear regressor with a normal distribution for every prediction: a subclass is `learn`. */
export abstract class BayesianRegressor<Options extends object, Learned extends BayesianFitted> extends LinearRegressor<Options, Learned> {
  /** One prediction per row, and with returnStd [predictions, their standard deviations, noise included]. */
  override async predict(X: MatrixLike): Promise<Float64Array>;
  override async predict(X: MatrixLike, options: { returnStd: true }): Promise<[Float64Array, Float64Array]>;
  override async predict(X: MatrixLike, { returnStd = false }: { returnStd?: boolean } = {}): Promise<Float64Array | [Float64Array, Float64Array]> {
    const matrix = this.checkSeen(X);
    const values = this.values(matrix, this.fitted);
    return returnStd ? [values, deviations(matrix, this.fitted, this.columnsInUse)] : values;
  }

  /** Columns of X that `sigma` tells of; undefined for all. */
  protected get columnsInUse(): Int32Array | undefined {
    return undefined;
  }
}

/** √((x − x̄)·sigma·(x − x̄)ᵀ + 1/alpha) of each row. */
function deviations(X: Matrix, { alpha, sigma, xOffset }: BayesianFitted, columns: Int32Array | undefined): Float64Array {
  const result = new Float64Array(X.rows);
  for (let first = 0; first < X.rows; first += BLOCK) {
    const moved = lessOffset(rowBlock(X, first, Math.min(X.rows, first + BLOCK)).toDense(), xOffset);
    const used = columns ? moved.takeCols(columns) : moved;
    const turned = multiply(used, sigma);
    for (let i = 0; i < used.rows; i++) {
      const variance = dotProduct(turned.data, i * sigma.cols, used.data, i * sigma.cols, sigma.cols);
      result[first + i] = Math.sqrt(Math.max(0, variance) + 1 / alpha);
    }
  }
  return result;
}

function lessOffset(X: DenseMatrix, offset: Float64Array): DenseMatrix {
  return new DenseMatrix(X.rows, X.cols, X.data.map((value, p) => value - offset[p % X.cols]));
}
