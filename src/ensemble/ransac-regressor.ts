import { DataError, OptionError } from '../core/errors.ts';
import type { FitOptions } from '../core/fit-options.ts';
import { median } from '../core/median.ts';
import { RandomState } from '../core/random-state.ts';
import { checkSameRows, rowCount, takeRows } from '../core/rows.ts';
import { choice, custom, either, integer, number, optional, seed, type Rule, type Rules } from '../core/rules.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { sampleWithoutReplacement } from '../core/sample-without-replacement.ts';
import { show } from '../core/show.ts';
import { LinearRegression } from '../linear/linear-regression.ts';
import { asMatrix, type MatrixLike } from '../matrix/matrix.ts';
import { r2Score } from '../metrics/r2-score.ts';
import { MetaEstimator, modelOrNullRule, type Member, type NamedMember } from '../model-selection/meta-estimator.ts';
import { weighsRows } from '../model-selection/model.ts';

/** The loss of each row. */
export type RowLoss = (y: Float64Array, predicted: ArrayLike<number>) => ArrayLike<number>;

export interface RANSACRegressorOptions<M extends Member | null = Member | null> {
  /** The regressor that is fitted. Default null: a LinearRegression. */
  estimator?: M;
  /** Rows that each trial draws: a share in (0, 1), or a number. Default null: one more than X has columns, without an estimator of one's own. */
  minSamples?: number | null;
  /** Rows of at most this loss are inliers. Default null: the median distance of y from its median. */
  residualThreshold?: number | null;
  /** Whether a trial may fit the rows it drew. Default null: always. */
  isDataValid?: ((X: unknown, y: Float64Array) => boolean) | null;
  /** Whether what a trial has fitted may be used. Default null: always. */
  isModelValid?: ((model: Member, X: unknown, y: Float64Array) => boolean) | null;
  /** Most trials. Default 100. */
  maxTrials?: number;
  /** Most trials that find fewer inliers than before, or are not valid. Default Infinity. */
  maxSkips?: number;
  /** Stop once so many inliers are found. Default Infinity. */
  stopNInliers?: number;
  /** Stop once the model scores this on its inliers. Default Infinity. */
  stopScore?: number;
  /** Stop once some trial drew inliers only, by this probability, in [0, 1]. Default 0.99. */
  stopProbability?: number;
  /** Loss of a row: |y − ŷ|, its square, or a function of all y and ŷ. Default 'absoluteError'. */
  loss?: 'absoluteError' | 'squaredError' | RowLoss;
  /** Seed of the rows drawn. Default null, which is 0. */
  randomState?: number | null;
}

export interface RANSACRegressorFitted {
  /** The model of the inliers. */
  estimator: Member;
  /** 1 for inliers, one per training row. */
  inlierMask: Uint8Array;
  /** Trials made. */
  nTrials: number;
  /** Trials that found fewer inliers than one before. */
  nSkipsNoInliers: number;
  /** Trials whose rows isDataValid refused. */
  nSkipsInvalidData: number;
  /** Trials whose model isModelValid refused. */
  nSkipsInvalidModel: number;
  /** What a user should know: that maxSkips ended the search. */
  notes: readonly string[];
}

/** What the search has found so far. */
interface Search {
  mask: Uint8Array | null;
  inliers: number;
  score: number;
  trials: number;
  nSkipsNoInliers: number;
  nSkipsInvalidData: number;
  nSkipsInvalidModel: number;
}

const orInfinite = (rule: Rule<number>): Rule<number> => either<number>([rule, choice(Infinity, [Infinity])], Infinity);
const functionOrNull = <T>(): Rule<T> => custom<T>(null as T, 'a function or null', (v) => v === null || typeof v === 'function', 0);
const LOSSES = {
  absoluteError: (error: number): number => Math.abs(error),
  squaredError: (error: number): number => error * error,
};

/**
 * A regressor fitted to the rows that agree: again and again few rows are drawn and fitted, and the rows that this model meets within
 * `residualThreshold` are its inliers; the model is then fitted to the largest set of them, of equal ones to that with the best R². After as many
 * trials as make it likely (`stopProbability`) that one drew inliers only, the search ends.
 *
 * X: what the estimator takes; y: one number per row. Row weights go to the estimator. Unlike HuberRegressor, outliers do not count at all, also
 * those of X.
 *
 * `fitted`: estimator, inlierMask, nTrials, nSkipsNoInliers, nSkipsInvalidData, nSkipsInvalidModel.
 *
 * @throws OptionError without minSamples for an estimator of one's own, or for more than there are rows; DataError where no trial found inliers
 * Counterpart: scikit-learn's RANSACRegressor; the same seed draws the same rows. An estimator's own randomness has its own seed.
 * Source: Fischler and Bolles, "Random sample consensus", Communications of the ACM 24(6), 1981.
 *
 * @example
 * const model = await new RANSACRegressor({ randomState: 0 }).fit(X, y);
 * model.fitted.inlierMask; // which rows it believes
 */
