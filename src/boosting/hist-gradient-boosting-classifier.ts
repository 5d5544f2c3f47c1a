import { Classifier, type ClassesSeen, type Target } from '../base/classifier.ts';
import { classWeightRule, timesWeights, weightRows, type ClassWeight } from '../core/class-weight.ts';
import { OptionError } from '../core/errors.ts';
import type { Takes } from '../core/estimator.ts';
import { labelCodes, type Label, type Labels } from '../core/labels.ts';
import { checkSameRows, rowsAlone } from '../core/rows.ts';
import { choice, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { scorer } from '../metrics/scorer.ts';
import type { BoostingFitOptions } from './boosting-fit-options.ts';
import { boostingRules, type HistGradientBoostingOptions } from './hist-gradient-boosting-options.ts';
import type { ScoreRaw } from './early-stopping.ts';
import { readFeatures, type Features, type FeaturesLike } from './features.ts';
import { fitBoosting, type HistGradientBoostingFitted } from './fit-boosting.ts';
import type { Labelled } from './fit-rows.ts';
import { logLoss, softmaxLoss } from './loss.ts';
import { predictFeatures } from './predict-raw.ts';
import { probabilitiesOf } from './probabilities-of.ts';
import { RowsOf } from '../table/rows-of.ts';
import { stagedRaw } from './staged-raw.ts';

export interface HistGradientBoostingClassifierOptions extends HistGradientBoostingOptions {
  /** What is minimised: the log loss. Default 'logLoss'. */
  loss?: 'logLoss';
  /** Weight of each class, multiplied into the rows' weights; 'balanced' is n / (k · count). Default null: all 1. */
  classWeight?: ClassWeight | null;
}

/**
 * Gradient boosting of trees over at most 255 bins a column, for classes.
 *
 * Each round fits a tree to the log loss's first and second derivatives at the predictions so far (one tree per class
 * for three classes and more), and adds its leaves' Newton steps, −G / (H + l2) for sums G and H, times the learning
 * rate. Probabilities are the sigmoid of the sum, or the softmax of one sum per class.
 *
 * X: a Matrix (NaN is missing; sparse works, unstored values are 0), rows of numbers, or a Table, whose columns of text
 * and categories need no encoding. Missing values go to the side that was better in training, unseen categories where
 * missing values go. y: one label per row, two classes or more. A column that is constant or all missing is never split by.
 *
 * `fitted`: classes, trees (one set of arrays, see BoostedTrees), baseline, binEdges, categories, nIter, trainScore and
 * validationScore of early stopping. Fitting again with `warmStart` adds rounds; to raise maxIter, write
 * `model.with({ maxIter: 200, warmStart: true }).restore(model.fitted)`.
 *
 * The same seed gives the same model, bit for bit, on any number of threads: sums are of whole numbers.
 *
 * Counterpart: scikit-learn's HistGradientBoostingClassifier, with the same bins and trees. Differences: early stopping
 * keeps the rounds up to the best one, there the patience after it stays too; `subsample` and `colsampleByTree` are
 * added; columns that nodes draw by `maxFeatures` differ; interactionCst counts X's columns also when some are
 * categories; infinite values are refused; one class alone is refused; so is a `scoring` that is never defined, which ends it
 * there after the patience.
 * Source: Friedman, "Greedy function approximation: A gradient boosting machine", Annals of Statistics 29(5), 2001; Ke et
 * al., "LightGBM: A highly efficient gradient boosting decision tree", NeurIPS 2017.
 *
 * @example
 * const model = await new HistGradientBoostingClassifier({ maxIter: 200 }).fit(table.drop('income'), table.column('income'));
 * await model.predictProba(test); // rows × classes
 */
export class HistGradientBoostingClassifier extends Classifier<HistGradientBoostingClassifierOptions, HistGradientBoostingFitted, FeaturesLike, Features> {
  static override readonly rules: Rules<HistGradientBoostingClassifierOptions> = {
    loss: choice('logLoss', ['logLoss']),
    ...boostingRules,
    classWeight: classWeightRule(),
  };

  static override readonly takes: Takes = 'any';

  #validation: BoostingFitOptions<Labels>['validation'];

  /** @throws ShapeError, DataError for X, y, weights or validation rows that cannot be learned from. @returns this */
  override async fit(X: FeaturesLike, y: Labels, options: BoostingFitOptions<Labels> = {}): Promise<this> {
    this.#validation = options.validation;
    return super.fit(X, y, options);
  }

  /** X by reference, so that folds read their rows where they lie. */
  hoist(X: FeaturesLike): unknown {
    return RowsOf.all(X);
  }

  protected learn(features: Features, { classes, codes, sampleWeight }: Target): HistGradientBoostingFitted {
    const { classWeight, scoring, monotonicCst, warmStart } = this.options;
    if (classes.length > 2 && monotonicCst !== null) {
      throw new OptionError(`${this.owner}: monotonicCst must be null for more than two classes, of which there are ${classes.length}.`);
    }
    const loss = classes.length === 2 ? logLoss() : softmaxLoss(classes.length);
    const before: (HistGradientBoostingFitted & ClassesSeen) | undefined = warmStart && this.isFitted ? this.fitted : undefined;
    if (before && before.classes.join() !== classes.join()) {
      throw new OptionError(`${this.owner}: a warm start needs the classes of the fit before (${before.classes.join(', ')}), got ${classes.join(', ')}. Fit a clone instead.`);
    }
    // As in scikit-learn's boosting, 'balanced' counts rows and not their weights.
    return fitBoosting({
      owner: this.owner,
      options: this.options,
      train: { features, y: Float64Array.from(codes), weights: timesWeights(sampleWeight, weightRows(this.owner, classWeight, classes, codes)) },
      validation: this.#readValidation(features, classes),
      loss,
      stratify: true,
      score: scoring === 'loss' ? null : scoreClasses(scoring, classes),
      before,
    });
  }

  protected probabilities(features: Features, fitted: HistGradientBoostingFitted & ClassesSeen): DenseMatrix {
    return probabilitiesOf(predictFeatures(this.owner, fitted, features), fitted.classes.length);
  }

  /** Raw predictions: for two classes the log odds of the second, one per row; else rows × classes. */
  async decisionFunction(X: FeaturesLike): Promise<Float64Array | DenseMatrix> {
    return this.#decisions(predictFeatures(this.owner, this.fitted, this.checkSeen(X)));
  }

  /** As every classifier's; decisions come from the same pass over the trees. */
  override async askAll<Method extends string>(X: FeaturesLike, methods: readonly Method[]): Promise<Map<Method, unknown>> {
    const raw = predictFeatures(this.owner, this.fitted, this.checkSeen(X));
    return this.answersBy(X, methods, { predictProba: () => probabilitiesOf(raw, this.fitted.classes.length), decisionFunction: () => this.#decisions(raw) });
  }

  /** The labels after each round, the first round first. */
  async *stagedPredict(X: FeaturesLike): AsyncGenerator<Label[]> {
    for await (const proba of this.stagedPredictProba(X)) yield this.labelsOf(proba);
  }

  /** The probabilities after each round, rows × classes. */
  async *stagedPredictProba(X: FeaturesLike): AsyncGenerator<DenseMatrix> {
    for (const raw of stagedRaw(this.owner, this.fitted, this.checkSeen(X))) yield probabilitiesOf(raw, this.fitted.classes.length);
  }

  /** The raw predictions after each round, as decisionFunction gives them. */
  async *stagedDecisionFunction(X: FeaturesLike): AsyncGenerator<Float64Array | DenseMatrix> {
    for (const raw of stagedRaw(this.owner, this.fitted, this.checkSeen(X))) yield this.#decisions(raw);
  }

  protected override matrixOf(X: FeaturesLike, minRows = 1): Features {
    return readFeatures(this.owner, X, { minRows });
  }

  protected override checkSeen(X: FeaturesLike): Features {
    return readFeatures(this.owner, X, { seen: this.fitted, minRows: 0 });
  }

  #decisions(raw: Float64Array): Float64Array | DenseMatrix {
    const { nTreesPerIteration } = this.fitted;
    return nTreesPerIteration === 1 ? raw : new DenseMatrix(raw.length / nTreesPerIteration, nTreesPerIteration, raw);
  }

  #readValidation({ cols, names }: Features, classes: readonly Label[]): Labelled | undefined {
    const given = this.#validation;
    this.#validation = undefined;
    if (given === undefined) return undefined;
    if (this.options.earlyStopping === false) throw new OptionError(`${this.owner}: earlyStopping must not be false where validation rows are given.`);
    const features = readFeatures(this.owner, given.X, { seen: { nFeaturesIn: cols, featureNamesIn: names } });
    checkSameRows(this.owner, { 'validation.X': rowsAlone(features), 'validation.y': given.y });
    const y = Float64Array.from(labelCodes(this.owner, given.y, classes));
    return { features, y, weights: checkSampleWeight(this.owner, given.sampleWeight, features.rows) };
  }
}

/** A scorer of labels, probabilities or raw predictions. */
function scoreClasses(name: Parameters<typeof scorer>[0], classes: readonly Label[]): ScoreRaw {
  const { score, better } = scorer(name);
  const sign = better === 'higher' ? 1 : -1;
  const outputs = classes.length === 2 ? 1 : classes.length;
  return ({ y, weights }, raw) => {
    const rows = y.length;
    const whole = new Float64Array(rows * outputs);
    for (let c = 0; c < outputs; c++) raw(c).forEach((value, i) => (whole[i * outputs + c] = value));
    const probabilities = probabilitiesOf(whole, classes.length);
    const labels = Array.from({ length: rows }, (_, i) => {
      const row = probabilities.row(i);
      return classes[row.indexOf(Math.max(...row))];
    });
    const scores = outputs === 1 ? whole : new DenseMatrix(rows, outputs, whole);
    const prediction = { classes, labels, probabilities, scores };
    return sign * score(Array.from(y, (code) => classes[code]), prediction, weights && { sampleWeight: weights });
  };
}
