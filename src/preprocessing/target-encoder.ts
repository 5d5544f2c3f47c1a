import { CellsTransformer } from '../base/cells-transformer.ts';
import { DataError, OptionError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { kFolds, stratifiedFolds } from '../core/fold-numbers.ts';
import { encodeLabels, type Label, type Labels } from '../core/labels.ts';
import { RandomState } from '../core/random-state.ts';
import { checkSameRows } from '../core/rows.ts';
import { choice, either, flag, integer, number, seed, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { columnNames, readCells, type Cell, type Cells, type CellsLike, type ColumnsSeen } from '../table/cells.ts';
import { categoriesRule, categoryCodes, learnCategories, type CategoriesOption } from './categories.ts';
import { categoryName } from './category-name.ts';
import { targetEncoding, targetMean as meanOf, type LeftOut } from './target-encoding.ts';

export interface TargetEncoderOptions {
  /** 'auto': those seen in fit; or the categories of each column. Default 'auto'. */
  categories?: CategoriesOption;
  /**
   * What y is. 'auto': numbers with fractions are measurements; anything else is a class, whole numbers too. Say
   * 'continuous' for a target of whole numbers that measure. Default 'auto'.
   */
  targetType?: 'auto' | 'continuous' | 'binary' | 'multiclass';
  /** How many rows of the overall mean are mixed into each category's mean; 'auto': as many as the variances suggest. Default 'auto'. */
  smooth?: 'auto' | number;
  /** Folds in fitTransform, at least 2: stratified for classes. Default 5. */
  cv?: number;
  /** Whether chance deals rows to folds, rather than their order. Default true. */
  shuffle?: boolean;
  /** Seed of the shuffling; null is seed 0. Default null. */
  randomState?: number | null;
}

/** What TargetEncoder has learned. */
export interface TargetEncoderLearned {
  /** Categories of each column: ascending, then null, then NaN; or as given. */
  categories: readonly (readonly Cell[])[];
  /** What 'auto' has become. */
  targetType: 'continuous' | 'binary' | 'multiclass';
  /** The labels of y, ascending; null for measurements. */
  classes: readonly Label[] | null;
  /** Mean of y, or share of the second class, or share of each class. */
  targetMean: Float64Array;
  /** One value per category for each column of the result: column by column of X and, of more than two classes, class by class. */
  encodings: readonly Float64Array[];
}

interface Target {
  type: TargetEncoderLearned['targetType'];
  classes: readonly Label[] | null;
  /** Class of each row; null for measurements. */
  codes: Int32Array | null;
  /** One list of numbers per output of a column: y itself, or 1 where the row is of the class. */
  outputs: readonly Float64Array[];
}

/**
 * Replaces each category by the mean of y among its rows, shrunk towards the overall mean.
 *
 * encoding = (Σ y + m·ȳ) / (n + m) with `smooth` = m; for 'auto', λ·mean + (1 − λ)·ȳ with
 * λ = σ²n / (σ²n + s²), σ² the variance of y and s² that within the category.
 *
 * X: a Table, a dense Matrix, or rows of values. y: one number or label per row; must be given. Result: dense, one
 * column per column of X, or per column and class where y has more than two. A category that fit did not see gets ȳ.
 *
 * `fitTransform(X, y)` is not `fit(X, y).transform(X)`: it encodes each row by the other folds only, so that what
 * follows in a pipeline does not learn from a mean that holds the row's own y. `transform` uses all rows of fit.
 *
 * `fitted`: categories, targetType, classes, targetMean, encodings, nFeaturesIn, featureNamesIn.
 *
 * Counterpart: scikit-learn's TargetEncoder; its random_state=None draws other folds each time, null is seed 0 here.
 * Source: Micci-Barreca, "A preprocessing scheme for high-cardinality categorical attributes", SIGKDD Explorations
 * 3(1), 2001.
 *
 * @example
 * const encoder = new TargetEncoder({ smooth: 0, cv: 2, shuffle: false });
 * await encoder.fitTransform([['a'], ['a'], ['b'], ['b']], [1.5, 2.5, 4.5, 5.5]);
 */
export class TargetEncoder extends CellsTransformer<TargetEncoderOptions, TargetEncoderLearned> {
  static override readonly rules: Rules<TargetEncoderOptions> = {
    categories: categoriesRule(),
    targetType: choice('auto', ['auto', 'continuous', 'binary', 'multiclass']),
    smooth: either<'auto' | number>([choice('auto', ['auto']), number(0, { min: 0 })], 'auto'),
    cv: integer(5, { min: 2 }),
    shuffle: flag(true),
    randomState: seed(),
  };

  protected learn(X: Cells, y: ArrayLike<unknown> | undefined): TargetEncoderLearned {
    const target = this.#target(y, X.rows);
    const { categories } = learnCategories(this.owner, X, this.options.categories, false);
    const codes = categories.map((list, j) => categoryCodes(X, j, list));
    const targetMean = Float64Array.from(target.outputs, (output) => meanOf(output, null));
    return { categories, targetType: target.type, classes: target.classes, targetMean, encodings: this.#encodings(codes, categories, target, targetMean, null) };
  }

  protected apply(X: Cells, { categories, encodings, targetMean }: TargetEncoderLearned & ColumnsSeen): Matrix {
    const codes = categories.map((list, j) => categoryCodes(X, j, list));
    const result = new DenseMatrix(X.rows, encodings.length);
    write(result, codes, encodings, targetMean, null);
    return result;
  }

  override async fitTransform(X: CellsLike, y?: ArrayLike<unknown>, options: FitOptions = {}): Promise<Matrix> {
    const cells = readCells(this.owner, X);
    if (y != null) checkSameRows(this.owner, { X: { rows: cells.rows, take: () => undefined }, y });
    const target = this.#target(y, cells.rows);
    await this.fit(X, y, options);
    const { categories, encodings } = this.fitted;
    const { cv, shuffle, randomState } = this.options;
    if (cv > cells.rows) throw new OptionError(`${this.owner}: cv must be at most the number of rows, got ${cv} folds of ${cells.rows} rows.`);
    const random = shuffle ? new RandomState(randomState) : null;
    const folds = target.codes === null ? kFolds(cells.rows, cv, random) : stratifiedFolds(target.codes, this.#classSizes(target), cv, random);

    const codes = categories.map((list, j) => categoryCodes(cells, j, list));
    const result = new DenseMatrix(cells.rows, encodings.length);
    for (let fold = 0; fold < cv; fold++) {
      const leftOut = { folds, fold };
      const means = Float64Array.from(target.outputs, (output) => meanOf(output, leftOut));
      write(result, codes, this.#encodings(codes, categories, target, means, leftOut), means, leftOut);
    }
    return result;
  }

  override featureNamesOut(inputNames?: readonly string[]): string[] {
    const { targetType, classes } = this.fitted;
    const names = columnNames(this.owner, this.fitted, inputNames);
    return targetType === 'multiclass' ? names.flatMap((name) => classes!.map((label) => `${name}_${categoryName(label)}`)) : names;
  }

  #encodings(codes: readonly Int32Array[], categories: readonly (readonly Cell[])[], { outputs }: Target, means: Float64Array, leftOut: LeftOut | null): Float64Array[] {
    const { smooth } = this.options;
    return codes.flatMap((column, j) => outputs.map((y, k) => targetEncoding(column, categories[j].length, y, means[k], smooth, leftOut)));
  }

  #target(y: ArrayLike<unknown> | undefined, rows: number): Target {
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one number or label per row.`);
    const wanted = this.options.targetType;
    let fractions = false;
    for (let i = 0; i < rows; i++) fractions ||= typeof y[i] === 'number' && !Number.isInteger(y[i]);
    if (wanted === 'continuous' || (wanted === 'auto' && fractions)) {
      const values = Float64Array.from({ length: rows }, (_, i) => {
        const value = y[i];
        if (typeof value === 'number' && Number.isFinite(value)) return value;
        throw new DataError(`${this.owner}: y must hold finite numbers, row ${i} has ${show(value)}.`);
      });
      return { type: 'continuous', classes: null, codes: null, outputs: [values] };
    }
    const { classes, codes } = encodeLabels(this.owner, y as Labels);
    const type = wanted === 'auto' ? (classes.length <= 2 ? 'binary' : 'multiclass') : wanted;
    if ((type === 'binary') !== classes.length <= 2) {
      throw new DataError(`${this.owner}: y must have ${type === 'binary' ? '2' : '3 or more'} classes for targetType '${type}', got ${classes.length}.`);
    }
    const marked = type === 'binary' ? [1] : classes.map((_, k) => k);
    return { type, classes, codes, outputs: marked.map((k) => Float64Array.from(codes, (code) => (code === k ? 1 : 0))) };
  }

  #classSizes({ classes, codes }: Target): Int32Array {
    const sizes = new Int32Array(classes!.length);
    for (const code of codes!) sizes[code]++;
    if (sizes.every((size) => size < this.options.cv)) {
      throw new OptionError(`${this.owner}: cv must be at most the rows of the largest class, got ${this.options.cv} folds and at most ${Math.max(...sizes)} rows.`);
    }
    return sizes;
  }
}

/** Writes the encodings of a fold's rows (null: all rows); what has no code gets the mean. */
function write(result: DenseMatrix, codes: readonly Int32Array[], encodings: readonly Float64Array[], means: Float64Array, only: LeftOut | null): void {
  const perColumn = means.length;
  encodings.forEach((encoding, at) => {
    const column = codes[Math.floor(at / perColumn)];
    const fallback = means[at % perColumn];
    for (let i = 0; i < result.rows; i++) {
      if (only !== null && only.folds[i] !== only.fold) continue;
      result.data[i * result.cols + at] = column[i] < 0 ? fallback : encoding[column[i]];
    }
  });
}
