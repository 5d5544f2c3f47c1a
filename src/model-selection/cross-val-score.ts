import type { Labels } from '../core/labels.ts';
import type { InOf } from '../pipeline/stage.ts';
import { crossValidate, type CrossValidateOptions, type Scoring } from './cross-validate.ts';
import type { Model } from './model.ts';

/**
 * One score per fold: crossValidate for those who want nothing else.
 * Counterpart: scikit-learn's cross_val_score.
 *
 * @example
 * await crossValScore(model, X, y, { cv: 10, scoring: 'f1' }); // Float64Array of 10
 */
export async function crossValScore<M extends Model>(
  model: M,
  X: InOf<M>,
  y: Labels,
  options: CrossValidateOptions<M, Scoring> = {},
): Promise<Float64Array> {
  const { folds, scorers } = await crossValidate(model, X, y, options);
  return Float64Array.from(folds, ({ scores }) => scores[scorers[0].metricName]);
}
