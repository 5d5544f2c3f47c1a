import { CellsTransformer } from '../base/cells-transformer.ts';
import { choice, flag, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { type Cell, type Cells, type ColumnsSeen } from '../table/cells.ts';
import { categoryCodes, learnCategories, refuseUnknownCodes } from './categories.ts';

export interface FrequencyEncoderOptions {
  /** Whether to give shares of rows (0 to 1) instead of numbers of rows. Default true. */
  normalize?: boolean;
  /** A category that fit did not see: 0 rows, or an error. Default 'zero'. */
  handleUnknown?: 'zero' | 'error';
}

/** What FrequencyEncoder has learned. */
export interface FrequencyEncoderLearned {
  /** Categories of each column: ascending, then null, then NaN. */
  categories: readonly (readonly Cell[])[];
  /** What stands for each category. */
  frequencies: readonly Float64Array[];
}

/**
 * Replaces each category by how often it occurs in fit: n(category) / n, or n(category).
 *
 * X: a Table, a dense Matrix, or rows of values, one type per column; a missing value is a category. Result: a dense
 * matrix of X's shape. Categories that occur equally often become equal.
 *
 * `fitted`: categories, frequencies, nFeaturesIn, featureNamesIn.
 * scikit-learn has no counterpart; it is the CountEncoder of the Python package category_encoders.
 *
 * @example
 * const encoder = await new FrequencyEncoder().fit([['a'], ['b'], ['a'], ['a']]);
 * (await encoder.transform([['a'], ['z']])).toArray(); // [[0.75], [0]]
 */
export class FrequencyEncoder extends CellsTransformer<FrequencyEncoderOptions, FrequencyEncoderLearned> {
  static override readonly rules: Rules<FrequencyEncoderOptions> = { normalize: flag(true), handleUnknown: choice('zero', ['zero', 'error']) };

  protected learn(X: Cells): FrequencyEncoderLearned {
    const { categories, counts } = learnCategories(this.owner, X, 'auto', false);
    const total = this.options.normalize ? X.rows : 1;
    return { categories, frequencies: counts.map((count) => Float64Array.from(count, (n) => n / total)) };
  }

  protected apply(X: Cells, { categories, frequencies }: FrequencyEncoderLearned & ColumnsSeen): Matrix {
    const cols = X.width;
    const result = new DenseMatrix(X.rows, cols);
    categories.forEach((list, j) => {
      const codes = categoryCodes(X, j, list);
      if (this.options.handleUnknown === 'error') refuseUnknownCodes(this.owner, codes, X, j, list);
      for (let i = 0; i < X.rows; i++) result.data[i * cols + j] = codes[i] < 0 ? 0 : frequencies[j][codes[i]];
    });
    return result;
  }
}
