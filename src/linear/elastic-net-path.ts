import { foldsRule, type Fold, type Folds } from '../core/folds.ts';
import { takeRows } from '../core/rows.ts';
import { custom, positive, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { timesVector } from '../matrix/products.ts';
import { centre, CentredProducts, interceptOf } from '../matrix/centre.ts';
import { columnProblem, gramProblem } from './coordinate-problem.ts';
import { drawing, meanOne, solveElasticNet, solverRules, type ElasticNetSolverOptions } from './elastic-net-fit.ts';

/** Options that the elastic nets that choose their penalty share. */
export interface PathOptions extends ElasticNetSolverOptions {
  /** Smallest penalty of the grid over the largest. Default 1e-3. */
  eps?: number;
  /**
   * Penalties to choose from, each at least 0; or how many to lay out, evenly by their logarithm, from the smallest
   * that makes all coefficients zero down to eps times it. Default 100.
   */
  alphas?: number | readonly number[];
  /** Folds to judge penalties on: a number of unshuffled folds, or { train, test } of rows. Default 5. */
  cv?: Folds;
}

const isPenalty = (v: unknown): boolean => typeof v === 'number' && v >= 0 && v < Infinity;

export const pathRules: Rules<PathOptions> = {
  eps: positive(1e-3),
  alphas: custom<number | readonly number[]>(
    100,
    'a whole number of at least 1, or an array of numbers in [0, ∞)',
    (v) => (Number.isInteger(v) && (v as number) >= 1) || (Array.isArray(v) && v.length > 0 && v.every(isPenalty)),
    0,
  ),
  cv: foldsRule<Folds>(5),
  ...solverRules,
};

/** Smallest spacing scikit-learn's grid falls back to when no penalty is needed. */
const RESOLUTION = 1e-15;

/**
 * Penalties, descending: those given, or a grid from max|Zᵀy|/(Σs·l1Ratio) down.
 * Counterpart: scikit-learn's _alpha_grid.
 */
export function alphaGrid(
  X: Matrix,
  y: Float64Array,
  sampleWeight: Float64Array | undefined,
  l1Ratio: number,
  { alphas, eps, fitIntercept, positive: onlyPositive }: Readonly<Required<PathOptions>>,
): Float64Array {
  if (typeof alphas !== 'number') return Float64Array.from(alphas).sort().reverse();
  const problem = centre(X, y, fitIntercept, sampleWeight);
  const slopes = new CentredProducts(problem).transposedTimes(problem.y, new Float64Array(X.cols));
  let total = X.rows;
  if (sampleWeight) total = sampleWeight.reduce((a, b) => a + b, 0);
  let largest = 0;
  for (const slope of slopes) largest = Math.max(largest, onlyPositive ? slope : Math.abs(slope));
  const top = largest / (total * l1Ratio);
  if (top <= RESOLUTION) return new Float64Array(alphas).fill(RESOLUTION);
  const grid = new Float64Array(alphas);
  for (let k = 0; k < alphas; k++) grid[k] = top * eps ** (alphas === 1 ? 0 : k / (alphas - 1));
  return grid;
}

/**
 * Mean squared error, weighted, of each fold's test rows along a descending grid of penalties, each penalty
 * starting from the coefficients of the one before.
 * @returns alphas × folds
 */
export function pathErrors(
  X: Matrix,
  y: Float64Array,
  sampleWeight: Float64Array | undefined,
  folds: readonly Fold[],
  alphas: Float64Array,
  l1Ratio: number,
  options: Readonly<Required<PathOptions>>,
): DenseMatrix {
  const errors = new DenseMatrix(alphas.length, folds.length);
  for (const [f, { train, test }] of folds.entries()) {
    const weights = sampleWeight && takeRows(sampleWeight, train);
    const centred = centre(takeRows(X, train), takeRows(y, train), options.fitIntercept, meanOne(weights));
    const rows = train.length;
    // Steps over ZᵀZ are shorter where rows outnumber columns; the path repays making it.
    const problem = centred.X.kind === 'dense' && rows > X.cols ? gramProblem(centred) : columnProblem(centred);
    const Xtest = takeRows(X, test);
    const ytest = takeRows(y, test);
    const testWeights = sampleWeight && takeRows(sampleWeight, test);
    const predicted = new Float64Array(test.length);
    const coef = new Float64Array(X.cols);
    const random = drawing(options);
    for (let a = 0; a < alphas.length; a++) {
      solveElasticNet(problem, coef, rows, { alpha: alphas[a], l1Ratio }, options, random);
      timesVector(Xtest, coef, interceptOf(centred, coef), predicted);
      let sum = 0;
      let total = 0;
      for (let i = 0; i < predicted.length; i++) {
        const weight = testWeights ? testWeights[i] : 1;
        sum += weight * (predicted[i] - ytest[i]) ** 2;
        total += weight;
      }
      errors.data[a * folds.length + f] = sum / total;
    }
  }
  return errors;
}

/** The row of least mean, the first on a tie, and that mean. */
export function leastMean(errors: DenseMatrix): { at: number; mean: number } {
  let at = 0;
  let least = Infinity;
  for (let a = 0; a < errors.rows; a++) {
    const mean = errors.row(a).reduce((sum, value) => sum + value, 0) / errors.cols;
    if (mean < least) [at, least] = [a, mean];
  }
  return { at, mean: least };
}
