import { OptionError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { choice, custom, type Rule } from '../core/rules.ts';
import { show } from '../core/show.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import { askModel, type PredictionMethod } from '../model-selection/model.ts';
import { type ClassifierModel, WrappedClassifier, type WrappedFitted } from './wrapped-classifier.ts';

/** What a threshold is put on. */
export type ResponseMethod = 'auto' | 'predictProba' | 'decisionFunction';

export interface ThresholdFitted extends WrappedFitted {
  /** What the estimator has learned. */
  estimator: object;
  /** The class of rows whose score is at least the threshold. */
  posLabel: Label;
  /** What the threshold is on. */
  responseMethod: PredictionMethod;
  /** In the unit of the scores: a probability, or a decision value. */
  threshold: number;
}

export interface ThresholdOptions {
  estimator: ClassifierModel;
  responseMethod?: ResponseMethod;
  posLabel?: Label | null;
}

export const responseMethodRule = (): Rule<ResponseMethod> => choice<ResponseMethod>('auto', ['auto', 'predictProba', 'decisionFunction']);

export const posLabelRule = (): Rule<Label | null> =>
  custom<Label | null>(null, 'one of the labels, or null', (v) => v === null || ['string', 'number', 'boolean'].includes(typeof v));

/** A classifier of two classes that decides by a threshold of its own on another's scores. */
export abstract class ThresholdedClassifier<Options extends ThresholdOptions, Fitted extends ThresholdFitted> extends WrappedClassifier<Options, Fitted> {
  /** The positive label of each row whose score is at least the threshold, the other one of the rest. */
  async predict(X: unknown): Promise<Label[]> {
    const { estimator, classes, posLabel, responseMethod, threshold } = this.fitted;
    const scores = await positiveScores(this.restored(estimator), X, responseMethod, classes.indexOf(posLabel));
    return labelsAbove(scores, threshold, classes, posLabel);
  }

  /** The estimator's own probabilities, rows × classes; the threshold does not change them. */
  async predictProba(X: unknown): Promise<DenseMatrix> {
    const model = this.restored(this.fitted.estimator);
    this.methodOf(['predictProba']);
    return (await askModel(model, X, ['predictProba'])).get('predictProba') as DenseMatrix;
  }

  protected responseMethod(): PredictionMethod {
    const { responseMethod } = this.options;
    return this.methodOf(responseMethod === 'auto' ? ['predictProba', 'decisionFunction'] : [responseMethod as PredictionMethod]);
  }

  protected positiveOf(classes: readonly Label[]): Label {
    const posLabel = this.options.posLabel ?? classes[1];
    if (classes.includes(posLabel)) return posLabel;
    throw new OptionError(`${this.owner}: posLabel must be one of ${classes.map(show).join(', ')}, got ${show(posLabel)}.`);
  }
}

/** Scores of one of two classes: larger means likelier. */
export async function positiveScores(model: ClassifierModel, X: unknown, method: PredictionMethod, positive: number): Promise<Float64Array> {
  const values = (await askModel(model, X, [method])).get(method) as Float64Array | DenseMatrix;
  if (values instanceof DenseMatrix && values.cols === 2) return values.col(positive);
  const scores = values instanceof DenseMatrix ? values.col(0) : values;
  return positive === 1 ? scores : scores.map((score) => -score);
}

export function labelsAbove(scores: Float64Array, threshold: number, classes: readonly Label[], posLabel: Label): Label[] {
  const other = classes[1 - classes.indexOf(posLabel)];
  return Array.from(scores, (score) => (score >= threshold ? posLabel : other));
}
