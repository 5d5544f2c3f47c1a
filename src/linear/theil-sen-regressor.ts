import { combinations, countCombinations } from '../core/combinations.ts';
import { DataError, OptionError } from '../core/errors.ts';
import { RandomState } from '../core/random-state.ts';
import { flag, integer, number, optional, seed, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { solveSquare } from '../matrix/solve-square.ts';
import { leastSquares } from '../matrix/svd.ts';
import { LinearRegressor, type LinearFitted } from './linear-regressor.ts';
import { spatialMedian } from './spatial-median.ts';

export interface TheilSenRegressorOptions {
  /** Whether to learn an intercept. Default true. */
  fitIntercept?: boolean;
  /** Most sets of rows to fit, at least 1; where there are no more, all are fitted, else as many are drawn. Default 10,000. */
  maxSubpopulation?: number;
  /** Rows of a set: more are more efficient and less robust. Default null: as few as tell the coefficients. */
  nSubsamples?: number | null;
  /** Most steps towards the median. Default 300. */
  maxIter?: number;
  /** Stop once a step is shorter than this. Default 1e-3. */
  tol?: number;
  /** Seed of the sets drawn. Default null, which is 0. */
  randomState?: number | null;
}

export interface TheilSenRegressorFitted extends LinearFitted {
  /** Share of rows that may be outliers without swaying the model altogether. */
  breakdown: number;
  /** Sets of rows fitted. */
  nSubpopulation: number;
  /** Steps towards the median. */
  iterations: number;
  /** Whether `tol` was met before maxIter; if not, the model is kept all the same. */
  converged: boolean;
}

/**
 * Linear regression that outliers do not sway: least squares on every small set of rows, or many drawn at random, and the spatial
 * median of their coefficients, which has the least sum of distances to all of them.
 *
 * X: samples × features; a sparse one is filled. Meant for few columns: with p coefficients about 1 − 0.5^(1/p) of the rows may be outliers. Columns
 * should be of like units, since distances are taken between coefficients. Takes no row weights.
 *
 * @throws DataError for sampleWeight; OptionError for nSubsamples beyond the rows or below the coefficients
 * Counterpart: scikit-learn's TheilSenRegressor; the same seed draws the same sets. `iterations` counts the last step too. Where the median is
 * found to the last bit, it is kept; there, ones are put in its place.
 * Source: Dang, Peng, Wang and Zhang, "Theil-Sen estimators in a multiple linear regression model", 2008; Kärkkäinen and Äyrämö, "On
 * computation of spatial median for robust data mining", EUROGEN 2005.
 *
 * @example
 * const model = await new TheilSenRegressor({ randomState: 0 }).fit(X, y);
 * model.fitted.breakdown; // 0.29 for one column: so many rows may be outliers
 */
export class TheilSenRegressor extends LinearRegressor<TheilSenRegressorOptions, TheilSenRegressorFitted> {
  static override readonly weighsRows: boolean = false;

  static override readonly rules: Rules<TheilSenRegressorOptions> = {
    fitIntercept: flag(true),
    maxSubpopulation: number(1e4, { min: 1 }),
    nSubsamples: optional(integer(1, { min: 1 })),
    maxIter: integer(300, { min: 0 }),
    tol: number(1e-3, { min: 0 }),
    randomState: seed(),
  };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): TheilSenRegressorFitted {
    if (sampleWeight) throw new DataError(`${this.owner}: sampleWeight must be left out, sets of rows are not weighed. Use HuberRegressor.`);
    const { fitIntercept, maxSubpopulation, maxIter, tol, randomState } = this.options;
    const size = this.#sizeOfSets(X.rows, X.cols);
    const all = countCombinations(X.rows, size);
    const nSubpopulation = Math.floor(Math.min(maxSubpopulation, all));
    const sets = all <= maxSubpopulation ? combinations(X.rows, size) : drawnSets(new RandomState(randomState), X.rows, size, nSubpopulation);
    const { median, iterations, converged } = spatialMedian(coefficients(X.toDense(), y, sets, nSubpopulation, size, fitIntercept), maxIter, tol);
    const coef = fitIntercept ? median.slice(1) : median;
    const breakdown = 1 - (0.5 ** (1 / size) * (X.rows - size + 1) + size - 1) / X.rows;
    return { coef, intercept: fitIntercept ? median[0] : 0, breakdown, nSubpopulation, iterations, converged };
  }

  #sizeOfSets(rows: number, cols: number): number {
    const { nSubsamples, fitIntercept } = this.options;
    const unknowns = cols + Number(fitIntercept);
    if (nSubsamples === null) return Math.min(unknowns, rows);
    const least = rows >= cols ? unknowns : rows;
    if (nSubsamples > rows || nSubsamples < least) {
      const expected = least < rows ? `in [${least}, ${rows}]` : `${rows}`;
      throw new OptionError(`${this.owner}: nSubsamples must be ${expected} for ${rows} rows and ${unknowns} coefficients, got ${nSubsamples}.`);
    }
    return nSubsamples;
  }
}

function* drawnSets(random: RandomState, n: number, size: number, count: number): Generator<Int32Array> {
  for (let k = 0; k < count; k++) yield random.permutation(n).subarray(0, size);
}

/** Least squares on each set of rows: sets × coefficients, the intercept first. */
function coefficients(X: DenseMatrix, y: Float64Array, sets: Iterable<Int32Array>, count: number, size: number, fitIntercept: boolean): DenseMatrix {
  const first = Number(fitIntercept);
  const own = new DenseMatrix(size, X.cols + first);
  const target = new Float64Array(size);
  const found = new DenseMatrix(count, own.cols);
  const gather = (set: Int32Array): void => {
    own.data.fill(1);
    for (let i = 0; i < size; i++) {
      for (let j = 0, at = i * own.cols + first; j < X.cols; j++, at++) own.data[at] = X.data[set[i] * X.cols + j];
      target[i] = y[set[i]];
    }
  };
  let k = 0;
  for (const set of sets) {
    gather(set);
    let coef = size === own.cols ? solveSquare(own, target) : undefined;
    if (!coef) {
      gather(set);
      coef = leastSquares(own, target, Number.EPSILON).coef;
    }
    found.row(k++).set(coef);
  }
  return found;
}
