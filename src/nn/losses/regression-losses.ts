import { DataError, OptionError, ShapeError } from '../../core/errors.ts';
import { show } from '../../core/show.ts';
import { add, mul, neg, sub } from '../operators/arithmetic.ts';
import { constant, type Operand } from '../operators/constants.ts';
import { abs, clamp, softplus } from '../operators/functions.ts';
import { flatten } from '../operators/reshape.ts';
import { mean } from '../operators/sum-and-expand.ts';
import { type Shape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import type { Loss } from './loss.ts';

/** A loss of prediction and target element by element, both of one shape; a row's loss is the mean of its elements'. */
function elementLoss(name: string, of: (prediction: Tensor, target: Tensor) => Tensor): Loss {
  return {
    name,
    target: (shape) => ({ shape, type: 'float32' }),
    checkTarget: () => {},
    rows: (prediction, target) => {
      const elements = of(prediction, target);
      return { losses: elements.shape.length === 1 ? elements : mean(flatten(elements), 1) };
    },
  };
}

/** The mean of (prediction − target)². Counterpart: torch.nn.MSELoss. */
export const mse = (): Loss =>
  elementLoss('mse', (prediction, target) => {
    const gap = sub(prediction, target);
    return mul(gap, gap);
  });

/** The mean of |prediction − target|. Counterpart: torch.nn.L1Loss. */
export const l1 = (): Loss => elementLoss('l1', (prediction, target) => abs(sub(prediction, target)));

/**
 * Half the squared gap up to delta, beyond it delta·(|gap| − delta/2).
 * Counterpart: torch.nn.HuberLoss. Source: Huber, Annals of Mathematical Statistics 35(1), 1964.
 */
export function huber({ delta = 1 }: { delta?: number } = {}): Loss {
  if (!(delta > 0 && delta < Infinity)) throw new OptionError(`huber: delta must be a number in (0, ∞), got ${show(delta)}.`);
  return elementLoss('huber', (prediction, target) => huberElements(prediction, target, delta));
}

function huberElements(prediction: Tensor, target: Tensor, delta: number): Tensor {
  const gap = sub(prediction, target);
  // With c the gap kept within ±delta, c·(gap − c/2) is both branches at once.
  const kept = clamp(gap, -delta, delta);
  return mul(kept, sub(gap, mul(kept, 0.5)));
}

/**
 * The square of a gap up to beta, half of it over beta; beyond it |gap| − beta/2: Huber's loss over its delta.
 * Counterpart: torch.nn.SmoothL1Loss. Source: Girshick, "Fast R-CNN", ICCV 2015.
 */
export function smoothL1({ beta = 1 }: { beta?: number } = {}): Loss {
  if (!(beta > 0 && beta < Infinity)) throw new OptionError(`smoothL1: beta must be a number in (0, ∞), got ${show(beta)}. For 0, use nn.l1().`);
  return elementLoss('smoothL1', (prediction, target) => mul(huberElements(prediction, target, beta), 1 / beta));
}

export interface BceWithLogitsOptions {
  /** What targets of 1 count, beside those of 0: one number, or one per output. Default 1. */
  posWeight?: number | readonly number[];
}

/**
 * The logistic loss of scores: log(1 + eˣ) − t·x for a target t of 0, 1 or between.
 * Counterpart: torch.nn.BCEWithLogitsLoss, which takes targets outside [0, 1] too.
 *
 * @example
 * nn.bceWithLogits({ posWeight: 3 })
 */
export function bceWithLogits({ posWeight }: BceWithLogitsOptions = {}): Loss {
  const weights = posWeight === undefined ? undefined : [posWeight].flat();
  if (weights?.some((weight) => !(weight >= 0 && weight < Infinity))) throw new OptionError(`bceWithLogits: posWeight must be a number in [0, ∞), or a list of them, got ${show(posWeight)}.`);
  const loss = elementLoss('bceWithLogits', (x, t) => {
    if (weights === undefined) return sub(softplus(x), mul(t, x));
    const factor: Operand = weights.length === 1 ? weights[0] - 1 : constant([weights.length], weights.map((weight) => weight - 1));
    // (1 − t)·x + (1 + (w − 1)·t)·log(1 + e⁻ˣ)
    return add(mul(sub(1, t), x), mul(add(mul(t, factor), 1), softplus(neg(x))));
  });
  return {
    ...loss,
    target(prediction) {
      if (Array.isArray(posWeight) && (prediction.length === 1 || posWeight.length !== prediction.at(-1))) {
        throw new ShapeError(`bceWithLogits: posWeight must have a number for each of ${prediction.length === 1 ? 1 : prediction.at(-1)} outputs, got ${posWeight.length}.`);
      }
      return loss.target(prediction);
    },
    checkTarget: checkShares,
  };
}

/** @throws DataError naming the first row with a target outside [0, 1] */
function checkShares(target: ArrayLike<number>, prediction: Shape): void {
  for (let i = 0; i < target.length; i++) {
    if (target[i] >= 0 && target[i] <= 1) continue;
    const row = Math.floor(i / Math.abs(sizeOf(prediction)));
    throw new DataError(`bceWithLogits: targets must be numbers in [0, 1], row ${row} of the batch has ${target[i]}. Call two classes 0 and 1; for more, use nn.crossEntropy().`);
  }
}
