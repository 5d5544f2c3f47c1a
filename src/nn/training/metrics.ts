import { rowMaxima } from './row-maxima.ts';

/** What a net said of the validation samples: samples × outputs, row-major. */
export interface Predictions {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A number that says how good predictions are, from what the net said and what is true. */
export type TrainingMetric = (predictions: Predictions, target: ArrayLike<number>) => number;

/**
 * Share of samples whose class is right: the largest output of several, or the sign of one. Of targets that are
 * probabilities, the likeliest class is right.
 *
 * @example
 * await nn.fit(model, { …, metrics: { accuracy: nn.accuracy } });
 */
export const accuracy: TrainingMetric = ({ shape, data }, target) => {
  const outputs = data.length / shape[0];
  const said = outputs === 1 ? Array.from(data, (score) => Number(score > 0)) : rowMaxima(data, outputs);
  // Probabilities of classes rather than a class.
  const wanted = outputs > 1 && target.length === data.length ? rowMaxima(target, outputs) : target;
  let right = 0;
  for (let i = 0; i < said.length; i++) right += Number(said[i] === wanted[i]);
  return right / said.length;
};

/** Square root of the mean squared difference. */
export const rootMeanSquaredError: TrainingMetric = ({ data }, target) => {
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += (data[i] - target[i]) ** 2;
  return Math.sqrt(sum / data.length);
};
