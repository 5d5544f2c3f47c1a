import type { FeaturesSeen } from '../base/matrix-transformer.ts';
import { Estimator } from '../core/estimator.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { checkSameRows } from '../core/rows.ts';
import { choice, integer, positive, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { asMatrix, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { rowBlock } from '../matrix/row-block.ts';
import { findNeighborhoods, fitSearch } from '../neighbors/neighbor-search.ts';
import { searchRules, type NeighborSearchOptions } from '../neighbors/neighbors-options.ts';

export interface DBSCANOptions extends NeighborSearchOptions {
  /** Rows up to this far apart are neighbours, above 0. Default 0.5. */
  eps?: number;
  /** How many rows (or how much weight) within `eps` of a row, itself included, make it a core row. Default 5. */
  minSamples?: number;
  /** As that of the neighbours' models. Default 'euclidean'. */
  metric?: NeighborSearchOptions['metric'];
}

/** What DBSCAN has learned. */
export interface DBSCANFitted extends FeaturesSeen {
  /** The cluster of each row in fit, 0, 1, …; −1 for noise. */
  labels: Int32Array;
  /** Row numbers of core rows. */
  coreSampleIndices: Int32Array;
  /** The core rows. */
  components: Matrix;
}

/** The rows near each row. */
interface Surroundings {
  /** Rows near row i: rows[e] for starts[i] ≤ e < starts[i + 1] of its block. */
  blocks: { from: number; starts: Int32Array; rows: Int32Array }[];
}

/** Rows whose neighbours are found at a time. */
const BLOCK = 8192;

/**
 * Clusters of any shape: rows with at least minSamples rows within eps are core rows, core rows within eps of each other share a
 * cluster, and other rows within eps of a core row join its cluster, that with the lowest number where there are several. All
 * others are noise. Clusters are numbered by their first core row.
 *
 * X: rows × columns, dense or CSR. `sampleWeight` counts a row as so many; weights are not scaled. Memory grows with the number of
 * neighbours in all, 4 bytes each.
 * `fitted`: labels, coreSampleIndices, components. There is no `predict`: clusters are those of the rows in fit.
 *
 * Counterpart: scikit-learn's DBSCAN. Without metric "precomputed" and metrics of one's own; p null is 2; weights must not be
 * negative.
 * Source: Ester, Kriegel, Sander and Xu, "A density-based algorithm for discovering clusters in large spatial databases with
 * noise", KDD 1996.
 *
 * @throws OptionError for a tree where the metric has none
 * @example
 * const labels = await new DBSCAN({ eps: 0.3, minSamples: 10 }).fitPredict(X);
 * labels[0]; // the cluster of row 0, −1 if it is noise
 */
export class DBSCAN extends Estimator<DBSCANOptions, DBSCANFitted> {
  static override readonly rules: Rules<DBSCANOptions> = {
    eps: positive(0.5),
    minSamples: integer(5, { min: 1 }),
    ...searchRules,
    metric: choice('euclidean', ['minkowski', 'euclidean', 'manhattan', 'chebyshev', 'cosine']),
  };

  /** It groups rows, which are no classes of y. */
  get estimatorType(): 'clusterer' {
    return 'clusterer';
  }

  /** @throws ShapeError, DataError for an X or weights that cannot be learned from. @returns this */
  async fit(X: MatrixLike, y?: ArrayLike<unknown>, { sampleWeight }: FitOptions = {}): Promise<this> {
    const matrix = asMatrix(this.owner, X);
    checkSameRows(this.owner, { X: matrix, y });
    const weights = checkSampleWeight(this.owner, sampleWeight, matrix.rows);
    const near = this.#surroundings(matrix);
    const isCore = coreRows(near, matrix.rows, weights, this.options.minSamples);
    const coreSampleIndices = Int32Array.from(isCore.keys()).filter((i) => isCore[i] === 1);
    return this.restore({ labels: labelsOf(near, isCore), coreSampleIndices, components: matrix.take(coreSampleIndices), nFeaturesIn: matrix.cols });
  }

  /** Learns from X and returns the cluster of each of its rows. */
  async fitPredict(X: MatrixLike, y?: ArrayLike<unknown>, options?: FitOptions): Promise<Int32Array> {
    await this.fit(X, y, options);
    return this.fitted.labels;
  }

  #surroundings(X: Matrix): Surroundings {
    const search = fitSearch(this.owner, X, this.options, 0);
    const blocks: Surroundings['blocks'] = [];
    for (let from = 0; from < X.rows; from += BLOCK) {
      const { starts, indices } = findNeighborhoods(this.owner, search, rowBlock(X, from, Math.min(X.rows, from + BLOCK)), this.options.eps);
      blocks.push({ from, starts, rows: indices });
    }
    return { blocks };
  }
}

/** 1 for rows that have enough beside them. */
function coreRows({ blocks }: Surroundings, rows: number, weights: Float64Array | undefined, minSamples: number): Uint8Array {
  const isCore = new Uint8Array(rows);
  for (const { from, starts, rows: near } of blocks) {
    for (let i = 0; i < starts.length - 1; i++) {
      let weight = starts[i + 1] - starts[i];
      if (weights) {
        weight = 0;
        for (let e = starts[i]; e < starts[i + 1]; e++) weight += weights[near[e]];
      }
      if (weight >= minSamples) isCore[from + i] = 1;
    }
  }
  return isCore;
}

/** Joins core rows that are near each other, numbers what results, and lets other rows join the first cluster beside them. */
function labelsOf({ blocks }: Surroundings, isCore: Uint8Array): Int32Array {
  // Of each core row, one of its cluster before it, or itself.
  const before = Int32Array.from(isCore.keys());
  const first = (row: number): number => {
    let i = row;
    // Ways are halved while they are gone.
    while (before[i] !== i) i = before[i] = before[before[i]];
    return i;
  };
  eachPair(blocks, (i, j) => {
    if (j >= i || isCore[i] === 0 || isCore[j] === 0) return;
    const [a, b] = [first(i), first(j)];
    if (a < b) before[b] = a;
    else before[a] = b;
  });
  const labels = new Int32Array(isCore.length).fill(-1);
  let clusters = 0;
  for (let i = 0; i < labels.length; i++) if (isCore[i] === 1) labels[i] = before[i] === i ? clusters++ : labels[first(i)];
  eachPair(blocks, (i, j) => {
    if (isCore[i] === 0 && isCore[j] === 1 && (labels[i] < 0 || labels[j] < labels[i])) labels[i] = labels[j];
  });
  return labels;
}

/** Shows each row with each row near it. */
function eachPair(blocks: Surroundings['blocks'], show: (row: number, near: number) => void): void {
  for (const { from, starts, rows } of blocks) {
    for (let i = 0; i < starts.length - 1; i++) for (let e = starts[i]; e < starts[i + 1]; e++) show(from + i, rows[e]);
  }
}
