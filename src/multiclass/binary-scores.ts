import { OptionError } from '../core/errors.ts';
import { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Member } from '../model-selection/meta-estimator.ts';
import { askModel, canPredict, ownerOf, predictorOf, type PredictionMethod } from '../model-selection/model.ts';

/** Which of its answers a two-class model is judged by: decision values where it has them, else probabilities. @throws OptionError for a model with neither */
export function scoreMethod(owner: string, model: Member): PredictionMethod {
  const method = (['decisionFunction', 'predictProba'] as const).find((one) => canPredict(model, one));
  if (method) return method;
  throw new OptionError(`${owner}: estimator must have decisionFunction or predictProba, ${ownerOf(predictorOf(model))} has neither. Use another classifier.`);
}

/** A fitted two-class model's score for its greater class, one per row. */
export async function binaryScores(model: Member, X: unknown, method: PredictionMethod): Promise<Float64Array> {
  const values = (await askModel(model, X, [method])).get(method) as Float64Array | DenseMatrix;
  return values instanceof DenseMatrix ? values.col(values.cols - 1) : values;
}

/** Scores above it mean the greater class. */
export const scoreThreshold = (method: PredictionMethod): number => (method === 'decisionFunction' ? 0 : 0.5);
