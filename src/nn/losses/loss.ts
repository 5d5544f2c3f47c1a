import { div, mul } from '../operators/arithmetic.ts';
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
 * the mean is Σ wᵢ·lossᵢ / Σ wᵢ.
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
  if (sampleWeight === undefined) return weights === undefined ? mean(losses) : div(sum(losses), sum(weights));
  return div(sum(mul(losses, sampleWeight)), sum(weights === undefined ? sampleWeight : mul(weights, sampleWeight)));
}
