import { median } from '../core/median.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';

/** What fills the columns of numbers. */
export interface FillRule {
  strategy: 'mean' | 'median' | 'mostFrequent' | 'constant';
  /** With 'constant'. */
  fillValue: number;
  /** Whether a column without any value is filled (with 0, or `fillValue`) instead of dropped. */
  keepEmptyFeatures: boolean;
}

/** What fills each column of X, NaN for one that is dropped; implicit zeros of a sparse X are values. */
export function columnStatistics(X: Matrix, { strategy, fillValue, keepEmptyFeatures }: FillRule): Float64Array {
  const column = presentValues(X);
  return Float64Array.from({ length: X.cols }, (_, j) => {
    const values = column(j);
    if (values.length === 0) return keepEmptyFeatures ? (strategy === 'constant' ? fillValue : 0) : Number.NaN;
    if (strategy === 'constant') return fillValue;
    if (strategy === 'mean') return mean(values);
    return strategy === 'median' ? median(values) : sortedMode(values.sort());
  });
}

/** X without the columns whose statistic is NaN, and with NaN replaced by the statistics. */
export function fillColumns(X: Matrix, statistics: Float64Array): Matrix {
  const kept = keptColumns(statistics);
  const fills = Float64Array.from(kept, (j) => statistics[j]);
  const source = kept.length === X.cols ? X : X.takeCols(kept);
  const { data, cols } = source;
  const filled = new Float64Array(data.length);
  if (source.kind === 'csr') {
    for (let p = 0; p < data.length; p++) filled[p] = data[p] === data[p] ? data[p] : fills[source.indices[p]];
    return source.withData(filled);
  }
  for (let p = 0; p < data.length; ) {
    for (let j = 0; j < cols; j++, p++) filled[p] = data[p] === data[p] ? data[p] : fills[j];
  }
  return new DenseMatrix(source.rows, cols, filled);
}

/** Columns with a statistic, ascending. */
export function keptColumns(statistics: ArrayLike<unknown>): Int32Array {
  return Int32Array.from({ length: statistics.length }, (_, j) => j).filter((j) => statistics[j] === statistics[j]);
}

/** Reads the values of a column that are not NaN, implicit zeros included, in a copy that is good until the next column is read. */
function presentValues(X: Matrix): (j: number) => Float64Array {
  if (X.kind === 'dense') {
    const { rows, cols, data } = X;
    const values = new Float64Array(rows);
    return (j) => {
      let count = 0;
      for (let p = j; p < data.length; p += cols) {
        const value = data[p];
        if (value === value) values[count++] = value;
      }
      return values.subarray(0, count);
    };
  }
  const byColumn = X.transpose();
  return (j) => {
    const stored = byColumn.data.subarray(byColumn.indptr[j], byColumn.indptr[j + 1]);
    const present = stored.filter((value) => value === value);
    const values = new Float64Array(present.length + X.rows - stored.length);
    values.set(present);
    return values;
  };
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** The value that occurs most often in an ascending list, the smallest of several. */
function sortedMode(values: Float64Array): number {
  let best = values[0];
  let most = 0;
  for (let i = 0; i < values.length; ) {
    let end = i + 1;
    while (end < values.length && values[end] === values[i]) end++;
    if (end - i > most) {
      most = end - i;
      best = values[i];
    }
    i = end;
  }
  return best;
}
