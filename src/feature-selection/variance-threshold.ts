import { DataError } from '../core/errors.ts';
import { number, type Rules } from '../core/rules.ts';
import { columnMoments } from '../matrix/column-moments.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { FeatureSelector, positions, type ColumnsKept } from './feature-selector.ts';

export interface VarianceThresholdOptions {
  /** Columns whose population variance is not above this are dropped. Default 0: those that hold one value only. */
  threshold?: number;
}

export interface VarianceThresholdFitted extends ColumnsKept {
  /** Population variance of each column; with threshold 0 the smaller of it and the range, which is exactly 0 for one value. */
  variances: Float64Array;
}

/**
 * Drops columns that hardly vary. y is not looked at. NaN is missing: it is skipped, and passed on.
 * X: rows × columns, dense or sparse. `fitted`: columns, variances.
 *
 * @throws DataError when no column varies enough
 * Counterpart: scikit-learn's VarianceThreshold.
 *
 * @example
 * await new VarianceThreshold().fitTransform(X); // without constant columns
 */
export class VarianceThreshold extends FeatureSelector<VarianceThresholdOptions, VarianceThresholdFitted> {
  static override readonly rules: Rules<VarianceThresholdOptions> = { threshold: number(0, { min: 0 }) };

  protected override get allowNaN(): boolean {
    return true;
  }

  protected learn(X: Matrix): VarianceThresholdFitted {
    const { threshold } = this.options;
    const variances = columnMoments(X).variance;
    if (threshold === 0) {
      const ranges = columnRanges(X);
      for (let j = 0; j < X.cols; j++) if (ranges[j] < variances[j]) variances[j] = ranges[j];
    }
    const columns = positions(Array.from(variances, (variance) => variance > threshold));
    if (columns.length === 0) {
      throw new DataError(
        `${this.owner}: at least one column must have a variance above ${threshold}, none of ${X.cols} has` +
          `${X.rows === 1 ? ' since there is one row only' : ''}. Lower the threshold.`,
      );
    }
    return { columns, variances };
  }
}

/** Largest minus smallest value of each column, implicit zeros counted; NaN for a column that holds one, as numpy.ptp. */
function columnRanges(X: Matrix): Float64Array {
  const least = new Float64Array(X.cols).fill(Infinity);
  const most = new Float64Array(X.cols).fill(-Infinity);
  const stored = new Int32Array(X.cols);
  for (let p = 0; p < X.data.length; p++) {
    const j = X.kind === 'csr' ? X.indices[p] : p % X.cols;
    const value = X.data[p];
    stored[j]++;
    least[j] = Math.min(least[j], value);
    most[j] = Math.max(most[j], value);
  }
  return least.map((low, j) => {
    const hidden = X.kind === 'csr' && stored[j] < X.rows;
    return (hidden ? Math.max(most[j], 0) : most[j]) - (hidden ? Math.min(low, 0) : low);
  });
}
