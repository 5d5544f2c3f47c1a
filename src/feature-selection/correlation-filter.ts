import { choice, number, type Rules } from '../core/rules.ts';
import { columnMoments } from '../matrix/column-moments.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import { gram } from '../matrix/gram.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { Labels } from '../core/labels.ts';
import { checkSameRows } from '../core/rows.ts';
import { fClassif } from './f-classif.ts';
import { FeatureSelector, positions, type ColumnsKept } from './feature-selector.ts';
import { rRegression } from './r-regression.ts';
import { nanLast } from './univariate-selector.ts';

export interface CorrelationFilterOptions {
  /** Largest |correlation| that two kept columns may have, 0 to 1. Default 0.95. */
  threshold?: number;
  /**
   * Which of two columns is kept: the one that is better related to y ('related'; the first without y), or the
   * first. Default 'related'.
   */
  keep?: 'related' | 'first';
}

export interface CorrelationFilterFitted extends ColumnsKept {
  /** For each column, the kept column that it repeats; itself where it is kept. */
  standsFor: Int32Array;
}

/**
 * Drops columns that repeat others: goes through the columns, best first, and keeps each whose |Pearson's r| with
 * every column kept so far is at most `threshold`. "Best" is |r| with y for numbers, F of the analysis of variance
 * for classes, and the order of columns on a tie. A constant column correlates with nothing and is kept; see
 * VarianceThreshold.
 *
 * X: rows × columns, dense or sparse. Memory: columns² numbers. `fitted`: columns, standsFor.
 *
 * Counterpart: none in scikit-learn; feature_engine's SmartCorrelatedSelection.
 *
 * @example
 * await new CorrelationFilter({ threshold: 0.9 }).fitTransform(X, y);
 */
export class CorrelationFilter extends FeatureSelector<CorrelationFilterOptions, CorrelationFilterFitted> {
  static override readonly rules: Rules<CorrelationFilterOptions> = {
    threshold: number(0.95, { min: 0, max: 1 }),
    keep: choice('related', ['related', 'first']),
  };

  protected learn(X: Matrix, y: ArrayLike<unknown> | undefined): CorrelationFilterFitted {
    const { threshold, keep } = this.options;
    const correlations = columnCorrelations(X);
    const order = Array.from({ length: X.cols }, (_, j) => j);
    if (keep === 'related' && y != null) {
      checkSameRows(this.owner, { X, y });
      const related = relation(X, y);
      order.sort((a, b) => related[b] - related[a] || a - b);
    }
    const standsFor = Int32Array.from(order.keys());
    const kept: number[] = [];
    for (const j of order) {
      const repeats = kept.find((k) => Math.abs(correlations.data[j * X.cols + k]) > threshold);
      if (repeats === undefined) kept.push(j);
      else standsFor[j] = repeats;
    }
    return { columns: positions(Array.from(standsFor, (k, j) => k === j)), standsFor };
  }
}

function relation(X: Matrix, y: ArrayLike<unknown>): Float64Array {
  if (typeof y[0] === 'number') return rRegression(X, y as ArrayLike<number>).map(Math.abs);
  return nanLast(fClassif(X, y as Labels).scores);
}

/** Pearson's r of all pairs of columns; 0 with a constant one. */
function columnCorrelations(X: Matrix): DenseMatrix {
  const { mean, variance } = columnMoments(X);
  const deviations = variance.map((value) => Math.sqrt(value * X.rows));
  let centred = X;
  if (X.kind === 'dense') {
    centred = X.copy();
    for (let p = 0; p < X.data.length; p++) centred.data[p] -= mean[p % X.cols];
  }
  const correlations = gram(centred);
  for (let i = 0; i < X.cols; i++) {
    for (let j = 0; j < X.cols; j++) {
      const p = i * X.cols + j;
      const covariance = correlations.data[p] - (X.kind === 'csr' ? X.rows * mean[i] * mean[j] : 0);
      const size = deviations[i] * deviations[j];
      correlations.data[p] = size > 0 ? covariance / size : 0;
    }
  }
  return correlations;
}
