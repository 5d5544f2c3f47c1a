import { MatrixTransformer, type FeaturesSeen } from '../base/matrix-transformer.ts';
import { DataError, OptionError } from '../core/errors.ts';
import { RandomState } from '../core/random-state.ts';
import { choice, custom, flag, integer, number, optional, seed, type Rule, type Rules } from '../core/rules.ts';
import { showList } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { stackColumns } from '../matrix/stack-columns.ts';
import { bayesianRidge, type LinearFit } from './bayesian-ridge.ts';
import { columnStatistics, fillColumns, keptColumns } from './column-statistics.ts';
import { columnsWithMissing, missingMask } from './missing-mask.ts';
import { neighbourChances } from './neighbour-chances.ts';

export interface IterativeImputerOptions {
  /** Rounds over all columns, at most; 0 leaves the first filling. Default 10. */
  maxIter?: number;
  /** Stops once no row of filled values moves by more than tol · the largest size of a known value (in sum of sizes). Default 1e-3. */
  tol?: number;
  /** Other columns a column is estimated from, drawn by correlation in every round; null for all. Default null. */
  nNearestFeatures?: number | null;
  /** What fills missing values before the first round. Default 'mean'. */
  initialStrategy?: 'mean' | 'median' | 'mostFrequent' | 'constant';
  /** Fills with initialStrategy 'constant'. Default 0. */
  fillValue?: number;
  /** Columns from fewest to most missing values, the reverse, left to right ('roman'), right to left ('arabic'), or by chance. Default 'ascending'. */
  imputationOrder?: 'ascending' | 'descending' | 'roman' | 'arabic' | 'random';
  /** Whether columns without missing values in fit get no estimate; they are then filled as at first. Default false. */
  skipComplete?: boolean;
  /** Least filled value, of all columns or of each. Default -Infinity. */
  minValue?: number | readonly number[];
  /** Largest filled value, of all columns or of each. Default Infinity. */
  maxValue?: number | readonly number[];
  /** Seed for 'random' and nNearestFeatures; null is seed 0. Default null. */
  randomState?: number | null;
  /** Whether to add a column of zeros and ones for each column that had missing values in fit. Default false. */
  addIndicator?: boolean;
  /** Whether to keep columns without any value in fit, as first filled. Default false: they are dropped. */
  keepEmptyFeatures?: boolean;
}

/** One column's estimate in one round; columns are counted after dropping. */
export interface ImputationStep extends LinearFit {
  feature: number;
  /** The columns it is estimated from. */
  neighbors: Int32Array;
}

/** What IterativeImputer has learned. */
export interface IterativeImputerLearned {
  /** The first filling of each column; NaN for a column that is dropped. */
  statistics: Float64Array;
  /** Columns without any value in fit. */
  emptyFeatures: Int32Array;
  /** Every estimate of every round, in order. */
  imputationSequence: readonly ImputationStep[];
  /** Rounds done. */
  iterations: number;
  /** Whether tol was met. */
  converged: boolean;
  /** Columns with missing values in fit, which have an indicator; null without `addIndicator`. */
  indicatorFeatures: Int32Array | null;
  notes: string[];
}

/**
 * Fills missing values by regression on the other columns, column after column, round after round: each column is
 * estimated by Bayesian ridge regression from the current filling of the others, on the rows that know it.
 *
 * X: samples × features, dense, NaN where missing. transform repeats the rounds of fit with the models of fit, so that a
 * row's filling depends on no other row; rows without any known value are filled in this way too.
 *
 * `fitted`: statistics, emptyFeatures, imputationSequence, iterations, converged, indicatorFeatures, notes, nFeaturesIn.
 *
 * Counterpart: scikit-learn's IterativeImputer with its default estimator. Without `estimator` and `sample_posterior`.
 * A row without any value is imputed like others; there, an X of nothing but such rows stays at its initial fill. X is left
 * as it is; there, with keep_empty_features, fit fills an X of one empty column in place, and its indicator is then 0 in transform.
 * Beside a column of large values (1e9), regressions are so ill-conditioned that rounding decides their digits, in both.
 * Source: van Buuren and Groothuis-Oudshoorn, "mice: multivariate imputation by chained equations in R", JSS 45(3), 2011.
 *
 * @example
 * const imputer = await new IterativeImputer().fit([[1, 2], [3, 6], [4, 8], [NaN, 3], [7, NaN]]);
 * (await imputer.transform([[2, NaN]])).at(0, 1); // about 4
 */
