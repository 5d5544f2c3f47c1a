import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { flag, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { scaleColumns } from '../matrix/scale-columns.ts';
import { withoutZeros } from './without-zeros.ts';

export interface MaxAbsScalerOptions {
  /** Whether to cut transformed values to [−1, 1]. Default false. */
  clip?: boolean;
}

/** What MaxAbsScaler has learned. */
export interface MaxAbsScalerFitted extends FeaturesSeen {
  /** Largest |x|, one per column, NaN skipped. */
  maxAbs: Float64Array;
  /** maxAbs, with 1 for columns of zeros. */
  scale: Float64Array;
  /** Rows in fit. */
  nSamplesSeen: number;
}

/**
 * Divides each column by its largest absolute value, so that it lies in [−1, 1] and 0 stays 0.
 *
 * X: samples × features, dense or CSR; a sparse X keeps its pattern. NaN is skipped in fit and kept in
 * transform.
 *
 * `fitted`: maxAbs, scale, nSamplesSeen.
 *
 * Counterpart: scikit-learn's MaxAbsScaler.
 *
 * @example
 * const scaler = await new MaxAbsScaler().fit([[1], [-4]]);
 * (await scaler.transform([[2]])).toArray(); // [[0.5]]
 */
export class MaxAbsScaler extends MatrixTransformer<MaxAbsScalerOptions, Omit<MaxAbsScalerFitted, 'nFeaturesIn'>> {
  static override readonly rules: Rules<MaxAbsScalerOptions> = { clip: flag(false) };

  protected override get allowNaN(): boolean {
    return true;
  }

  protected learn(X: Matrix): Omit<MaxAbsScalerFitted, 'nFeaturesIn'> {
    const maxAbs = columnMaxAbs(X);
    return { maxAbs, scale: withoutZeros(maxAbs), nSamplesSeen: X.rows };
  }

  /** Learns from more rows, as if they had been in fit from the start; the first call is a fit. */
  async partialFit(X: MatrixLike): Promise<this> {
    if (!this.isFitted) return this.fit(X);
    const matrix = asMatrix(this.owner, this.checkSeen(X), { allowNaN: true });
    const { maxAbs: before, nSamplesSeen, nFeaturesIn } = this.fitted;
    const maxAbs = columnMaxAbs(matrix);
    before.forEach((size, j) => raise(maxAbs, j, size));
    return this.restore({ maxAbs, scale: withoutZeros(maxAbs), nSamplesSeen: nSamplesSeen + matrix.rows, nFeaturesIn });
  }

  protected apply(X: Matrix, { scale }: MaxAbsScalerFitted): Matrix {
    const { clip } = this.options;
    if (X.kind === 'csr') {
      const scaled = scaleColumns(X, scale.map((s) => 1 / s));
      if (clip) cut(scaled.data);
      return scaled;
    }
    const data = X.data.slice();
    for (let start = 0; start < data.length; start += X.cols) {
      for (let j = 0; j < X.cols; j++) data[start + j] /= scale[j];
    }
    if (clip) cut(data);
    return new DenseMatrix(X.rows, X.cols, data);
  }

  /** x′·scale: back to the columns' own units. What `clip` cut does not come back. */
  async inverseTransform(X: MatrixLike): Promise<Matrix> {
    const { scale } = this.fitted;
    const matrix = this.checkSeen(X);
    if (matrix.kind === 'csr') return scaleColumns(matrix, scale);
    const data = matrix.data.slice();
    for (let start = 0; start < data.length; start += matrix.cols) {
      for (let j = 0; j < matrix.cols; j++) data[start + j] *= scale[j];
    }
    return new DenseMatrix(matrix.rows, matrix.cols, data);
  }
}

function cut(data: Float64Array): void {
  for (let p = 0; p < data.length; p++) data[p] = Math.min(Math.max(data[p], -1), 1);
}

/** Largest |x| per column, NaN skipped; NaN for a column of nothing else. */
function columnMaxAbs(X: Matrix): Float64Array {
  const maxAbs = new Float64Array(X.cols).fill(Number.NaN);
  if (X.kind === 'dense') {
    for (let start = 0; start < X.data.length; start += X.cols) {
      for (let j = 0; j < X.cols; j++) raise(maxAbs, j, Math.abs(X.data[start + j]));
    }
    return maxAbs;
  }
  const stored = new Int32Array(X.cols);
  for (let p = 0; p < X.nnz; p++) {
    raise(maxAbs, X.indices[p], Math.abs(X.data[p]));
    stored[X.indices[p]]++;
  }
  // An implicit zero is a value too.
  for (let j = 0; j < X.cols; j++) if (stored[j] < X.rows) raise(maxAbs, j, 0);
  return maxAbs;
}

/** Lets a larger size take the place of a smaller one or of NaN; a NaN size changes nothing. */
function raise(sizes: Float64Array, j: number, size: number): void {
  if (!(sizes[j] >= size) && size === size) sizes[j] = size;
}
