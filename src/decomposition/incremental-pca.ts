import { OptionError, ShapeError } from '../core/errors.ts';
import { flag, integer, optional, type Rules } from '../core/rules.ts';
import { columnMoments, combineMoments, type ColumnMoments } from '../matrix/column-moments.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { QrFactors } from '../matrix/qr.ts';
import { svdFlip } from '../matrix/svd-flip.ts';
import { svd, type Svd } from '../matrix/svd.ts';
import type { ComponentsFitted } from './pca-fitted.ts';
import { PrincipalComponents } from './principal-components.ts';

export interface IncrementalPcaOptions {
  /** How many components to keep, at most as many as X has columns and the first batch rows. Default null: as many as that. */
  nComponents?: number | null;
  /** Whether to scale the transformed columns to variance 1. Default false. */
  whiten?: boolean;
  /** Rows that `fit` looks at together. Default null: five times as many as X has columns. */
  batchSize?: number | null;
}

export interface IncrementalPcaFitted extends ComponentsFitted {
  /** Population variance of each column. */
  variance: Float64Array;
  /** Rows seen so far. */
  nSamplesSeen: number;
}

/**
 * Principal component analysis batch by batch, for more rows than the memory holds: X′ = (X − mean)·Vᵀ as PCA's, where V comes from the
 * singular values of what was learned so far, diag(σ)·V, below it the next batch less its mean, and a row for the gap between the means.
 * Exact where all components are kept; else close to PCA.
 *
 * X: rows × columns; a sparse one is filled batch by batch. The result is dense, rows × k. `y` is not used. `partialFit` takes one batch.
 *
 * `fitted`: components, explainedVariance, explainedVarianceRatio, singularValues, mean, variance, nComponents, noiseVariance (0
 * where the last batch has k rows, as there), nSamplesSeen.
 *
 * Counterpart: scikit-learn's IncrementalPCA. A sparse X is taken by `partialFit` too. One row is refused, which scikit-learn answers with NaN.
 * Source: Ross, Lim, Lin and Yang, "Incremental learning for robust visual tracking", International Journal of Computer Vision 77, 2008.
 *
 * @throws OptionError for more components than columns or rows of the first batch
 * @example
 * const pca = new IncrementalPCA({ nComponents: 10 });
 * for await (const batch of batches) await pca.partialFit(batch);
 */
export class IncrementalPCA extends PrincipalComponents<IncrementalPcaOptions, IncrementalPcaFitted> {
  static override readonly rules: Rules<IncrementalPcaOptions> = {
    nComponents: optional(integer(1, { min: 1 })),
    whiten: flag(false),
    batchSize: optional(integer(1, { min: 1 })),
  };

  protected learn(X: Matrix): IncrementalPcaFitted {
    const { nComponents, batchSize } = this.options;
    let learned: IncrementalPcaFitted | undefined;
    for (const [start, end] of batchesOf(X.rows, batchSize ?? 5 * X.cols, nComponents ?? 0)) {
      learned = this.#learnMore(X.take(Array.from({ length: end - start }, (_, i) => start + i)).toDense(), learned);
    }
    return learned as IncrementalPcaFitted;
  }

  /**
   * Learns from one more batch of rows; the first call is a start.
   * @throws ShapeError when X has other columns than before
   */
  async partialFit(X: MatrixLike): Promise<this> {
    if (!this.isFitted) return this.with({ batchSize: Number.MAX_SAFE_INTEGER }).fit(X).then(({ fitted }) => this.restore(fitted));
    const batch = this.checkSeen(X).toDense();
    if (batch.rows === 0) throw new ShapeError(`${this.owner}: X must have at least 1 row, got 0.`);
    return this.restore({ ...this.#learnMore(batch, this.fitted), nFeaturesIn: batch.cols });
  }

  #learnMore(batch: DenseMatrix, before: IncrementalPcaFitted | undefined): IncrementalPcaFitted {
    const k = this.#count(batch, before);
    const own = columnMoments(batch);
    const moments = before ? combineMoments(momentsOf(before), own) : own;
    const seen = batch.rows + (before?.nSamplesSeen ?? 0);
    const { singular, vt } = rightVectors(before ? stacked(before, batch, own.mean) : centred(batch, own.mean));
    svdFlip(vt);
    const variances = singular.map((s) => s ** 2 / (seen - 1));
    const total = seen * moments.variance.reduce((sum, v) => sum + v, 0);
    const rest = variances.subarray(k);
    return {
      components: vt.take(Array.from({ length: k }, (_, c) => c)),
      explainedVariance: variances.slice(0, k),
      explainedVarianceRatio: singular.slice(0, k).map((s) => (total > 0 ? s ** 2 / total : 0)),
      singularValues: singular.slice(0, k),
      mean: moments.mean,
      variance: moments.variance,
      nComponents: k,
      noiseVariance: k === batch.rows || k === batch.cols ? 0 : rest.reduce((sum, v) => sum + v, 0) / rest.length,
      nSamplesSeen: seen,
    };
  }

  #count({ rows, cols }: DenseMatrix, before: IncrementalPcaFitted | undefined): number {
    const { nComponents } = this.options;
    if (!before && rows < 2) throw new ShapeError(`${this.owner}: the first batch must have at least 2 rows, got 1. One row has no variance.`);
    const most = before ? cols : Math.min(rows, cols);
    if (nComponents !== null && nComponents > most) {
      throw new OptionError(`${this.owner}: nComponents must be at most ${most} for ${before ? '' : 'a first batch of '}${rows} × ${cols}, got ${nComponents}.`);
    }
    return nComponents ?? before?.nComponents ?? most;
  }
}

/** Rows from and up to of each batch; a rest of fewer than `least` rows goes with the batch before. Counterpart: sklearn.utils.gen_batches. */
function batchesOf(rows: number, size: number, least: number): [number, number][] {
  const batches: [number, number][] = [];
  let start = 0;
  for (let end = size; end + least <= rows; end += size) {
    batches.push([start, end]);
    start = end;
  }
  if (start < rows) batches.push([start, rows]);
  return batches;
}

const momentsOf = ({ mean, variance, nSamplesSeen }: IncrementalPcaFitted): ColumnMoments => ({ mean, variance, weight: new Float64Array(mean.length).fill(nSamplesSeen) });

function centred(batch: DenseMatrix, mean: Float64Array): DenseMatrix {
  const { cols } = batch;
  const { data } = batch.copy();
  for (let start = 0; start < data.length; start += cols) for (let j = 0; j < cols; j++) data[start + j] -= mean[j];
  return new DenseMatrix(batch.rows, cols, data);
}

/** A matrix with the scatter of all rows so far, as far as the components kept tell it. */
function stacked(before: IncrementalPcaFitted, batch: DenseMatrix, mean: Float64Array): DenseMatrix {
  const { components, singularValues, nSamplesSeen } = before;
  const k = components.rows;
  const all = new DenseMatrix(k + batch.rows + 1, batch.cols);
  for (let c = 0; c < k; c++) all.row(c).set(components.row(c).map((value) => value * singularValues[c]));
  all.data.set(centred(batch, mean).data, k * batch.cols);
  const weight = Math.sqrt((nSamplesSeen / (nSamplesSeen + batch.rows)) * batch.rows);
  all.row(k + batch.rows).set(before.mean.map((value, j) => weight * (value - mean[j])));
  return all;
}

/** Singular values and right vectors: those of R, which has fewer rows, where X = Q·R. */
function rightVectors(X: DenseMatrix): Pick<Svd, 'singular' | 'vt'> {
  return svd(X.rows > X.cols ? new QrFactors(X).r() : X);
}
