import { MatrixTransformer } from '../base/matrix-transformer.ts';
import { number, type Rules } from '../core/rules.ts';
import { binarize } from '../matrix/binarize.ts';
import type { Matrix } from '../matrix/matrix.ts';

export interface BinarizerOptions {
  /** Values above it become 1, all others 0; in the unit of X. Must be at least 0 for sparse X. Default 0. */
  threshold?: number;
}

/**
 * 1 where x exceeds the threshold, else 0.
 *
 * X: samples × features, dense or CSR; a sparse result stores its ones only. fit learns nothing but the
 * number of columns.
 *
 * Counterpart: scikit-learn's Binarizer.
 *
 * @example
 * await new Binarizer({ threshold: 1 }).fitTransform([[0, 1, 2]]); // [[0, 0, 1]]
 */
export class Binarizer extends MatrixTransformer<BinarizerOptions, object> {
  static override readonly rules: Rules<BinarizerOptions> = { threshold: number(0) };

  protected learn(): object {
    return {};
  }

  protected apply(X: Matrix): Matrix {
    return binarize(this.owner, X, this.options.threshold);
  }
}
