import { Regressor } from '../base/regressor.ts';
import { DataError, OptionError } from '../core/errors.ts';
import type { Takes } from '../core/estimator.ts';
import { checkSameRows, rowsAlone } from '../core/rows.ts';
import { choice, number, optional, positive, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { show } from '../core/show.ts';
import { scorer } from '../metrics/scorer.ts';
import type { BoostingFitOptions } from './boosting-fit-options.ts';
import { boostingRules, type HistGradientBoostingOptions } from './hist-gradient-boosting-options.ts';
import type { ScoreRaw } from './early-stopping.ts';
import { readFeatures, type Features, type FeaturesLike } from './features.ts';
import { fitBoosting, type HistGradientBoostingFitted } from './fit-boosting.ts';
import type { Labelled } from './fit-rows.ts';
import { absoluteError, gammaLoss, huberLoss, pinballLoss, poissonLoss, squaredError, type Loss } from './loss.ts';
import { predictFeatures } from './predict-raw.ts';
import { RowsOf } from '../table/rows-of.ts';
import { stagedRaw } from './staged-raw.ts';

export type BoostingRegressionLoss = 'squaredError' | 'absoluteError' | 'huber' | 'quantile' | 'poisson' | 'gamma';

export interface HistGradientBoostingRegressorOptions extends HistGradientBoostingOptions {
  /**
   * What is minimised: 'squaredError' ½(y − ŷ)², 'absoluteError', 'huber' (squared up to `delta`, then linear),
   * 'quantile' (pinball), or half the deviance of 'poisson' (y ≥ 0) and 'gamma' (y > 0), with ŷ = eʳ. Default 'squaredError'.
   */
  loss?: BoostingRegressionLoss;
  /** The share of y that is to lie below the prediction; for loss 'quantile'. Default null. */
  quantile?: number | null;
  /** From which error on, in the unit of y, the 'huber' loss is linear. Default 1. */
  delta?: number;
}

/**
 * Gradient boosting of trees over at most 255 bins a column, for numbers.
 *
 * Each round fits a tree to the loss's first and second derivatives at the predictions so far, and adds its leaves'
 * Newton steps, −G / (H + l2) for sums G and H, times the learning rate; leaves of the losses that bend nowhere take
 * the median or quantile of their residuals.
 *
 * X: a Matrix (NaN is missing; sparse works, unstored values are 0), rows of numbers, or a Table, whose columns of text
 * and categories need no encoding. Missing values go to the side that was better in training, unseen categories where
 * missing values go. y: finite numbers, within the loss's range. A column that is constant or all missing is never split by.
 *
 * `fitted`: trees (one set of arrays, see BoostedTrees), baseline, binEdges, categories, nIter, trainScore and
 * validationScore of early stopping. Fitting again with `warmStart` adds rounds; to raise maxIter, write
 * `model.with({ maxIter: 200, warmStart: true }).restore(model.fitted)`.
 *
 * The same seed gives the same model, bit for bit, on any number of threads: sums are of whole numbers.
 *
 * Counterpart: scikit-learn's HistGradientBoostingRegressor, with the same bins and trees. Differences: early stopping
 * keeps the rounds up to the best one, there the patience after it stays too; `subsample`, `colsampleByTree` and the loss
 * 'huber' with `delta` are added; columns that nodes draw by `maxFeatures` differ; interactionCst counts X's columns also
 * when some are categories; infinite values are refused; so is a `scoring` that is never defined, which ends it there after
 * the patience.
 * Source: Friedman, "Greedy function approximation: A gradient boosting machine", Annals of Statistics 29(5), 2001; Ke et
 * al., "LightGBM: A highly efficient gradient boosting decision tree", NeurIPS 2017.
 *
 * @example
 * const model = await new HistGradientBoostingRegressor({ learningRate: 0.05, maxIter: 300 }).fit(table.drop('price'), table.numbers('price'));
 * await model.predict(test); // one number per row
 */
export class HistGradientBoostingRegressor extends Regressor<HistGradientBoostingRegressorOptions, HistGradientBoostingFitted, FeaturesLike, Features> {
  static override readonly rules: Rules<HistGradientBoostingRegressorOptions> = {
    loss: choice<BoostingRegressionLoss>('squaredError', ['squaredError', 'absoluteError', 'huber', 'quantile', 'poisson', 'gamma']),
    quantile: optional(number(0.5, { min: 0, max: 1 })),
    delta: positive(1),
    ...boostingRules,
  };

  static override readonly takes: Takes = 'any';

  #validation: BoostingFitOptions<ArrayLike<number>>['validation'];

  /** @throws ShapeError, DataError for X, y, weights or validation rows that cannot be learned from. @returns this */
  override async fit(X: FeaturesLike, y: ArrayLike<number>, options: BoostingFitOptions<ArrayLike<number>> = {}): Promise<this> {
    this.#validation = options.validation;
    return super.fit(X, y, options);
  }

  /** X by reference, so that folds read their rows where they lie. */
  hoist(X: FeaturesLike): unknown {
    return RowsOf.all(X);
  }

  protected learn(features: Features, y: Float64Array, weights: Float64Array | undefined): HistGradientBoostingFitted {
    const loss = this.#loss(y);
    const validation = this.#readValidation(features);
    if (validation) this.#loss(validation.y);
    const { scoring } = this.options;
    return fitBoosting({
      owner: this.owner,
      options: this.options,
      train: { features, y, weights },
      validation,
      loss,
      stratify: false,
      score: scoring === 'loss' ? null : scoreValues(scoring, loss),
      before: this.options.warmStart && this.isFitted ? this.fitted : undefined,
    });
  }

  protected values(features: Features, fitted: HistGradientBoostingFitted): Float64Array {
    const { predicted } = this.#loss();
    return predictFeatures(this.owner, fitted, features).map(predicted);
  }

  /** The predictions after each round, the first round first. */
  async *stagedPredict(X: FeaturesLike): AsyncGenerator<Float64Array> {
    const { predicted } = this.#loss();
    for (const raw of stagedRaw(this.owner, this.fitted, this.checkSeen(X))) yield raw.map(predicted);
  }

  /** Raw predictions, on the link's scale: ln ŷ for 'poisson' and 'gamma', else ŷ. What explanations add up to. */
  async rawPredict(X: FeaturesLike): Promise<Float64Array> {
    return predictFeatures(this.owner, this.fitted, this.checkSeen(X));
  }

  protected override matrixOf(X: FeaturesLike, minRows = 1): Features {
    return readFeatures(this.owner, X, { minRows });
  }

  protected override checkSeen(X: FeaturesLike): Features {
    return readFeatures(this.owner, X, { seen: this.fitted, minRows: 0 });
  }

  /** The options' loss. @throws DataError for y outside its range, OptionError for 'quantile' without one */
  #loss(y: ArrayLike<number> = []): Loss {
    const { loss, quantile, delta } = this.options;
    const refuse = (wanted: string, isWrong: (value: number) => boolean): void => {
      const row = Array.prototype.findIndex.call(y, isWrong);
      if (row >= 0) throw new DataError(`${this.owner}: y must be ${wanted} for loss ${show(loss)}, row ${row} has ${y[row]}.`);
    };
    switch (loss) {
      case 'squaredError':
        return squaredError();
      case 'absoluteError':
        return absoluteError();
      case 'huber':
        return huberLoss(delta);
      case 'quantile':
        if (quantile === null) throw new OptionError(`${this.owner}: quantile must be a number in [0, 1] for loss 'quantile', got null.`);
        return pinballLoss(quantile);
      case 'poisson':
        refuse('at least 0', (value) => value < 0);
        if (y.length > 0 && Array.prototype.every.call(y, (value: number) => value === 0)) {
          throw new DataError(`${this.owner}: y must be above 0 in some row for loss 'poisson', got only zeros.`);
        }
        return poissonLoss();
      case 'gamma':
        refuse('above 0', (value) => value <= 0);
        return gammaLoss();
    }
  }

  #readValidation({ cols, names }: Features): Labelled | undefined {
    const given = this.#validation;
    this.#validation = undefined;
    if (given === undefined) return undefined;
    if (this.options.earlyStopping === false) throw new OptionError(`${this.owner}: earlyStopping must not be false where validation rows are given.`);
    const features = readFeatures(this.owner, given.X, { seen: { nFeaturesIn: cols, featureNamesIn: names } });
    checkSameRows(this.owner, { 'validation.X': rowsAlone(features), 'validation.y': given.y });
    const y = Float64Array.from(given.y);
    const row = y.findIndex((value) => !Number.isFinite(value));
    if (row >= 0) throw new DataError(`${this.owner}: validation.y must hold finite numbers, row ${row} has ${show(given.y[row])}.`);
    return { features, y, weights: checkSampleWeight(this.owner, given.sampleWeight, features.rows) };
  }
}

/** A scorer of predicted numbers. */
function scoreValues(name: Parameters<typeof scorer>[0], loss: Loss): ScoreRaw {
  const { score, better } = scorer(name);
  const sign = better === 'higher' ? 1 : -1;
  return ({ y, weights }, raw) => sign * score(y, { values: raw(0).map(loss.predicted) }, weights && { sampleWeight: weights });
}
