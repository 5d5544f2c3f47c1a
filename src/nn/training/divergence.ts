import { DataError } from '../../core/errors.ts';
import type { Batch } from '../runtime/feed-batch.ts';

/** What is known at the moment in which a training goes wrong. */
export interface Divergence {
  epoch: number;
  batch: number;
  loss: number;
  /** Of the first batch. */
  firstLoss: number;
  gradNorm: number;
  learningRate: number;
  /** The optimiser's class. */
  optimizer: string;
  clips: boolean;
  /** What the net was given. */
  values: Batch;
}

/** Numbers beyond this make steps that nothing keeps in bounds. */
const LARGE = 100;
/** A loss that has grown by this much does not come back. */
const EXPLODED = 1e6;

/** Whether a training is past saving: loss or gradient are no numbers, or the loss is a million times that of the first batch. */
export function hasDiverged({ loss, firstLoss, gradNorm }: Pick<Divergence, 'loss' | 'firstLoss' | 'gradNorm'>): boolean {
  return !Number.isFinite(loss) || !Number.isFinite(gradNorm) || loss > EXPLODED * Math.max(firstLoss, 1e-3);
}

/** The error of such a training: what happened, and what to try, likeliest first. */
export function divergenceError(owner: string, { epoch, batch, loss, firstLoss, gradNorm, learningRate, optimizer, clips, values }: Divergence): DataError {
  const { target, weight: _, ...inputs } = values;
  const reach = Math.max(...Object.values(inputs).map(largest));
  const advice = [
    target instanceof Float32Array && largest(target) > LARGE && `scale the target, which reaches ${short(largest(target))}, to mean 0 and variance 1 (NeuralRegressor does)`,
    reach > LARGE && `scale the inputs, which reach ${short(reach)} (StandardScaler)`,
    `lower the learning rate to ${short(learningRate / 10)}`,
    optimizer === 'SGD' && 'use Adam, whose steps do not grow with the gradient',
    !clips && 'clip gradients with clipGradNorm: 1',
  ].filter((one) => one !== false);
  return new DataError(
    `${owner}: loss and gradient must stay in bounds, in epoch ${epoch}, batch ${batch} the loss is ${short(loss)} (${short(firstLoss)} in the first batch) and the gradient ${short(gradNorm)} ` +
      `(${optimizer}, learning rate ${short(learningRate)}). Make the net anew, and try, one after the other: ${advice.join('; ')}.`,
  );
}

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}

function short(value: number): string {
  return Number.isFinite(value) && Math.abs(value) >= 1e6 ? value.toExponential(2) : String(Number(value.toPrecision(3)));
}