export class RANSACRegressor<M extends Member | null = Member | null> extends MetaEstimator<RANSACRegressorOptions<M>, RANSACRegressorFitted> {
  static override readonly rules: Rules<RANSACRegressorOptions> = {
    estimator: modelOrNullRule('a model with fit, predict, clone and with'),
    minSamples: optional(either<number>([number(0.5, { min: 0, max: 1, openMin: true, openMax: true }), integer(1, { min: 1 })], 1)),
    residualThreshold: optional(number(1, { min: 0 })),
    isDataValid: functionOrNull(),
    isModelValid: functionOrNull(),
    maxTrials: integer(100, { min: 1 }),
    maxSkips: orInfinite(integer(0, { min: 0 })),
    stopNInliers: orInfinite(integer(0, { min: 0 })),
    stopScore: orInfinite(number(0)),
    stopProbability: number(0.99, { min: 0, max: 1 }),
    loss: either<'absoluteError' | 'squaredError' | RowLoss>(
      [choice('absoluteError', ['absoluteError', 'squaredError']), custom(0, 'a function', (v) => typeof v === 'function', 0)],
      'absoluteError',
    ),
    randomState: seed(),
  };

  readonly estimatorType = 'regressor';

  constructor(options: RANSACRegressorOptions<M> = {}) {
    super(options);
  }

  protected override get members(): readonly NamedMember[] {
    return [['estimator', this.#model]];
  }

  get #model(): Member {
    return this.options.estimator ?? (new LinearRegression() as unknown as Member);
  }

  async fit(X: unknown, y: ArrayLike<number>, { sampleWeight }: FitOptions = {}): Promise<this> {
    if (y == null) throw new DataError(`${this.owner}: y must be given, got ${show(y)}. Pass one number per row.`);
    const rows = this.options.estimator === null ? asMatrix(this.owner, X as MatrixLike) : X;
    checkSameRows(this.owner, { X: rows, y });
    const weights = checkSampleWeight(this.owner, sampleWeight, y.length);
    if (weights && !weighsRows(this.#model)) throw new DataError(`${this.owner}: sampleWeight must be left out, its estimator does not weigh rows.`);
    const target = Float64Array.from(y);
    const search = await this.#search(rows, target, weights);
    if (search.mask === null) {
      throw new DataError(
        `${this.owner}: a trial must find inliers, got none in ${search.trials}: ${search.nSkipsInvalidData} had data and ${search.nSkipsInvalidModel} a model that was not valid, ${search.nSkipsNoInliers} no inliers. Raise residualThreshold or maxTrials.`,
      );
    }
    const estimator = await this.#fitted(rows, target, weights, indicesOf(search.mask));
    const { nSkipsNoInliers, nSkipsInvalidData, nSkipsInvalidModel, trials: nTrials, mask: inlierMask } = search;
    const notes = skips(search) > (this.options.maxSkips as number) ? [`${this.owner}: more trials than maxSkips were skipped, the search ended early.`] : [];
    return this.restore({ estimator, inlierMask, nTrials, nSkipsNoInliers, nSkipsInvalidData, nSkipsInvalidModel, notes });
  }

  async predict(X: unknown): Promise<Float64Array> {
    return (await this.fitted.estimator.predict(X)) as Float64Array;
  }

  /** R² of predict(X) against y, weighted if weights are given. */
  async score(X: unknown, y: ArrayLike<number>, { sampleWeight }: FitOptions = {}): Promise<number> {
    return r2Score(y, await this.predict(X), { sampleWeight });
  }

  async #search(X: unknown, y: Float64Array, weights: Float64Array | undefined): Promise<Search> {
    const { maxTrials, maxSkips, stopNInliers, stopScore, stopProbability, randomState } = this.options as Required<RANSACRegressorOptions>;
    const size = this.#sizeOfTrial(X);
    const random = new RandomState(randomState);
    const threshold = this.#threshold(y);
    const search: Search = { mask: null, inliers: 1, score: -Infinity, trials: 0, nSkipsNoInliers: 0, nSkipsInvalidData: 0, nSkipsInvalidModel: 0 };
    for (let most = maxTrials; search.trials < most; ) {
      search.trials++;
      if (skips(search) > maxSkips) break;
      const isBetter = await this.#try(search, X, y, weights, sampleWithoutReplacement(random, y.length, size), threshold);
      if (!isBetter) continue;
      most = Math.min(most, trialsFor(search.inliers / y.length, size, stopProbability));
      if (search.inliers >= stopNInliers || search.score >= stopScore) break;
    }
    return search;
  }

  /** @returns whether these rows lead to the best model so far */
  async #try(search: Search, X: unknown, y: Float64Array, weights: Float64Array | undefined, drawn: Int32Array, threshold: number): Promise<boolean> {
    const { isDataValid, isModelValid } = this.options as Required<RANSACRegressorOptions>;
    const [ownX, ownY] = [takeRows(X, drawn), takeRows(y, drawn)];
    if (isDataValid && !isDataValid(ownX, ownY)) {
      search.nSkipsInvalidData++;
      return false;
    }
    const model = await this.#fitted(X, y, weights, drawn);
    if (isModelValid && !isModelValid(model, ownX, ownY)) {
      search.nSkipsInvalidModel++;
      return false;
    }
    const predicted = (await model.predict(X)) as ArrayLike<number>;
    const mask = Uint8Array.from(this.#losses(y, predicted), (loss) => Number(loss <= threshold));
    const inliers = indicesOf(mask);
    if (inliers.length < search.inliers) {
      search.nSkipsNoInliers++;
      return false;
    }
    const score = scoreOf(y, predicted, weights, inliers);
    if (inliers.length === search.inliers && score < search.score) return false;
    Object.assign(search, { mask, inliers: inliers.length, score });
    return true;
  }

  async #fitted(X: unknown, y: Float64Array, weights: Float64Array | undefined, rows: Int32Array): Promise<Member> {
    const model = this.#model.clone() as Member;
    await model.fit(takeRows(X, rows), takeRows(y, rows), weights ? { sampleWeight: takeRows(weights, rows) } : {});
    return model;
  }

  #losses(y: Float64Array, predicted: ArrayLike<number>): Float64Array {
    const { loss } = this.options as Required<RANSACRegressorOptions>;
    if (typeof loss === 'function') return Float64Array.from(loss(y, predicted));
    return y.map((value, i) => LOSSES[loss](value - predicted[i]));
  }

