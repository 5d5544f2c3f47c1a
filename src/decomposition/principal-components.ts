import { MatrixTransformer } from '../base/matrix-transformer.ts';
import { timesBlock } from '../matrix/block-map.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { multiply } from '../matrix/multiply.ts';
import { componentNames } from './component-names.ts';
import type { ComponentsFitted } from './pca-fitted.ts';
import { PcaModel } from './pca-model.ts';

/** What PCA and IncrementalPCA do with what they have learned. Counterpart: scikit-learn's _BasePCA. */
export abstract class PrincipalComponents<Options extends { whiten?: boolean }, Learned extends ComponentsFitted> extends MatrixTransformer<Options, Learned> {
  protected apply(X: Matrix, { components, mean, explainedVariance }: ComponentsFitted): DenseMatrix {
    const directions = components.transpose();
    const shift = multiply(new DenseMatrix(1, mean.length, mean), directions).data;
    const scores = timesBlock(X, directions, shift.map((s) => -s));
    if (!this.options.whiten) return scores;
    const k = components.rows;
    // A direction without variance is not blown up to infinity.
    const scale = explainedVariance.map((v) => Math.max(Math.sqrt(v), Number.EPSILON));
    for (let start = 0; start < scores.data.length; start += k) for (let c = 0; c < k; c++) scores.data[start + c] /= scale[c];
    return scores;
  }

  /** X′·V + mean: rows × columns, what is left of X. @throws ShapeError unless X′ has one column per component */
  async inverseTransform(X: MatrixLike): Promise<DenseMatrix> {
    const { components, mean, explainedVariance } = this.fitted;
    const scores = asMatrix(this.owner, X, { minRows: 0 });
    checkFeatures(this.owner, scores, components.rows);
    const { whiten } = this.options;
    const directions = components.copy();
    for (let c = 0; whiten && c < directions.rows; c++) {
      const scale = Math.sqrt(explainedVariance[c]);
      const row = directions.row(c);
      for (let j = 0; j < row.length; j++) row[j] *= scale;
    }
    const back = timesBlock(scores, directions);
    for (let start = 0; start < back.data.length; start += mean.length) for (let j = 0; j < mean.length; j++) back.data[start + j] += mean[j];
    return back;
  }

  /** The covariance of the probabilistic model, columns × columns: Vᵀ·(λ − σ²)·V + σ²·I. */
  async getCovariance(): Promise<DenseMatrix> {
    return new PcaModel(this.fitted).covariance();
  }

  /** The inverse of getCovariance(). @throws DataError where all variance is in fewer directions than columns */
  async getPrecision(): Promise<DenseMatrix> {
    return new PcaModel(this.fitted).precision(this.owner);
  }

  override featureNamesOut(): string[] {
    return componentNames(this.owner, this.fitted.nComponents);
  }
}
