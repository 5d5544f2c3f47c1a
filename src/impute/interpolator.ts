import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { DataError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { choice, integer, optional, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';

export interface InterpolatorOptions {
  /** A straight line between the values around a gap, the value before it, or the value after it. Default 'linear'. */
  method?: 'linear' | 'previous' | 'next';
  /** Rows of a gap that are filled at most, from its start; the others stay NaN. Default null: all. */
  limit?: number | null;
}

/** What Interpolator has learned. */
export interface InterpolatorLearned {
  /** Last known value of each column in fit. */
  last: Float64Array;
  /** How many rows of fit come after it. */
  gap: Int32Array;
}

/**
 * Fills gaps in rows that have an order, such as days: from the values before and after in the same column. Rows count
 * as equally far apart.
 *
 * What leaks and what does not: `transform` fills from the rows it is given and from the last value of fit, which is
 * taken to stand right before them, as test days follow training days. `fit` and `fitTransform` see training rows only,
 * and nothing of test rows ever reaches training rows. Within the rows given, 'linear' and 'next' do look ahead; use
 * 'previous' where a row must not know later ones. Do not put it into shuffled folds: their rows have lost their order.
 *
 * At the start of a gap without a value before: the first value after. At the end without a value after: the last
 * value before. In `fitTransform` there is nothing before the first row.
 *
 * X: samples × features, dense, NaN where missing, every column with a value in fit. `fitted`: last, gap, nFeaturesIn.
 * scikit-learn has no counterpart; within rows it is pandas' interpolate(limit_direction="both"), ffill().bfill() and
 * bfill().ffill().
 *
 * @throws DataError for a column without any value in fit
 *
 * @example
 * const days = await new Interpolator().fit([[1], [NaN], [5]]);
 * (await days.transform([[NaN], [9]])).toArray(); // [[7], [9]]
 */
export class Interpolator extends MatrixTransformer<InterpolatorOptions, InterpolatorLearned> {
  static override readonly rules: Rules<InterpolatorOptions> = {
    method: choice('linear', ['linear', 'previous', 'next']),
    limit: optional(integer(1, { min: 1 })),
  };

  protected override get allowNaN(): boolean {
    return true;
  }

  protected learn(X: Matrix): InterpolatorLearned {
    const dense = this.#dense(X);
    const last = new Float64Array(X.cols);
    const gap = new Int32Array(X.cols);
    for (let j = 0; j < X.cols; j++) {
      const column = dense.col(j);
      const at = column.findLastIndex((value) => value === value);
      if (at < 0) throw new DataError(`${this.owner}: every column must have a value in fit, column ${j} has only NaN. Drop it.`);
      last[j] = column[at];
      gap[j] = X.rows - 1 - at;
    }
    return { last, gap };
  }

  protected apply(X: Matrix, { last, gap }: InterpolatorLearned & FeaturesSeen): Matrix {
    return this.#filled(this.#dense(X), last, gap);
  }

  override async fitTransform(X: MatrixLike, y?: ArrayLike<unknown>, options?: FitOptions): Promise<Matrix> {
    await this.fit(X, y, options);
    return this.#filled(this.#dense(this.checkSeen(X)), null, null);
  }

  /** @param last the values before the first row, null for none; `gap` rows lie between */
  #filled(X: DenseMatrix, last: Float64Array | null, gap: Int32Array | null): DenseMatrix {
    const filled = X.copy();
    const { rows, cols, data } = filled;
    for (let j = 0; j < cols; j++) {
      let before = last === null ? -Infinity : -1 - gap![j];
      let valueBefore = last === null ? Number.NaN : last[j];
      for (let i = 0; i < rows; i++) {
        const value = data[i * cols + j];
        if (value === value) {
          before = i;
          valueBefore = value;
          continue;
        }
        let after = i + 1;
        while (after < rows && data[after * cols + j] !== data[after * cols + j]) after++;
        const valueAfter = after < rows ? data[after * cols + j] : Number.NaN;
        this.#fillGap(filled, j, i, after, before, valueBefore, valueAfter);
        i = after - 1;
      }
    }
    return filled;
  }

  #fillGap({ cols, data }: DenseMatrix, j: number, from: number, after: number, before: number, valueBefore: number, valueAfter: number): void {
    const { method, limit } = this.options;
    const end = limit === null ? after : Math.min(after, from + limit);
    for (let i = from; i < end; i++) {
      let value: number;
      if (valueBefore !== valueBefore) value = valueAfter;
      else if (valueAfter !== valueAfter || method === 'previous') value = valueBefore;
      else if (method === 'next') value = valueAfter;
      else value = valueBefore + ((valueAfter - valueBefore) * (i - before)) / (after - before);
      data[i * cols + j] = value;
    }
  }

  #dense(X: Matrix): DenseMatrix {
    if (X.kind === 'dense') return X;
    throw new DataError(`${this.owner}: X must be dense, got a sparse matrix. Use X.toDense().`);
  }
}
