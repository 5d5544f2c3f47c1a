import { OptionError } from '../core/errors.ts';
import { foldsOf, foldsRule, type Folds } from '../core/folds.ts';
import { flag, integer, optional, type Rules } from '../core/rules.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import { columnCovariances } from './column-covariances.ts';
import { leastMean } from './elastic-net-path.ts';
import { foldRows } from './fold-rows.ts';
import { LinearRegressor } from './linear-regressor.ts';
import { fitPursuit, pursue, type OrthogonalMatchingPursuitFitted } from './pursue.ts';

export interface OrthogonalMatchingPursuitCVOptions {
  /** Whether to learn an unpenalised intercept. Default true. */
  fitIntercept?: boolean;
  /** Most columns to use. Default null: a tenth of them, at least five where there are so many. */
  maxIter?: number | null;
  /** Folds to judge numbers of columns on: a number of unshuffled folds, or { train, test } of rows. Default 5. */
  cv?: Folds;
}

export interface OrthogonalMatchingPursuitCVFitted extends OrthogonalMatchingPursuitFitted {
  /** Numbers of columns, from 1, × folds: mean squared error of the fold's test rows. */
  msePath: DenseMatrix;
}

/**
 * An OrthogonalMatchingPursuit that chooses the number of columns by cross-validation, and is then fitted on all rows. Of equal errors the fewer columns.
 *
 * X: samples × features; y: one number per row. `fitted`: coef, intercept, nNonzeroCoefs, iterations, msePath. Numbers that the shortest pursuit of a fold
 * does not come to are not judged.
 *
 * @throws OptionError for more maxIter than columns
 * Counterpart: scikit-learn's OrthogonalMatchingPursuitCV. Sparse X, a single column and weights are taken too.
 * Source: as OrthogonalMatchingPursuit.
 *
 * @example
 * const model = await new OrthogonalMatchingPursuitCV({ cv: 10 }).fit(X, y);
 * model.fitted.nNonzeroCoefs;
 */
export class OrthogonalMatchingPursuitCV extends LinearRegressor<OrthogonalMatchingPursuitCVOptions, OrthogonalMatchingPursuitCVFitted> {
  static override readonly rules: Rules<OrthogonalMatchingPursuitCVOptions> = {
    fitIntercept: flag(true),
    maxIter: optional(integer(1, { min: 1 })),
    cv: foldsRule<Folds>(5),
  };

  protected learn(X: Matrix, y: Float64Array, sampleWeight: Float64Array | undefined): OrthogonalMatchingPursuitCVFitted {
    const { fitIntercept, cv } = this.options;
    const most = this.options.maxIter ?? Math.min(Math.max(Math.floor(0.1 * X.cols), 5), X.cols);
    if (most > X.cols) throw new OptionError(`${this.owner}: maxIter must be at most the number of columns, ${X.cols}, got ${most}.`);
    const byFold = foldsOf(this.owner, cv, X.rows).map((fold) => {
      const { problem, errors, meanSquare } = foldRows(X, y, sampleWeight, fold, fitIntercept);
      const { active, path } = pursue(columnCovariances(problem), Infinity, { nNonzeroCoefs: most, tol: null });
      // Of a y in which nothing is left to explain, the first number is judged without a column.
      return (path.length > 0 ? path : [new Float64Array(0)]).map((values) => {
        const coef = new Float64Array(X.cols);
        values.forEach((value, i) => (coef[active[i]] = value));
        return meanSquare(errors(coef));
      });
    });
    const shortest = Math.min(...byFold.map(({ length }) => length));
    const msePath = DenseMatrix.from(Array.from({ length: shortest }, (_, k) => byFold.map((errors) => errors[k])));
    return { ...fitPursuit(X, y, sampleWeight, fitIntercept, { nNonzeroCoefs: leastMean(msePath).at + 1, tol: null }), msePath };
  }
}
