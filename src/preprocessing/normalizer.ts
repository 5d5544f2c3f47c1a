import { MatrixTransformer } from '../base/matrix-transformer.ts';
import { choice, type Rules } from '../core/rules.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { normalizeRows, type Norm } from '../matrix/normalize-rows.ts';

export interface NormalizerOptions {
  /** What becomes 1 in each row: 'l1' Σ|x|, 'l2' √Σx², 'max' max|x|. Default 'l2'. */
  norm?: Norm;
}

/**
 * Divides each row by its norm, x′ᵢ = xᵢ / ‖xᵢ‖; a row of zeros stays zero.
 *
 * X: samples × features, dense or CSR; a sparse X keeps its pattern. Rows are treated each by itself, so
 * that fit learns nothing but the number of columns.
 *
 * Counterpart: scikit-learn's Normalizer.
 *
 * @example
 * await new Normalizer().fitTransform([[3, 4]]); // [[0.6, 0.8]]
 */
export class Normalizer extends MatrixTransformer<NormalizerOptions, object> {
  static override readonly rules: Rules<NormalizerOptions> = { norm: choice('l2', ['l1', 'l2', 'max']) };

  protected learn(): object {
    return {};
  }

  protected apply(X: Matrix): Matrix {
    return normalizeRows(X, this.options.norm);
  }
}
