import { Classifier, type ClassesSeen, type Target } from '../base/classifier.ts';
import { DataError, OptionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { choice, type Rules } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix, MatrixLike } from '../matrix/matrix.ts';
import { nestedChanges, type NestedChanges } from '../model-selection/meta-estimator.ts';
import { forestLeaves } from '../tree/forest-classifier.ts';
import { fitGradientBoosting, type GradientBoostingFitted } from './fit-gradient-boosting.ts';
import { gradientBoostingRules, type GradientBoostingOptions } from './gradient-boosting-options.ts';
import { probabilitiesOf } from './probabilities-of.ts';
import { rawOfStages, stagesOfRaw } from './raw-of-stages.ts';
import { binomialStage, exponentialStage, multinomialStage, type StageLoss } from './stage-loss.ts';
import { classStart } from './stage-start.ts';

export interface GradientBoostingClassifierOptions extends GradientBoostingOptions {
  /** What is minimised: the log loss, or, for two classes, AdaBoost's exponential loss. Default 'logLoss'. */
  loss?: 'logLoss' | 'exponential';
}

/**
 * Gradient boosting of whole trees, split at any value, for classes.
 *
 * Each stage fits a regression tree to the negative gradient of the loss at the predictions so far (one tree per class for
 * three classes and more), gives every leaf a Newton step, Σ w·g / Σ w·p(1 − p) for gradients g = y − p (times
 * (K − 1) / K for K > 2 classes), and adds the tree times the learning rate. Probabilities are the sigmoid of the sum
 * (of twice the sum for 'exponential'), or the softmax of one sum per class.
 *
 * X: rows × features, dense or CSR, rounded to single precision, without missing values. y: one label per row, two classes
 * or more. For many rows HistGradientBoostingClassifier, which bins columns, is a good deal faster.
 *
 * `fitted`: classes, trees and nTreesPerIteration, nEstimators, baseline or initEstimator, featureImportances, trainScore; with
 * `subsample` below 1 oobScores, oobImprovement and oobScore. Fitting again with `warmStart` adds stages.
 *
 * Counterpart: scikit-learn's GradientBoostingClassifier, node for node for the same seed (of three classes and more, splits
 * that tie in all but the last digit may part: numpy's logarithm there depends on the processor). Differences: a warm start with
 * nIterNoChange watches the predictions of all stages, there it counts from the first stage again; stages without out-of-bag
 * scores have NaN among others that have some, there 0; a model for `init` gets X in double precision; there is no `monitor`.
 * Source: Friedman, "Greedy function approximation: A gradient boosting machine", Annals of Statistics 29(5), 2001, and
 * "Stochastic gradient boosting", Computational Statistics & Data Analysis 38(4), 2002.
 *
 * @throws OptionError for 'exponential' with more than two classes; DataError for weights that leave one class
 * @example
 * const model = await new GradientBoostingClassifier({ subsample: 0.5, maxFeatures: 'sqrt' }).fit(X, y);
 * for await (const proba of model.stagedPredictProba(Xtest)) console.log(logLoss(ytest, proba));
 */
export class GradientBoostingClassifier extends Classifier<GradientBoostingClassifierOptions, GradientBoostingFitted> {
  static override readonly rules: Rules<GradientBoostingClassifierOptions> = {
    loss: choice('logLoss', ['logLoss', 'exponential']),
    ...gradientBoostingRules('predictProba'),
  };

  /** A copy with other options; those of a model for `init` too: `{ init: { … } }`. */
  override with(changes: NestedChanges<GradientBoostingClassifierOptions>): this {
    return super.with(nestedChanges(this.owner, this.options, changes));
  }

