import type { FeaturesSeen } from '../base/matrix-transformer.ts';
import { ShapeError } from '../core/errors.ts';
import { Estimator } from '../core/estimator.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { RandomState } from '../core/random-state.ts';
import { checkSameRows } from '../core/rows.ts';
import { choice, either, flag, integer, number, seed, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { asMatrix, checkFeatures, type Matrix, type MatrixLike } from '../matrix/matrix.ts';
import { quantiles, sortedPresent } from '../core/quantiles.ts';
import { eachLeaf } from '../tree/each-leaf.ts';
import { keptTrees, warmNotes } from '../tree/kept-trees.ts';
import type { TreeNodes } from '../tree/tree-nodes.ts';
import { isolationTrees } from './isolation-trees.ts';
import { averagePathLength, pathLengths } from './path-lengths.ts';

export interface IsolationForestOptions {
  /** Number of trees. Default 100. */
  nEstimators?: number;
  /** Rows that each tree draws: a share in (0, 1], a number of 2 and more, or 'auto' for 256, or all where there are fewer. Default 'auto'. */
  maxSamples?: number | 'auto';
  /** Share of outliers among the rows in fit, in (0, 0.5], which the threshold is set by; 'auto' is the paper's threshold. Default 'auto'. */
  contamination?: number | 'auto';
  /** Columns that each tree draws: a share in (0, 1], or a number of 2 and more. Default 1, the share: all. */
  maxFeatures?: number;
  /** Whether rows are drawn with replacement. Default false. */
  bootstrap?: boolean;
  /** Seed of what is drawn and of the splits. Default null, which is 0. */
  randomState?: number | null;
  /** Whether fitting again keeps the trees there are and grows those that are lacking to nEstimators, on the rows then given. Default false. */
  warmStart?: boolean;
}

/** What IsolationForest has learned. */
export interface IsolationForestFitted extends FeaturesSeen {
  /** Each tree's nodes; features are columns of X. */
  trees: readonly TreeNodes[];
  /** What decisionFunction takes off scoreSamples. */
  offset: number;
  /** Rows that each tree drew. */
  maxSamples: number;
  /** What to know of the fit, in sentences. */
  notes: string[];
}

/**
 * Finds outliers as the rows that are easily set apart: trees split at random thresholds of random columns, and the fewer splits
 * it takes until a row is alone, the more unusual it is. With h the mean number of splits over all trees and c(n) what is usual
 * for n rows,
 *
 *     scoreSamples(x) = −2^(−h(x) / c(maxSamples)),   near −1 for outliers, about −0.5 and higher for others.
 *
 * X: rows × columns, dense or CSR, rounded to single precision; NaN is a missing value. `y` is not used; `sampleWeight` says how
 * likely each row is drawn. `predict` gives 1 for rows as they should be and −1 for outliers; where y says so too, folds judge it
 * by labels ('f1', 'rocAuc'). As a column of features, take `scoreSamples`.
 *
 * `fitted`: trees, offset, maxSamples, notes.
 *
 * Counterpart: scikit-learn's IsolationForest, tree for tree for the same seed; null is seed 0. A number of folds makes stratified
 * ones for it.
 * Source: Liu, Ting and Zhou, "Isolation forest", ICDM 2008.
 *
 * @throws ShapeError for more columns than X has
 * @example
 * const forest = await new IsolationForest({ contamination: 0.05 }).fit(X);
 * await forest.predict(X); // −1 for 5 % of the rows
 */
export class IsolationForest extends Estimator<IsolationForestOptions, IsolationForestFitted> {
  static override readonly rules: Rules<IsolationForestOptions> = {
    nEstimators: integer(100, { min: 1 }),
    maxSamples: either<number | 'auto'>([choice('auto', ['auto']), number(1, { min: 0, max: 1, openMin: true }), integer(2, { min: 2 })], 'auto'),
    contamination: either<number | 'auto'>([choice('auto', ['auto']), number(0.1, { min: 0, max: 0.5, openMin: true })], 'auto'),
    maxFeatures: either<number>([number(1, { min: 0, max: 1, openMin: true }), integer(2, { min: 2 })], 1),
    bootstrap: flag(false),
    randomState: seed(),
    warmStart: flag(false),
  };

  /** It predicts whether rows are outliers, which is no class of y. */
  get estimatorType(): 'outlierDetector' {
    return 'outlierDetector';
  }

  /** @throws ShapeError, DataError for an X or weights that cannot be learned from. @returns this */
  async fit(X: MatrixLike, y?: ArrayLike<unknown>, { sampleWeight }: FitOptions = {}): Promise<this> {
    const matrix = asMatrix(this.owner, X, { allowNaN: true });
    checkSameRows(this.owner, { X: matrix, y });
    const weights = checkSampleWeight(this.owner, sampleWeight, matrix.rows);
    const { nEstimators, maxSamples, contamination } = this.options;
    const kept = keptTrees(this.owner, this.options, matrix.cols, this.isFitted ? this.fitted : undefined);
    const notes = warmNotes(this.owner, kept.length, nEstimators);
    if (maxSamples !== 'auto' && maxSamples > matrix.rows) notes.push(`${this.owner}: maxSamples ${maxSamples} is more than there are rows, each tree took all ${matrix.rows}.`);
    const size = this.#rowsToDraw(matrix.rows);
    const trees = kept.length === nEstimators ? kept : [...kept, ...(await this.#grow(matrix, weights, size, kept.length))];
    const offset = contamination === 'auto' ? -0.5 : quantiles(sortedPresent(scores(matrix, trees, size)), [contamination])[0];
    return this.restore({ trees, offset, maxSamples: size, notes, nFeaturesIn: matrix.cols });
  }

  /** Learns from X and tells its outliers, as `predict`. */
  async fitPredict(X: MatrixLike, y?: ArrayLike<unknown>, options?: FitOptions): Promise<Int32Array> {
    await this.fit(X, y, options);
    return this.predict(X);
  }

  /** −1 for outliers, whose decision value is below 0, and 1 for others. */
  async predict(X: MatrixLike): Promise<Int32Array> {
    return Int32Array.from(await this.decisionFunction(X), (value) => (value < 0 ? -1 : 1));
  }

  /** scoreSamples less the threshold: below 0 for outliers. */
  async decisionFunction(X: MatrixLike): Promise<Float64Array> {
    const { offset } = this.fitted;
    return (await this.scoreSamples(X)).map((score) => score - offset);
  }

  /** How usual each row is: from −1 for outliers towards 0. */
  async scoreSamples(X: MatrixLike): Promise<Float64Array> {
    const { nFeaturesIn, trees, maxSamples } = this.fitted;
    const matrix = asMatrix(this.owner, X, { allowNaN: true, minRows: 0 });
    checkFeatures(this.owner, matrix, nFeaturesIn);
    return scores(matrix, trees, maxSamples);
  }

  #grow(X: Matrix, weights: Float64Array | undefined, rows: number, from: number): Promise<TreeNodes[]> {
    const { nEstimators, randomState, bootstrap } = this.options;
    const noise = new RandomState(randomState).uniform(0, 1, X.rows);
    const seeds = new RandomState(randomState).randint(0, 2 ** 31 - 1, nEstimators).subarray(from);
    return isolationTrees(this.owner, X, noise, { rows, columns: this.#columnsToDraw(X.cols), bootstrap, weights, seeds });
  }

  #rowsToDraw(rows: number): number {
    const { maxSamples } = this.options;
    if (maxSamples === 'auto') return Math.min(256, rows);
    return maxSamples <= 1 ? Math.max(1, Math.floor(maxSamples * rows)) : Math.min(maxSamples, rows);
  }

  #columnsToDraw(cols: number): number {
    const { maxFeatures } = this.options;
    if (maxFeatures > cols && maxFeatures > 1) throw new ShapeError(`${this.owner}: maxFeatures must be at most the number of columns (${cols}), got ${maxFeatures}.`);
    return maxFeatures > 1 ? maxFeatures : Math.max(1, Math.floor(maxFeatures * cols));
  }
}

function scores(X: Matrix, trees: readonly TreeNodes[], maxSamples: number): Float64Array {
  const lengths = trees.map(pathLengths);
  const sums = new Float64Array(X.rows);
  eachLeaf(trees, X, (t, from, leaves) => {
    const own = lengths[t];
    for (let i = 0; i < leaves.length; i++) sums[from + i] += own[leaves[i]];
  });
  const usual = trees.length * averagePathLength(maxSamples);
  // Trees of a single row tell nothing.
  return sums.map((sum) => -(2 ** -(usual === 0 ? 1 : sum / usual)));
}
