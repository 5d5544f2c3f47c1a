import { CellsTransformer } from '../base/cells-transformer.ts';
import { DataError, OptionError, ShapeError } from '../core/errors.ts';
import { choice, custom, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { columnTitle, type Cell, type Cells, type ColumnsSeen } from '../table/cells.ts';
import { categoriesRule, categoryCodes, learnCategories, refuseUnknownCodes, type CategoriesOption } from './categories.ts';
import { groupPositions, INFREQUENT, infrequentCategories, maxCategoriesRule, minFrequencyRule } from './infrequent-categories.ts';

export interface OrdinalEncoderOptions {
  /** 'auto': those seen in fit, ascending; or the categories of each column, in the order of their codes. Default 'auto'. */
  categories?: CategoriesOption;
  /** A category that fit did not see: an error, or `unknownValue`. Default 'error'. */
  handleUnknown?: 'error' | 'useEncodedValue';
  /** Code of categories that fit did not see: a whole number that is no category's code, or NaN. Default null: must be given with 'useEncodedValue'. */
  unknownValue?: number | null;
  /** Code of a missing value (NaN; missing in a Table): a whole number that is no category's code, or NaN. Default NaN. */
  encodedMissingValue?: number;
  /** Categories in fewer rows (whole number), or in a smaller share of rows (below 1), share the last code. Default null: none. */
  minFrequency?: number | null;
  /** Most codes per column, that of joined categories included, that of missing values not. Default null: no limit. */
  maxCategories?: number | null;
}

/** What OrdinalEncoder has learned. */
export interface OrdinalEncoderLearned {
  /** Categories of each column: ascending, then null, then NaN; or as given. */
  categories: readonly (readonly Cell[])[];
  /** Positions in `categories` of those that share the last code, per column; null for none. */
  infrequentIndices: readonly (Int32Array | null)[];
}

const wholeOrNaN = (v: unknown): boolean => Number.isInteger(v) || Number.isNaN(v);

/**
 * Numbers the categories of each column 0 … k − 1, in ascending or in a given order.
 *
 * X: a Table, a dense Matrix, or rows of text, numbers or booleans, one type per column. Result: a dense matrix
 * of X's shape. A missing value (NaN; null in a Table) becomes `encodedMissingValue`; null in rows of values is
 * a category, the last but NaN.
 *
 * `fitted`: categories, infrequentIndices, nFeaturesIn, featureNamesIn.
 * @throws DataError for mixed types, and, unless `handleUnknown` says otherwise, for a category not seen in fit,
 * naming column and value; OptionError when a code stands for two things
 *
 * Counterpart: scikit-learn's OrdinalEncoder.
 *
 * @example
 * const encoder = await new OrdinalEncoder({ categories: [['low', 'mid', 'high']] }).fit([['low'], ['high']]);
 * (await encoder.transform([['mid'], ['low']])).toArray(); // [[1], [0]]
 */
export class OrdinalEncoder extends CellsTransformer<OrdinalEncoderOptions, OrdinalEncoderLearned> {
  static override readonly rules: Rules<OrdinalEncoderOptions> = {
    categories: categoriesRule(),
    handleUnknown: choice('error', ['error', 'useEncodedValue']),
    unknownValue: custom<number | null>(null, 'a whole number, NaN or null', (v) => v === null || wholeOrNaN(v), 0.5),
    encodedMissingValue: custom<number>(Number.NaN, 'a whole number or NaN', wholeOrNaN, 0.5),
    minFrequency: minFrequencyRule(),
    maxCategories: maxCategoriesRule(),
  };

  protected learn(X: Cells): OrdinalEncoderLearned {
    const { categories: given, handleUnknown, unknownValue, encodedMissingValue, minFrequency, maxCategories } = this.options;
    if (handleUnknown === 'useEncodedValue' && unknownValue === null) {
      throw new OptionError(`${this.owner}: unknownValue must be given with handleUnknown: 'useEncodedValue', got null.`);
    }
    if (handleUnknown === 'error' && unknownValue !== null) {
      throw new OptionError(`${this.owner}: unknownValue must be null unless handleUnknown is 'useEncodedValue', got ${unknownValue}.`);
    }
    const { categories, counts } = learnCategories(this.owner, X, given, handleUnknown === 'error');
    const infrequentIndices = categories.map((list, j) =>
      infrequentCategories(counts[j].subarray(0, presentCount(list)), X.rows, minFrequency, maxCategories),
    );
    categories.forEach((list, j) => {
      const used = presentCount(list) - (infrequentIndices[j] === null ? 0 : infrequentIndices[j]!.length - 1);
      const clash = (value: number | null): boolean => value !== null && value >= 0 && value < used;
      const title = columnTitle(X.names, j);
      if (clash(unknownValue)) throw new OptionError(`${this.owner}: unknownValue must be no category's code, column ${title} uses 0 … ${used - 1}, got ${unknownValue}.`);
      if (presentCount(list) < list.length && clash(encodedMissingValue)) {
        throw new OptionError(`${this.owner}: encodedMissingValue must be no category's code, column ${title} uses 0 … ${used - 1}, got ${encodedMissingValue}.`);
      }
    });
    return { categories, infrequentIndices };
  }

  protected apply(X: Cells, { categories, infrequentIndices }: OrdinalEncoderLearned & ColumnsSeen): Matrix {
    const cols = X.width;
    const result = new DenseMatrix(X.rows, cols);
    const { handleUnknown, unknownValue, encodedMissingValue } = this.options;
    categories.forEach((list, j) => {
      const codes = categoryCodes(X, j, list);
      if (handleUnknown === 'error') refuseUnknownCodes(this.owner, codes, X, j, list);
      const present = presentCount(list);
      const groups = groupPositions(present, infrequentIndices[j]);
      for (let i = 0; i < X.rows; i++) {
        const code = codes[i];
        result.data[i * cols + j] = code < 0 ? unknownValue! : code < present ? groups[code] : encodedMissingValue;
      }
    });
    return result;
  }

  /**
   * Rows of categories from codes. Unknown ones come back as null, joined ones as 'infrequent_sklearn'.
   * @throws DataError naming row and column of a value that is no code
   */
  async inverseTransform(X: MatrixLike): Promise<Cell[][]> {
    const { categories, infrequentIndices, nFeaturesIn, featureNamesIn } = this.fitted;
    const { handleUnknown, unknownValue, encodedMissingValue } = this.options;
    const codes = asMatrix(this.owner, X, { allowNaN: true, minRows: 0 }).toDense();
    if (codes.cols !== nFeaturesIn) throw new ShapeError(`${this.owner}: X has ${codes.cols} columns, but ${nFeaturesIn} were seen in fit.`);
    const meanings = categories.map((list, j) => {
      const frequent = list.slice(0, presentCount(list)).filter((_, k) => !infrequentIndices[j]?.includes(k));
      return infrequentIndices[j] === null ? frequent : [...frequent, INFREQUENT];
    });
    return Array.from({ length: codes.rows }, (_, i) =>
      meanings.map((meaning, j): Cell => {
        const code = codes.at(i, j);
        const hasMissing = presentCount(categories[j]) < categories[j].length;
        if (hasMissing && same(code, encodedMissingValue)) return Number.NaN;
        if (handleUnknown === 'useEncodedValue' && same(code, unknownValue!)) return null;
        if (Number.isInteger(code) && code >= 0 && code < meaning.length) return meaning[code];
        throw new DataError(
          `${this.owner}: codes of column ${columnTitle(featureNamesIn, j)} must be whole numbers in 0 … ${meaning.length - 1}, row ${i} has ${show(code)}.`,
        );
      }),
    );
  }
}

const same = (a: number, b: number): boolean => a === b || (a !== a && b !== b);

/** How many categories are not the missing one, NaN, which stands last. */
const presentCount = (list: readonly Cell[]): number => (list.length > 0 && list[list.length - 1] !== list[list.length - 1] ? list.length - 1 : list.length);
