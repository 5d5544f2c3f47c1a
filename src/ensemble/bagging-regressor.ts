import { DataError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { rowCount, takeRows } from '../core/rows.ts';
import type { Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { r2Score } from '../metrics/r2-score.ts';
import type { Member } from '../model-selection/meta-estimator.ts';
import { DecisionTreeRegressor } from '../tree/decision-tree-regressor.ts';
import { Bagging, baggingRules, type BaggingFitted, type BaggingOptions } from './bagging.ts';

/** What BaggingRegressor has learned. */
export interface BaggingRegressorFitted extends BaggingFitted {
  /** Mean out-of-bag prediction of each row, 0 for rows that every copy drew; with `oobScore` only. */
  oobPrediction?: Float64Array;
}

/**
 * Copies of one regressor, each fitted on rows drawn with replacement (and on columns drawn, with `maxFeatures`);
 * predicts the mean of their predictions.
 *
 * X: what the estimator takes; a matrix where columns are drawn. y: one number per row. Weights are how likely a row is
 * drawn. `fitted`: estimators, estimatorsSamples, estimatorsFeatures, and with `oobScore` oobScore (R²) and
 * oobPrediction.
 *
 * Counterpart: scikit-learn's BaggingRegressor; the same seed draws the same rows, columns and inner seeds. As there, an
 * estimator that heeds weights gets all rows with the number of times each was drawn, others (pipelines among them) the
 * drawn rows. The default estimator is a DecisionTreeRegressor.
 * Source: Breiman, "Bagging Predictors", Machine Learning 24, 1996.
 *
 * @throws ShapeError for more rows or columns than there are; OptionError for oobScore without bootstrap
 * @example
 * const bag = await new BaggingRegressor({ estimator: new KNeighborsRegressor(), nEstimators: 20 }).fit(X, y);
 * await bag.predict(Xtest);
 */
export class BaggingRegressor<M extends Member | null = Member | null> extends Bagging<BaggingOptions<M>, BaggingRegressorFitted> {
  static override readonly rules: Rules<BaggingOptions> = baggingRules;

  readonly estimatorType = 'regressor';

  constructor(options: BaggingOptions<M> = {}) {
    super(options);
  }

  async fit(X: unknown, y: ArrayLike<number>, options: FitOptions = {}): Promise<this> {
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one number per row.`);
    const fitted = await this.fitCopies(X, Float64Array.from(y), options);
    return this.restore(this.options.oobScore ? { ...fitted, ...(await this.#outOfBag(X, y, fitted)) } : fitted);
  }

  /** The mean of the copies' predictions, in the unit of y. */
  async predict(X: unknown): Promise<Float64Array> {
    const { estimators } = this.fitted;
    const sums = new Float64Array(rowCount(X));
    for (let c = 0; c < estimators.length; c++) {
      const part = (await estimators[c].predict(this.columnsFor(X, this.fitted, c))) as ArrayLike<number>;
      for (let i = 0; i < sums.length; i++) sums[i] += part[i];
    }
    return sums.map((sum) => sum / estimators.length);
  }

  /** R² of predict(X) against y, weighted if weights are given. */
  async score(X: unknown, y: ArrayLike<number>, { sampleWeight }: FitOptions = {}): Promise<number> {
    return r2Score(y, await this.predict(X), { sampleWeight });
  }

  protected defaultEstimator(): Member {
    return new DecisionTreeRegressor() as unknown as Member;
  }

  async #outOfBag(X: unknown, y: ArrayLike<number>, fitted: BaggingFitted): Promise<Partial<BaggingRegressorFitted>> {
    const rows = rowCount(X);
    const sums = new Float64Array(rows);
    const counts = new Int32Array(rows);
    const left = this.leftOut(fitted, rows);
    for (const [c, copy] of fitted.estimators.entries()) {
      if (left[c].length === 0) continue;
      const part = (await copy.predict(this.columnsFor(takeRows(X, left[c]), fitted, c))) as ArrayLike<number>;
      left[c].forEach((row, i) => {
        sums[row] += part[i];
        counts[row]++;
      });
    }
    const oobPrediction = sums.map((sum, i) => sum / Math.max(1, counts[i]));
    return { oobPrediction, oobScore: r2Score(y, oobPrediction), notes: this.oobNotes(counts.filter((count) => count === 0).length) };
  }
}
