import { DataError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { DummyClassifier } from '../dummy/dummy-classifier.ts';
import { DummyRegressor, type DummyRegressorOptions } from '../dummy/dummy-regressor.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { Member } from '../model-selection/meta-estimator.ts';
import { ownerOf, weighsRows } from '../model-selection/model.ts';
import type { StageLoss } from './stage-loss.ts';

/** What boosting by stages predicts before the first tree. */
export interface StageStart {
  /** The raw prediction of every row, one number per output; null where `initEstimator` predicts it. */
  baseline: Float64Array | null;
  /** The fitted model of the option `init`; null without one. */
  initEstimator: Member | null;
}

/** Rows that a start is learned from. */
export interface StartRows {
  X: Matrix;
  /** Labels or numbers, as models learn them. */
  target: ArrayLike<Label> | Float64Array;
  weights: Float64Array | undefined;
}

/** The class shares as raw predictions. */
export async function classStart(loss: StageLoss, { target, weights }: StartRows): Promise<StageStart> {
  const { fitted } = await new DummyClassifier().fit(target, target as ArrayLike<Label>, { sampleWeight: weights });
  const shares = fitted.classPrior;
  return { baseline: loss.link!(loss.outputs === 1 ? shares.slice(1) : shares), initEstimator: null };
}

/** The mean or a quantile as raw prediction. */
export async function numberStart(options: DummyRegressorOptions, { target, weights }: StartRows): Promise<StageStart> {
  const { fitted } = await new DummyRegressor(options).fit(target, target as Float64Array, { sampleWeight: weights });
  return { baseline: Float64Array.of(fitted.constant), initEstimator: null };
}

/** A fitted copy of the model of the option `init`. @throws DataError for weights that it does not heed */
export async function modelStart(owner: string, init: Member, { X, target, weights }: StartRows): Promise<StageStart> {
  const initEstimator = init.clone() as Member;
  if (weights !== undefined && !weighsRows(initEstimator)) {
    throw new DataError(`${owner}: init must heed sampleWeight where weights are given, ${ownerOf(initEstimator)} does not. Use another model, or null.`);
  }
  await initEstimator.fit(X, target, weights === undefined ? {} : { sampleWeight: weights });
  return { baseline: null, initEstimator };
}

/** The raw predictions of a start, rows × outputs. */
export async function startOf({ baseline, initEstimator }: StageStart, loss: StageLoss, X: Matrix): Promise<Float64Array> {
  const { outputs } = loss;
  if (baseline !== null) return Float64Array.from({ length: X.rows * outputs }, (_, p) => baseline[p % outputs]);
  const model = initEstimator as Member & { predictProba(X: Matrix): Promise<DenseMatrix> };
  if (loss.link === null) return Float64Array.from((await model.predict(X)) as ArrayLike<number>);
  const { data } = await model.predictProba(X);
  return loss.link(outputs > 1 ? data : Float64Array.from({ length: X.rows }, (_, i) => data[2 * i + 1]));
}