export class IterativeImputer extends MatrixTransformer<IterativeImputerOptions, IterativeImputerLearned> {
  static override readonly rules: Rules<IterativeImputerOptions> = {
    maxIter: integer(10, { min: 0 }),
    tol: number(1e-3, { min: 0 }),
    nNearestFeatures: optional(integer(1, { min: 1 })),
    initialStrategy: choice('mean', ['mean', 'median', 'mostFrequent', 'constant']),
    fillValue: number(0),
    imputationOrder: choice('ascending', ['ascending', 'descending', 'roman', 'arabic', 'random']),
    skipComplete: flag(false),
    minValue: limit(-Infinity),
    maxValue: limit(Infinity),
    randomState: seed(),
    addIndicator: flag(false),
    keepEmptyFeatures: flag(false),
  };

  protected override get allowNaN(): boolean {
    return true;
  }

  protected apply(X: Matrix, { statistics, emptyFeatures, imputationSequence, indicatorFeatures }: IterativeImputerLearned & FeaturesSeen): Matrix {
    const { filled, missing } = start(this.#dense(X), statistics, emptyFeatures);
    const [least, most] = this.#limits(statistics);
    for (const step of imputationSequence) estimate(filled, missing, step, least, most);
    return indicatorFeatures === null ? filled : stackColumns([filled, missingMask({ matrix: X, names: null }, indicatorFeatures)]);
  }

  override featureNamesOut(inputNames?: readonly string[]): string[] {
    const names = super.featureNamesOut(inputNames);
    const { statistics, indicatorFeatures } = this.fitted;
    return [...Array.from(keptColumns(statistics), (j) => names[j]), ...Array.from(indicatorFeatures ?? [], (j) => `missingindicator_${names[j]}`)];
  }

  protected learn(X: Matrix): IterativeImputerLearned {
    const { initialStrategy, fillValue, keepEmptyFeatures, addIndicator, maxIter, tol, imputationOrder, nNearestFeatures, randomState } = this.options;
    const given = this.#dense(X);
    const statistics = columnStatistics(given, { strategy: initialStrategy, fillValue, keepEmptyFeatures });
    const emptyFeatures = Int32Array.from({ length: given.cols }, (_, j) => j).filter((j) => given.col(j).every((value) => value !== value));
    const { filled, missing } = start(given, statistics, emptyFeatures);
    const [least, most] = this.#limits(statistics);
    const steps: ImputationStep[] = [];
    const dropped = keepEmptyFeatures ? [] : Array.from(emptyFeatures, (j) => `x${j}`);
    const learned = (iterations: number, converged: boolean): IterativeImputerLearned => ({
      statistics,
      emptyFeatures,
      imputationSequence: steps,
      iterations,
      converged,
      indicatorFeatures: addIndicator ? columnsWithMissing({ matrix: given, names: null }) : null,
      notes: dropped.length === 0 ? [] : [`${this.owner}: columns without any value are dropped: ${showList(dropped)}. Set keepEmptyFeatures: true to keep them.`],
    });
    const { cols } = filled;
    if (maxIter === 0 || cols <= 1 || missing.every((is) => is === 1)) return learned(0, true);

    const random = new RandomState(randomState);
    const chances = nNearestFeatures !== null && nNearestFeatures < cols ? neighbourChances(filled) : null;
    let largest = 0;
    for (let p = 0; p < missing.length; p++) if (missing[p] === 0) largest = Math.max(largest, Math.abs(filled.data[p]));
    let order = this.#order(missing, cols, random);
    let before = filled.data.slice();
    for (let iteration = 1; iteration <= maxIter; iteration++) {
      if (imputationOrder === 'random') order = this.#order(missing, cols, random);
      for (const feature of order) {
        const neighbors =
          chances === null
            ? Int32Array.from({ length: cols - 1 }, (_, k) => (k < feature ? k : k + 1))
            : Int32Array.from(random.choice(cols, nNearestFeatures!, { replace: false, p: chances.col(feature) }));
        const step = { feature, neighbors, ...fitFeature(filled, missing, feature, neighbors) };
        steps.push(step);
        estimate(filled, missing, step, least, most);
      }
      if (largestRowChange(filled.data, before, cols) < tol * largest) return learned(iteration, true);
      before = filled.data.slice();
    }
    return learned(maxIter, false);
  }

  #order(missing: Uint8Array, cols: number, random: RandomState): number[] {
    const { imputationOrder, skipComplete } = this.options;
    const counts = new Int32Array(cols);
    for (let p = 0; p < missing.length; p++) counts[p % cols] += missing[p];
    const chosen = Array.from(counts.keys()).filter((j) => !skipComplete || counts[j] > 0);
    switch (imputationOrder) {
      case 'roman':
        return chosen;
      case 'arabic':
        return chosen.reverse();
      case 'ascending':
        return chosen.sort((a, b) => counts[a] - counts[b] || a - b);
      case 'descending':
        return chosen.sort((a, b) => counts[b] - counts[a] || b - a);
      case 'random':
        return random.shuffle(chosen);
    }
  }

