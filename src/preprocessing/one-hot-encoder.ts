import { CellsTransformer } from '../base/cells-transformer.ts';
import { DataError, OptionError, ShapeError } from '../core/errors.ts';
import { choice, custom, flag, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { CsrMatrix } from '../matrix/csr-matrix.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { asMatrix, isMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { columnNames, columnTitle, type Cell, type Cells, type ColumnsSeen } from '../table/cells.ts';
import { categoriesRule, categoryCodes, learnCategories, refuseUnknownCodes, type CategoriesOption } from './categories.ts';
import { categoryName } from './category-name.ts';
import { groupPositions, INFREQUENT, infrequentCategories, maxCategoriesRule, minFrequencyRule } from './infrequent-categories.ts';

export interface OneHotEncoderOptions {
  /** 'auto': those seen in fit, ascending; or the categories of each column. Default 'auto'. */
  categories?: CategoriesOption;
  /**
   * Category without a column of its own: none (null), the first of every column ('first'), the first where
   * there are two ('ifBinary'), or one category per column in a list. Default null.
   */
  drop?: null | 'first' | 'ifBinary' | readonly Cell[];
  /** Whether the result is a CsrMatrix instead of a DenseMatrix. Default true. */
  sparseOutput?: boolean;
  /** A category that fit did not see: an error, a row of zeros, or the infrequent column where there is one. Default 'error'. */
  handleUnknown?: 'error' | 'ignore' | 'infrequentIfExist';
  /** Categories in fewer rows (whole number), or in a smaller share of rows (below 1), are joined. Default null: none. */
  minFrequency?: number | null;
  /** Most columns per column of X, that of the joined categories included and before `drop`. Default null: no limit. */
  maxCategories?: number | null;
  /** Names an output column: 'concat' is `column_category`. Default 'concat'. */
  featureNameCombiner?: 'concat' | ((column: string, category: Cell) => string);
}

/** What OneHotEncoder has learned. */
export interface OneHotEncoderLearned {
  /** Categories of each column: ascending, then null, then NaN; or as given. */
  categories: readonly (readonly Cell[])[];
  /** Categories joined into one column, one list per column of X, null for none. */
  infrequentCategories: readonly (readonly Cell[] | null)[];
  /** Position in `categories` of each column's dropped category (the first of them, where joined ones are dropped), null for none. */
  dropIdx: readonly (number | null)[];
}

/** Where the categories of one column of X go. */
interface ColumnPlan {
  /** Output column of each category, relative to the first; −1 for the dropped one. */
  targets: Int32Array;
  /** The same for a category not seen. */
  unknown: number;
  /** What each output column stands for. */
  outputs: readonly Cell[];
}

/**
 * One column of zeros and ones per category.
 *
 * X: a Table, a dense Matrix, or rows of text, numbers or booleans, one type per column. A missing value is a
 * category like others and stands last; in rows of values null comes before NaN, in a Table they are one.
 * Result: rows × Σ categories, CSR unless `sparseOutput: false`.
 *
 * `fitted`: categories, infrequentCategories, dropIdx, nFeaturesIn, featureNamesIn.
 * @throws DataError for mixed types, and, unless `handleUnknown` says otherwise, for a category not seen in fit,
 * naming column and value
 *
 * Counterpart: scikit-learn's OneHotEncoder, names of output columns included (missing is `nan` or `None`, true
 * is `True`). Whole numbers are named `1` even where numpy's would be `1.0`. handle_unknown="warn" has no counterpart.
 *
 * @example
 * const encoder = await new OneHotEncoder({ sparseOutput: false }).fit([['red'], ['blue']]);
 * (await encoder.transform([['red']])).toArray(); // [[0, 1]]
 */
export class OneHotEncoder extends CellsTransformer<OneHotEncoderOptions, OneHotEncoderLearned> {
  static override readonly rules: Rules<OneHotEncoderOptions> = {
    categories: categoriesRule(),
    drop: custom<null | 'first' | 'ifBinary' | readonly Cell[]>(
      null,
      "null, 'first', 'ifBinary', or one category per column",
      (v) => v === null || v === 'first' || v === 'ifBinary' || Array.isArray(v),
      'last',
    ),
    sparseOutput: flag(true),
    handleUnknown: choice('error', ['error', 'ignore', 'infrequentIfExist']),
    minFrequency: minFrequencyRule(),
    maxCategories: maxCategoriesRule(),
    featureNameCombiner: custom<'concat' | ((column: string, category: Cell) => string)>(
      'concat',
      "'concat' or a function (column, category) → name",
      (v) => v === 'concat' || typeof v === 'function',
    ),
  };

  protected learn(X: Cells): OneHotEncoderLearned {
    const { categories: given, handleUnknown, minFrequency, maxCategories } = this.options;
    const { categories, counts } = learnCategories(this.owner, X, given, handleUnknown === 'error');
    const rare = counts.map((count) => infrequentCategories(count, X.rows, minFrequency, maxCategories));
    const infrequent = rare.map((positions, j) => (positions === null ? null : Array.from(positions, (k) => categories[j][k])));
    return { categories, infrequentCategories: infrequent, dropIdx: this.#dropIdx(categories, rare, X.names) };
  }

  protected apply(X: Cells, fitted: OneHotEncoderLearned & ColumnsSeen): Matrix {
    const plans = this.#plans(fitted);
    const targets: Int32Array[] = [];
    let cols = 0;
    plans.forEach((plan, j) => {
      const first = cols;
      const list = fitted.categories[j];
      const codes = categoryCodes(X, j, list);
      if (this.options.handleUnknown === 'error') refuseUnknownCodes(this.owner, codes, X, j, list);
      // Its first element is for categories that fit did not see.
      const outputs = Int32Array.of(plan.unknown, ...plan.targets).map((target) => (target < 0 ? -1 : target + first));
      for (let i = 0; i < codes.length; i++) codes[i] = outputs[codes[i] + 1];
      targets.push(codes);
      cols += plan.outputs.length;
    });
    return this.options.sparseOutput ? sparseOnes(targets, X.rows, cols) : denseOnes(targets, X.rows, cols);
  }

  /**
   * Rows of categories from rows of zeros and ones (or of likelihoods: the largest counts). A row of zeros is the
   * dropped category; without one, an unknown category, null. Joined categories come back as 'infrequent_sklearn'.
   * @throws DataError for a row of zeros where neither `drop` nor `handleUnknown` explains it
   */
  async inverseTransform(X: MatrixLike): Promise<Cell[][]> {
    const plans = this.#plans(this.fitted);
    const cols = plans.reduce((sum, plan) => sum + plan.outputs.length, 0);
    // With every category dropped there is a matrix of rows without columns.
    const dense = (cols === 0 && isMatrix(X) ? X : asMatrix(this.owner, X, { minRows: 0 })).toDense();
    if (dense.cols !== cols) throw new ShapeError(`${this.owner}: X has ${dense.cols} columns, but transform returns ${cols}.`);
    return Array.from({ length: dense.rows }, (_, i) => {
      let start = 0;
      return plans.map((plan, j) => {
        const row = dense.row(i).subarray(start, start + plan.outputs.length);
        start += plan.outputs.length;
        if (row.some((value) => value !== 0)) return plan.outputs[row.indexOf(Math.max(...row))];
        return this.#categoryOfZeros(j, i);
      });
    });
  }

  override featureNamesOut(inputNames?: readonly string[]): string[] {
    const names = columnNames(this.owner, this.fitted, inputNames);
    const { featureNameCombiner: combine } = this.options;
    return this.#plans(this.fitted).flatMap(({ outputs }, j) =>
      outputs.map((category) => (combine === 'concat' ? `${names[j]}_${categoryName(category)}` : combine(names[j], category))),
    );
  }

  #categoryOfZeros(j: number, row: number): Cell {
    const { categories, dropIdx, infrequentCategories: infrequent } = this.fitted;
    const dropped = dropIdx[j];
    if (dropped !== null) {
      const category = categories[j][dropped];
      return infrequent[j]?.some((rare) => Object.is(rare, category)) ? INFREQUENT : category;
    }
    const { handleUnknown } = this.options;
    if (handleUnknown === 'ignore' || (handleUnknown === 'infrequentIfExist' && infrequent[j] === null)) return null;
    throw new DataError(`${this.owner}: every row must name a category of column ${columnTitle(this.fitted.featureNamesIn, j)}, row ${row} has only zeros.`);
  }

  #dropIdx(categories: readonly (readonly Cell[])[], rare: readonly (Int32Array | null)[], names: readonly string[] | null): (number | null)[] {
    const { drop } = this.options;
    if (drop === null) return categories.map(() => null);
    if (typeof drop === 'string') {
      return categories.map((list, j) => {
        const groups = groupPositions(list.length, rare[j]);
        const count = list.length - (rare[j] === null ? 0 : rare[j]!.length - 1);
        return drop === 'first' || count === 2 ? groups.indexOf(0) : null;
      });
    }
    if (drop.length !== categories.length) {
      throw new OptionError(`${this.owner}: drop must have one category per column (${categories.length}), got ${drop.length}.`);
    }
    return categories.map((list, j) => {
      const position = list.findIndex((category) => category === drop[j] || Object.is(category, drop[j]));
      const title = columnTitle(names, j);
      if (position < 0) throw new OptionError(`${this.owner}: drop must be a category of column ${title} (${list.slice(0, 5).map(show).join(', ')}), got ${show(drop[j])}.`);
      if (rare[j]?.includes(position)) throw new OptionError(`${this.owner}: drop must not be infrequent, ${show(drop[j])} of column ${title} is.`);
      return position;
    });
  }

  #plans({ categories, infrequentCategories: infrequent, dropIdx }: OneHotEncoderLearned): ColumnPlan[] {
    return categories.map((list, j) => {
      const joined = infrequent[j];
      const rare = joined === null ? null : Int32Array.from(list.flatMap((category, k) => (joined.some((r) => Object.is(r, category)) ? [k] : [])));
      const targets = groupPositions(list.length, rare);
      const outputs: Cell[] = list.filter((_, k) => !rare?.includes(k));
      if (rare !== null) outputs.push(INFREQUENT);
      const dropped = dropIdx[j] === null ? -1 : targets[dropIdx[j]!];
      let unknown = this.options.handleUnknown === 'infrequentIfExist' && rare !== null ? outputs.length - 1 : -1;
      if (dropped >= 0) {
        const shift = (target: number): number => (target === dropped ? -1 : target > dropped ? target - 1 : target);
        outputs.splice(dropped, 1);
        unknown = shift(unknown);
        return { targets: targets.map(shift), unknown, outputs };
      }
      return { targets, unknown, outputs };
    });
  }
}

