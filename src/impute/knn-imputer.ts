import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { DataError } from '../core/errors.ts';
import { choice, flag, integer, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { stackColumns } from '../matrix/stack-columns.ts';
import { columnStatistics, fillColumns, keptColumns } from './column-statistics.ts';
import { columnsWithMissing, missingMask } from './missing-mask.ts';

export interface KNNImputerOptions {
  /** Rows of fit that give a missing value, at most. Default 5. */
  nNeighbors?: number;
  /** Whether these rows count the same, or by 1 / distance. Default 'uniform'. */
  weights?: 'uniform' | 'distance';
  /** Whether to add a column of zeros and ones for each column that had missing values in fit. Default false. */
  addIndicator?: boolean;
  /** Whether to keep columns without any value in fit, as 0. Default false: they are dropped. */
  keepEmptyFeatures?: boolean;
}

/** What KNNImputer has learned. */
export interface KNNImputerLearned {
  /** The rows of fit, NaN where missing. */
  fitX: DenseMatrix;
  /** Mean of each column, for rows that share no known column with any donor; NaN for a column that is dropped. */
  means: Float64Array;
  /** Columns with missing values in fit, which have an indicator; null without `addIndicator`. */
  indicatorFeatures: Int32Array | null;
}

/**
 * Fills a missing value with the mean of its column among the nearest rows of fit that have one.
 *
 * Distance between two rows: √(p / m · Σ (x − z)²) over the m of p columns that both know. Of equally near rows the
 * earlier counts.
 *
 * X: samples × features, dense, NaN where missing. Scale it first: columns with large numbers decide what is near.
 * `fitted`: fitX, means, indicatorFeatures, nFeaturesIn.
 *
 * Counterpart: scikit-learn's KNNImputer (metric="nan_euclidean"), which leaves ties of distance to chance.
 * Source: Troyanskaya et al., "Missing value estimation methods for DNA microarrays", Bioinformatics 17(6), 2001.
 *
 * @example
 * const imputer = await new KNNImputer({ nNeighbors: 1 }).fit([[1, 10], [5, 50]]);
 * (await imputer.transform([[4, NaN]])).toArray(); // [[4, 50]]
 */
export class KNNImputer extends MatrixTransformer<KNNImputerOptions, KNNImputerLearned> {
  static override readonly rules: Rules<KNNImputerOptions> = {
    nNeighbors: integer(5, { min: 1 }),
    weights: choice('uniform', ['uniform', 'distance']),
    addIndicator: flag(false),
    keepEmptyFeatures: flag(false),
  };

  protected override get allowNaN(): boolean {
    return true;
  }

  protected learn(X: Matrix): KNNImputerLearned {
    const { addIndicator, keepEmptyFeatures } = this.options;
    const fitX = this.#dense(X);
    return {
      fitX: fitX.copy(),
      means: columnStatistics(fitX, { strategy: 'mean', fillValue: 0, keepEmptyFeatures }),
      indicatorFeatures: addIndicator ? columnsWithMissing({ matrix: fitX, names: null }) : null,
    };
  }

  protected apply(X: Matrix, { fitX, means, indicatorFeatures }: KNNImputerLearned & FeaturesSeen): Matrix {
    const filled = this.#dense(X).copy();
    const isEmpty = Array.from({ length: fitX.cols }, (_, j) => fitX.col(j).every((value) => value !== value));
    // Like scikit-learn's, an empty column is 0 in every row, whatever the row holds.
    if (this.options.keepEmptyFeatures) isEmpty.forEach((empty, j) => empty && setColumn(filled, j));
    const distances = new Float64Array(fitX.rows);
    for (let i = 0; i < X.rows; i++) {
      const row = (X as DenseMatrix).row(i);
      const missing = Int32Array.from(row.keys()).filter((j) => row[j] !== row[j] && !isEmpty[j]);
      if (missing.length === 0) continue;
      distancesTo(row, fitX, distances);
      for (const j of missing) filled.data[i * X.cols + j] = this.#neighbourMean(distances, fitX, j) ?? means[j];
    }
    const kept = fillColumns(filled, means);
    return indicatorFeatures === null ? kept : stackColumns([kept, missingMask({ matrix: X, names: null }, indicatorFeatures)]);
  }

  override featureNamesOut(inputNames?: readonly string[]): string[] {
    const names = super.featureNamesOut(inputNames);
    const { means, indicatorFeatures } = this.fitted;
    return [...Array.from(keptColumns(means), (j) => names[j]), ...Array.from(indicatorFeatures ?? [], (j) => `missingindicator_${names[j]}`)];
  }

  /** The (weighted) mean of column j among the nearest donors; null where no donor's distance is known. */
  #neighbourMean(distances: Float64Array, fitX: DenseMatrix, j: number): number | null {
    const { nNeighbors, weights } = this.options;
    const { cols, data } = fitX;
    // The nearest so far, ascending by distance.
    const nearest = new Int32Array(Math.min(nNeighbors, fitX.rows));
    let count = 0;
    for (let d = 0; d < distances.length; d++) {
      const distance = distances[d];
      const value = data[d * cols + j];
      if (value !== value || distance !== distance) continue;
      if (count === nearest.length && distance >= distances[nearest[count - 1]]) continue;
      let at = count < nearest.length ? count++ : count - 1;
      for (; at > 0 && distances[nearest[at - 1]] > distance; at--) nearest[at] = nearest[at - 1];
      nearest[at] = d;
    }
    if (count === 0) return null;
    const touching = weights === 'distance' && distances[nearest[0]] === 0;
    let sum = 0;
    let total = 0;
    for (let k = 0; k < count; k++) {
      const distance = distances[nearest[k]];
      const weight = weights === 'uniform' ? 1 : touching ? (distance === 0 ? 1 : 0) : 1 / distance;
      sum += weight * data[nearest[k] * cols + j];
      total += weight;
    }
    return sum / total;
  }

  #dense(X: Matrix): DenseMatrix {
    if (X.kind === 'dense') return X;
    throw new DataError(`${this.owner}: X must be dense, got a sparse matrix. Use X.toDense().`);
  }
}

/** Distances of a row to all rows, over the columns both know; NaN where there is none. */
function distancesTo(row: Float64Array, X: DenseMatrix, out: Float64Array): void {
  const { cols, data } = X;
  for (let d = 0; d < X.rows; d++) {
    const start = d * cols;
    let sum = 0;
    let known = 0;
    for (let j = 0; j < cols; j++) {
      const gap = row[j] - data[start + j];
      if (gap !== gap) continue;
      sum += gap * gap;
      known++;
    }
    out[d] = known === 0 ? Number.NaN : Math.sqrt((sum / known) * cols);
  }
}

function setColumn(X: DenseMatrix, j: number): void {
  for (let i = 0; i < X.rows; i++) X.data[i * X.cols + j] = 0;
}