  #threshold(y: Float64Array): number {
    const { residualThreshold } = this.options as Required<RANSACRegressorOptions>;
    if (residualThreshold !== null) return residualThreshold;
    const middle = median(y.slice());
    return median(y.map((value) => Math.abs(value - middle)));
  }

  #sizeOfTrial(X: unknown): number {
    const { estimator, minSamples } = this.options as Required<RANSACRegressorOptions>;
    const rows = rowCount(X);
    if (minSamples === null && estimator !== null && !((estimator as unknown) instanceof LinearRegression)) {
      throw new OptionError(`${this.owner}: minSamples must be given for an estimator other than LinearRegression, got null.`);
    }
    const size = minSamples === null ? asMatrix(this.owner, X as MatrixLike).cols + 1 : minSamples < 1 ? Math.ceil(minSamples * rows) : minSamples;
    if (size > rows) throw new OptionError(`${this.owner}: minSamples must be at most the number of rows, ${rows}, got ${size}.`);
    return size;
  }
}

const skips = ({ nSkipsNoInliers, nSkipsInvalidData, nSkipsInvalidModel }: Search): number => nSkipsNoInliers + nSkipsInvalidData + nSkipsInvalidModel;

const indicesOf = (mask: Uint8Array): Int32Array => Int32Array.from(mask.keys()).filter((i) => mask[i] === 1);

/** R² on some rows; of a single one there is none. */
function scoreOf(y: Float64Array, predicted: ArrayLike<number>, weights: Float64Array | undefined, rows: Int32Array): number {
  if (rows.length < 2) return Number.NaN;
  return r2Score(takeRows(y, rows), Float64Array.from(rows, (row) => predicted[row]), { sampleWeight: weights && takeRows(weights, rows) });
}

/** Trials until one of `size` rows draws inliers only, by this probability. */
function trialsFor(shareOfInliers: number, size: number, probability: number): number {
  const missed = Math.max(Number.EPSILON, 1 - probability);
  const outlier = Math.max(Number.EPSILON, 1 - shareOfInliers ** size);
  if (missed === 1) return 0;
  if (outlier === 1) return Infinity;
  return Math.abs(Math.ceil(Math.log(missed) / Math.log(outlier)));
}