function denseOnes(targets: readonly Int32Array[], rows: number, cols: number): DenseMatrix {
  const result = new DenseMatrix(rows, cols);
  for (const target of targets) for (let i = 0; i < rows; i++) if (target[i] >= 0) result.data[i * cols + target[i]] = 1;
  return result;
}

function sparseOnes(targets: readonly Int32Array[], rows: number, cols: number): CsrMatrix {
  const isFull = targets.every((target) => !target.includes(-1));
  return isFull ? fullRows(targets, rows, cols) : rowsWithGaps(targets, rows, cols);
}

const BLOCK = 128;

/** One entry per row and target. */
function fullRows(targets: readonly Int32Array[], rows: number, cols: number): CsrMatrix {
  const width = targets.length;
  const indptr = new Int32Array(rows + 1);
  for (let i = 1; i <= rows; i++) indptr[i] = i * width;
  const indices = new Int32Array(rows * width);
  // So many rows at a time that what is written stays in the cache until its lines are full.
  for (let from = 0; from < rows; from += BLOCK) {
    const to = Math.min(rows, from + BLOCK);
    for (const [t, target] of targets.entries()) for (let i = from, p = from * width + t; i < to; i++, p += width) indices[p] = target[i];
  }
  return new CsrMatrix(rows, cols, indptr, indices, new Float64Array(indices.length).fill(1));
}

function rowsWithGaps(targets: readonly Int32Array[], rows: number, cols: number): CsrMatrix {
  const indptr = new Int32Array(rows + 1);
  for (const target of targets) for (let i = 0; i < rows; i++) if (target[i] >= 0) indptr[i + 1]++;
  for (let i = 0; i < rows; i++) indptr[i + 1] += indptr[i];
  const indices = new Int32Array(indptr[rows]);
  const next = indptr.slice(0, rows);
  for (const target of targets) for (let i = 0; i < rows; i++) if (target[i] >= 0) indices[next[i]++] = target[i];
  return new CsrMatrix(rows, cols, indptr, indices, new Float64Array(indices.length).fill(1));
}
