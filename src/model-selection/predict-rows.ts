import { DataError } from '../core/errors.ts';
import type { Label } from '../core/labels.ts';
import { show } from '../core/show.ts';
import type { DenseMatrix } from '../matrix/dense-matrix.ts';
import type { Prediction } from '../metrics/make-scorer.ts';
import { alignColumns, alignScores } from './align-classes.ts';
import { askModel, learnedBy, ownerOf, predictorOf, type PredictionMethod } from './model.ts';

/**
 * What a fitted model says of rows, classes in the order of `classes`; numbers where `classes` is null.
 * @param owner starts the message about predictions that are no numbers
 */
export async function predictRows(
  model: object,
  X: unknown,
  methods: readonly PredictionMethod[],
  classes: readonly Label[] | null,
  owner: string = ownerOf(model),
): Promise<Prediction> {
  const answers = await askModel(model, X, methods);
  const predicted = answers.get('predict') as ArrayLike<Label>;
  if (classes === null) return { values: numbers(owner, predicted) };
  const predictor = predictorOf(model);
  const learned = learnedBy(predictor).classes ?? classes;
  const probabilities = answers.get('predictProba') as DenseMatrix | undefined;
  const scores = answers.get('decisionFunction') as Float64Array | DenseMatrix | undefined;
  return {
    classes,
    labels: Array.from(predicted),
    ...(typeof classes[0] === 'number' && { values: numbers(owner, predicted) }),
    ...(probabilities && { probabilities: alignColumns(ownerOf(predictor), probabilities, learned, classes, 0) }),
    ...(scores && { scores: alignScores(ownerOf(predictor), scores, learned, classes) }),
  };
}

function numbers(owner: string, predicted: ArrayLike<Label>): Float64Array {
  return Float64Array.from(predicted, (value, i) => {
    if (typeof value === 'number') return value;
    throw new DataError(`${owner}: predictions must be numbers, row ${i} got ${show(value)}.`);
  });
}