  /** Least and largest value of each column that is kept. */
  #limits(statistics: Float64Array): [Float64Array, Float64Array] {
    const { minValue, maxValue } = this.options;
    const kept = keptColumns(statistics);
    const perColumn = (given: number | readonly number[], name: string): Float64Array => {
      if (typeof given === 'number') return new Float64Array(kept.length).fill(given);
      if (given.length === statistics.length) return Float64Array.from(kept, (j) => given[j]);
      throw new OptionError(`${this.owner}: ${name} must be one per column (${statistics.length}), got ${given.length}.`);
    };
    const [least, most] = [perColumn(minValue, 'minValue'), perColumn(maxValue, 'maxValue')];
    const wrong = least.findIndex((low, k) => !(low < most[k]));
    if (wrong >= 0) throw new OptionError(`${this.owner}: minValue must be below maxValue, column ${kept[wrong]} has ${least[wrong]} and ${most[wrong]}.`);
    return [least, most];
  }

  #dense(X: Matrix): DenseMatrix {
    if (X.kind === 'dense') return X;
    throw new DataError(`${this.owner}: X must be dense, got a sparse matrix. Use X.toDense().`);
  }
}

/** X without dropped columns, filled for the first time, and 1 where a value is to be estimated: not in columns fit knows nothing of. */
function start(X: DenseMatrix, statistics: Float64Array, emptyFeatures: Int32Array): { filled: DenseMatrix; missing: Uint8Array } {
  const kept = keptColumns(statistics);
  const filled = fillColumns(X, statistics) as DenseMatrix;
  const missing = new Uint8Array(X.rows * kept.length);
  kept.forEach((j, k) => {
    if (emptyFeatures.includes(j)) return;
    for (let i = 0; i < X.rows; i++) {
      const value = X.data[i * X.cols + j];
      if (value !== value) missing[i * kept.length + k] = 1;
    }
  });
  return { filled, missing };
}

function limit(defaultValue: number): Rule<number | readonly number[]> {
  const isLimit = (v: unknown): boolean => typeof v === 'number' && !Number.isNaN(v);
  return custom<number | readonly number[]>(defaultValue, 'a number, or one per column', (v) => isLimit(v) || (Array.isArray(v) && v.every(isLimit)), Number.NaN);
}

/** The regression of a column on others, over the rows that know it. */
function fitFeature(filled: DenseMatrix, missing: Uint8Array, feature: number, neighbors: Int32Array): LinearFit {
  const { cols, data } = filled;
  const rows = Int32Array.from({ length: filled.rows }, (_, i) => i).filter((i) => missing[i * cols + feature] === 0);
  const X = new DenseMatrix(rows.length, neighbors.length);
  const y = new Float64Array(rows.length);
  for (let r = 0; r < rows.length; r++) {
    const start = rows[r] * cols;
    for (let k = 0; k < neighbors.length; k++) X.data[r * neighbors.length + k] = data[start + neighbors[k]];
    y[r] = data[start + feature];
  }
  return bayesianRidge(X, y);
}

/** Writes a column's estimates where it is missing. */
function estimate(filled: DenseMatrix, missing: Uint8Array, { feature, neighbors, coef, intercept }: ImputationStep, least: Float64Array, most: Float64Array): void {
  const { cols, data } = filled;
  for (let i = 0; i < filled.rows; i++) {
    const start = i * cols;
    if (missing[start + feature] === 0) continue;
    let value = intercept;
    for (let k = 0; k < neighbors.length; k++) value += coef[k] * data[start + neighbors[k]];
    data[start + feature] = Math.min(Math.max(value, least[feature]), most[feature]);
  }
}

/** The largest sum over a row of how far its values have moved. */
function largestRowChange(now: Float64Array, before: Float64Array, cols: number): number {
  let most = 0;
  for (let start = 0; start < now.length; start += cols) {
    let sum = 0;
    for (let j = start; j < start + cols; j++) sum += Math.abs(now[j] - before[j]);
    most = Math.max(most, sum);
  }
  return most;
}
