import { OptionError } from '../../core/errors.ts';
import { show } from '../../core/show.ts';
import { add, mul, neg, sub } from '../operators/arithmetic.ts';
import { abs, clamp, softplus } from '../operators/functions.ts';
import { flatten } from '../operators/reshape.ts';
import { mean } from '../operators/sum-and-expand.ts';
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
  return elementLoss('huber', (prediction, target) => {
    const gap = sub(prediction, target);
    // With c the gap kept within ±delta, c·(gap − c/2) is both branches at once.
    const kept = clamp(gap, -delta, delta);
    return mul(kept, sub(gap, mul(kept, 0.5)));
  });
}

/**
 * The logistic loss of scores: log(1 + eˣ) − t·x for a target t of 0, 1 or between. `posWeight` multiplies what
 * targets of 1 count, one number or one per output.
 * Counterpart: torch.nn.BCEWithLogitsLoss.
 */
export function bceWithLogits({ posWeight }: { posWeight?: Tensor | number } = {}): Loss {
  return elementLoss('bceWithLogits', (x, t) => {
    if (posWeight === undefined) return sub(softplus(x), mul(t, x));
    // (1 − t)·x + (1 + (w − 1)·t)·log(1 + e⁻ˣ)
    const factor = add(mul(t, sub(posWeight, 1)), 1);
    return add(mul(sub(1, t), x), mul(factor, softplus(neg(x))));
  });
}
