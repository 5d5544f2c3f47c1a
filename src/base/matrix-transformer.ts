import type { FitOptions } from '../core/fit-options.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { Transformer } from '../core/transformer.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike } from '../matrix/matrix.ts';

/** What every estimator over a matrix has learned besides its own. */
export interface FeaturesSeen {
  /** Number of columns of X in fit. */
  nFeaturesIn: number;
}

/**
 * A transformer from a Matrix to a Matrix. Takes care of checking X, so that a subclass is two methods:
 * `learn` (X → what is learned) and `apply` (X → X′).
 */
export abstract class MatrixTransformer<Options extends object, Learned extends object> extends Transformer<
  Options,
  Learned & FeaturesSeen,
  MatrixLike,
  Matrix
> {
  /** Whether NaN stands for a missing value that is passed through. */
  protected get allowNaN(): boolean {
    return false;
  }

  protected abstract learn(
    X: Matrix,
    y: ArrayLike<unknown> | undefined,
    sampleWeight: Float64Array | undefined,
  ): Learned | Promise<Learned>;

  /** Never writes into X. */
  protected abstract apply(X: Matrix, fitted: Learned & FeaturesSeen): Matrix;

  async fit(X: MatrixLike, y?: ArrayLike<unknown>, options: FitOptions = {}): Promise<this> {
    return this.#learnFrom(asMatrix(this.owner, X, { allowNaN: this.allowNaN }), y, options);
  }

  /** `fit` and `transform`, with X looked at once. Who overrides one of them overrides this. */
  override async fitTransform(X: MatrixLike, y?: ArrayLike<unknown>, options: FitOptions = {}): Promise<Matrix> {
    const matrix = asMatrix(this.owner, X, { allowNaN: this.allowNaN });
    await this.#learnFrom(matrix, y, options);
    return this.apply(matrix, this.fitted);
  }

  async transform(X: MatrixLike): Promise<Matrix> {
    return this.apply(this.checkSeen(X), this.fitted);
  }

  /** X as a Matrix with the columns that fit saw; for `transform` and `inverseTransform`. */
  protected checkSeen(X: MatrixLike): Matrix {
    const { nFeaturesIn } = this.fitted;
    const matrix = asMatrix(this.owner, X, { allowNaN: this.allowNaN, minRows: 0 });
    checkFeatures(this.owner, matrix, nFeaturesIn);
    return matrix;
  }

  async #learnFrom(X: Matrix, y: ArrayLike<unknown> | undefined, options: FitOptions): Promise<this> {
    const sampleWeight = checkSampleWeight(this.owner, options.sampleWeight, X.rows);
    return this.restore({ ...(await this.learn(X, y, sampleWeight)), nFeaturesIn: X.cols });
  }
}