  protected learn(X: Matrix, { classes, codes, sampleWeight: weights }: Target): Promise<GradientBoostingFitted> {
    const { owner, options } = this;
    const loss = this.#loss(classes);
    if (weights) checkWeights(owner, classes, codes, weights);
    const before = options.warmStart && this.isFitted ? this.fitted : undefined;
    if (before && before.classes.join() !== classes.join()) {
      throw new OptionError(`${owner}: a warm start needs the classes of the fit before (${before.classes.join(', ')}), got ${classes.join(', ')}. Fit a clone instead.`);
    }
    const target = Array.from(codes, (code) => classes[code]);
    return fitGradientBoosting({
      owner, options, X, y: Float64Array.from(codes), target, weights, loss, start: (rows) => classStart(loss, rows), classes: classes.length, before,
    });
  }

  /** The greater class where the decision value of two classes is at least 0, the class of the largest of several. */
  override async predict(X: MatrixLike): Promise<Label[]> {
    return this.#labels(await this.decisionFunction(X));
  }

  protected async probabilities(X: Matrix, fitted: GradientBoostingFitted & ClassesSeen): Promise<DenseMatrix> {
    return this.#probabilities(await rawOfStages(fitted, this.#loss(fitted.classes), this.options.learningRate, X));
  }

  /** Raw predictions: for two classes the log odds of the second ('exponential': half of them), one per row; else rows × classes. */
  async decisionFunction(X: MatrixLike): Promise<Float64Array | DenseMatrix> {
    const matrix = this.checkSeen(X);
    return this.#decisions(await rawOfStages(this.fitted, this.#loss(this.fitted.classes), this.options.learningRate, matrix));
  }

  /** The labels after each stage, the first one first. */
  async *stagedPredict(X: MatrixLike): AsyncGenerator<Label[]> {
    for await (const decisions of this.stagedDecisionFunction(X)) yield this.#labels(decisions);
  }

  /** The probabilities after each stage, rows × classes. */
  async *stagedPredictProba(X: MatrixLike): AsyncGenerator<DenseMatrix> {
    for await (const raw of this.#stages(X)) yield this.#probabilities(raw);
  }

  /** The raw predictions after each stage, as decisionFunction gives them. */
  async *stagedDecisionFunction(X: MatrixLike): AsyncGenerator<Float64Array | DenseMatrix> {
    for await (const raw of this.#stages(X)) yield this.#decisions(raw);
  }

  /** Rows × trees: the number of the leaf that each row ends in; stage after stage, in each class after class. */
  async apply(X: MatrixLike): Promise<DenseMatrix> {
    return forestLeaves(this.fitted.trees, this.checkSeen(X));
  }

  #stages(X: MatrixLike): AsyncGenerator<Float64Array> {
    return stagesOfRaw(this.fitted, this.#loss(this.fitted.classes), this.options.learningRate, this.checkSeen(X));
  }

  #loss(classes: readonly Label[]): StageLoss {
    if (this.options.loss === 'logLoss') return classes.length === 2 ? binomialStage() : multinomialStage(classes.length);
    if (classes.length > 2) throw new OptionError(`${this.owner}: loss 'exponential' is for two classes, of which there are ${classes.length}. Use 'logLoss'.`);
    return exponentialStage();
  }

  #decisions(raw: Float64Array): Float64Array | DenseMatrix {
    const { nTreesPerIteration: outputs } = this.fitted;
    return outputs === 1 ? raw : new DenseMatrix(raw.length / outputs, outputs, raw);
  }

  #labels(decisions: Float64Array | DenseMatrix): Label[] {
    const { classes } = this.fitted;
    return decisions instanceof DenseMatrix ? this.labelsOf(decisions) : Array.from(decisions, (value) => classes[value >= 0 ? 1 : 0]);
  }

  #probabilities(raw: Float64Array): DenseMatrix {
    return probabilitiesOf(this.options.loss === 'exponential' ? raw.map((half) => 2 * half) : raw, this.fitted.classes.length);
  }
}

/** @throws DataError unless two classes have weight */
function checkWeights(owner: string, classes: readonly Label[], codes: Int32Array, weights: Float64Array): void {
  const weighing = new Set(codes.filter((_, i) => weights[i] > 0));
  if (weighing.size >= 2) return;
  throw new DataError(`${owner}: sampleWeight must leave at least 2 classes, only ${show(classes[[...weighing][0]])} has weight.`);
}
