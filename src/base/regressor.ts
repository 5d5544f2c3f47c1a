import { DataError } from '../core/errors.ts';
import { Estimator } from '../core/estimator.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { checkSameRows, rowsAlone } from '../core/rows.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike, type Sized } from '../matrix/matrix.ts';
import type { FeaturesSeen } from './matrix-transformer.ts';

/**
 * A regressor over a Matrix: a subclass is `learn` and `values`.
 * `In` is what X may be, and `Read` what `learn` meets; a regressor that takes more than matrices overrides `matrixOf`.
 *
 * Counterpart: scikit-learn's RegressorMixin.
 */
export abstract class Regressor<
  Options extends object,
  Learned extends object,
  In = MatrixLike,
  Read extends Sized = Matrix,
> extends Estimator<Options, Learned & FeaturesSeen> {
  protected abstract learn(X: Read, y: Float64Array, sampleWeight: Float64Array | undefined): Learned | Promise<Learned>;

  /** One prediction per row, in the unit of y. */
  protected abstract values(X: Read, fitted: Learned & FeaturesSeen): Float64Array | Promise<Float64Array>;

  /** @throws ShapeError, DataError for X, y or weights that cannot be learned from. @returns this */
  async fit(X: In, y: ArrayLike<number>, options: FitOptions = {}): Promise<this> {
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one number per row.`);
    const matrix = this.matrixOf(X);
    checkSameRows(this.owner, { X: rowsAlone(matrix), y });
    const target = new Float64Array(y.length);
    for (let i = 0; i < y.length; i++) {
      if (typeof y[i] !== 'number' || !Number.isFinite(y[i])) {
        throw new DataError(`${this.owner}: y must hold finite numbers, row ${i} has ${show(y[i])}.`);
      }
      target[i] = y[i];
    }
    const sampleWeight = checkSampleWeight(this.owner, options.sampleWeight, matrix.rows);
    const learned = await this.learn(matrix, target, sampleWeight);
    return this.restore({ ...learned, nFeaturesIn: matrix.cols });
  }

  async predict(X: In): Promise<Float64Array> {
    return this.values(this.checkSeen(X), this.fitted);
  }

  /** R², 1 − Σ(y − ŷ)² / Σ(y − ȳ)², weighted if weights are given; a constant y scores 1 if met exactly, else 0. */
  async score(X: In, y: ArrayLike<number>, { sampleWeight }: FitOptions = {}): Promise<number> {
    const predicted = await this.predict(X);
    checkSameRows(this.owner, { X: predicted, y });
    const weight = (i: number): number => (sampleWeight ? sampleWeight[i] : 1);
    let total = 0;
    let mean = 0;
    for (let i = 0; i < y.length; i++) {
      total += weight(i);
      mean += weight(i) * y[i];
    }
    mean /= total;
    let residual = 0;
    let spread = 0;
    for (let i = 0; i < y.length; i++) {
      residual += weight(i) * (y[i] - predicted[i]) ** 2;
      spread += weight(i) * (y[i] - mean) ** 2;
    }
    if (spread === 0) return residual === 0 ? 1 : 0;
    return 1 - residual / spread;
  }

  /** X as `learn` and `values` meet it. */
  protected matrixOf(X: In, minRows = 1): Read {
    return asMatrix(this.owner, X as MatrixLike, { minRows }) as Sized as Read;
  }

  /** X with the columns that fit saw. */
  protected checkSeen(X: In): Read {
    const { nFeaturesIn } = this.fitted;
    const matrix = this.matrixOf(X, 0);
    checkFeatures(this.owner, matrix, nFeaturesIn);
    return matrix;
  }
}
