import type { FeaturesSeen } from '../base/matrix-transformer.ts';
import { Regressor } from '../base/regressor.ts';
import { choice, number, type Rules } from '../core/rules.ts';
import type { DummyRegressorOptions } from '../dummy/dummy-regressor.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { nestedChanges, type NestedChanges } from '../model-selection/meta-estimator.ts';
import { forestLeaves } from '../tree/forest-classifier.ts';
import { fitGradientBoosting, type GradientBoostingFitted } from './fit-gradient-boosting.ts';
import { gradientBoostingRules, type GradientBoostingOptions } from './gradient-boosting-options.ts';
import { rawOfStages, stagesOfRaw } from './raw-of-stages.ts';
import { absoluteStage, huberStage, quantileStage, squaredStage, type StageLoss } from './stage-loss.ts';
import { numberStart } from './stage-start.ts';

export interface GradientBoostingRegressorOptions extends GradientBoostingOptions {
  /** What is minimised: ½(y − ŷ)², |y − ŷ|, the first up to a δ and the second from there on, or the pinball loss. Default 'squaredError'. */
  loss?: 'squaredError' | 'absoluteError' | 'huber' | 'quantile';
  /** The quantile of 'quantile'; of 'huber', that of the absolute errors which each stage takes for δ. In (0, 1). Default 0.9. */
  alpha?: number;
}

/**
 * Gradient boosting of whole trees, split at any value, for numbers.
 *
 * Each stage fits a regression tree to the negative gradient of the loss at the predictions so far, gives every leaf the
 * value that lowers the loss of its rows most (the mean residual, their median or quantile, or for 'huber' the median and the
 * mean of what is left of it within ±δ), and adds the tree times the learning rate.
 *
 * X: rows × features, dense or CSR, rounded to single precision, without missing values. y: one number per row. For many
 * rows HistGradientBoostingRegressor, which bins columns, is a good deal faster.
 *
 * `fitted`: trees, nEstimators, baseline or initEstimator, featureImportances, trainScore; with `subsample` below 1 oobScores,
 * oobImprovement and oobScore. Fitting again with `warmStart` adds stages.
 *
 * Counterpart: scikit-learn's GradientBoostingRegressor, node for node for the same seed. Differences: a warm start with
 * nIterNoChange watches the predictions of all stages, there it counts from the first stage again; stages without out-of-bag
 * scores have NaN among others that have some, there 0; a model for `init` gets X in double precision; there is no `monitor`.
 * Source: Friedman, "Greedy function approximation: A gradient boosting machine", Annals of Statistics 29(5), 2001, and
 * "Stochastic gradient boosting", Computational Statistics & Data Analysis 38(4), 2002.
 *
 * @example
 * const model = await new GradientBoostingRegressor({ loss: 'huber', maxDepth: 4 }).fit(X, y);
 * await model.predict(Xtest); // one number per row
 */
export class GradientBoostingRegressor extends Regressor<GradientBoostingRegressorOptions, GradientBoostingFitted> {
  static override readonly rules: Rules<GradientBoostingRegressorOptions> = {
    loss: choice('squaredError', ['squaredError', 'absoluteError', 'huber', 'quantile']),
    alpha: number(0.9, { min: 0, max: 1, openMin: true, openMax: true }),
    ...gradientBoostingRules('predict'),
  };

  /** A copy with other options; those of a model for `init` too: `{ init: { … } }`. */
  override with(changes: NestedChanges<GradientBoostingRegressorOptions>): this {
    return super.with(nestedChanges(this.owner, this.options, changes));
  }

  protected learn(X: Matrix, y: Float64Array, weights: Float64Array | undefined): Promise<GradientBoostingFitted> {
    const { owner, options } = this;
    const before = options.warmStart && this.isFitted ? this.fitted : undefined;
    return fitGradientBoosting({ owner, options, X, y, target: y, weights, loss: this.#loss(), start: (rows) => numberStart(this.#constant(), rows), classes: 0, before });
  }

  protected values(X: Matrix, fitted: GradientBoostingFitted & FeaturesSeen): Promise<Float64Array> {
    return rawOfStages(fitted, this.#loss(), this.options.learningRate, X);
  }

  /** The predictions after each stage, the first one first. */
  async *stagedPredict(X: MatrixLike): AsyncGenerator<Float64Array> {
    yield* stagesOfRaw(this.fitted, this.#loss(), this.options.learningRate, this.checkSeen(X));
  }

  /** Rows × stages: the number of the leaf that each row ends in. */
  async apply(X: MatrixLike): Promise<DenseMatrix> {
    return forestLeaves(this.fitted.trees, this.checkSeen(X));
  }

  #loss(): StageLoss {
    const { loss, alpha } = this.options;
    if (loss === 'squaredError') return squaredStage();
    if (loss === 'absoluteError') return absoluteStage();
    return loss === 'huber' ? huberStage(alpha) : quantileStage(alpha);
  }

  /** The constant that predicts before the first tree. */
  #constant(): DummyRegressorOptions {
    const { loss, alpha } = this.options;
    if (loss === 'squaredError') return { strategy: 'mean' };
    return { strategy: 'quantile', quantile: loss === 'quantile' ? alpha : 0.5 };
  }
}
