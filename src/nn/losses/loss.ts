import { DataError } from '../../core/errors.ts';
import { div, maximum, mul } from '../operators/arithmetic.ts';
import { mean, sum } from '../operators/sum-and-expand.ts';
import type { Shape } from '../shape.ts';
import type { Tensor, TensorType } from '../tensor.ts';

/** What a loss makes of a batch: a number per row, and what each row counts for (1 where left out). */
export interface RowLosses {
  /** Already multiplied by the row's weight. [N] */
  readonly losses: Tensor;
  /** [N] */
  readonly weights?: Tensor;
}

/**
 * What training makes small: a number per row, averaged over the batch. With weights w, of classes or of samples,
 * the mean is Σ wᵢ·lossᵢ / Σ wᵢ, and 0 where all weights are.
 */
export interface Loss {
  readonly name: string;
  /** Shape and type of the target of one batch, for a prediction of this shape. @throws ShapeError if there is none. */
  target(prediction: Shape): { shape: Shape; type: TensorType };
  /** @throws DataError naming the first row whose target cannot be: a class that does not exist. */
  checkTarget(target: ArrayLike<number>, prediction: Shape): void;
  rows(prediction: Tensor, target: Tensor): RowLosses;
}

/** The mean loss of a batch, a single number. `sampleWeight` holds a number per row. */
export function meanLoss(loss: Loss, prediction: Tensor, target: Tensor, sampleWeight?: Tensor): Tensor {
  const { losses, weights } = loss.rows(prediction, target);
  if (sampleWeight === undefined) return weights === undefined ? mean(losses) : share(sum(losses), sum(weights));
  return share(sum(mul(losses, sampleWeight)), sum(weights === undefined ? sampleWeight : mul(weights, sampleWeight)));
}

/** The smallest normal number of single precision: nothing that is weighed at all weighs less. */
const LEAST = 1.1754943508222875e-38;

/** A batch whose rows all weigh nothing teaches nothing: 0 of 0 is 0. */
const share = (part: Tensor, whole: Tensor): Tensor => div(part, maximum(whole, LEAST));

/** @throws DataError naming the first row of a batch whose weight is below 0 */
export function checkWeights(weights: ArrayLike<number>): void {
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] < 0) throw new DataError(`sampleWeight: weights must be numbers in [0, ∞), row ${i} of the batch has ${weights[i]}. Weigh a row 0 to leave it out.`);
  }
}
