import { flag, number, positive } from '../../core/rules.ts';
import { rmspropStep } from '../../kernels/optimizer-steps.ts';
import { Optimizer, type Update } from './optimizer.ts';

export interface RMSpropOptions {
  /** Learning rate. Default 1e-2. */
  lr?: number;
  /** How slowly the mean of squared gradients forgets. Default 0.99. */
  alpha?: number;
  /** Added to the root in the denominator. Default 1e-8. */
  eps?: number;
  /** Adds this times the parameters to the gradient. Default 0. */
  weightDecay?: number;
  /** Share of the last step's direction that is kept. Default 0. */
  momentum?: number;
  /** Whether the mean gradient's square is taken off: steps by the gradient's variance. Default false. */
  centered?: boolean;
}

/**
 * RMSprop: s ← αs + (1 − α)g², θ ← θ − lr·g / (√s + eps).
 * Counterpart: torch.optim.RMSprop. Source: Tieleman and Hinton, "Neural Networks for Machine Learning", lecture 6.5, 2012.
 */
export class RMSprop extends Optimizer<RMSpropOptions> {
  static override readonly rules = {
    lr: positive(1e-2),
    alpha: number(0.99, { min: 0, max: 1 }),
    eps: number(1e-8, { min: 0 }),
    weightDecay: number(0, { min: 0 }),
    momentum: number(0, { min: 0 }),
    centered: flag(false),
  };

  get slots(): readonly string[] {
    return ['squares', ...(this.options.momentum > 0 ? ['momentum'] : []), ...(this.options.centered ? ['mean'] : [])];
  }

  update({ values, gradient, slots, lr }: Update): void {
    const { alpha, eps, weightDecay, momentum, centered } = this.options;
    rmspropStep(values, gradient, slots[0], momentum > 0 ? slots[1] : undefined, centered ? slots.at(-1) : undefined, { lr, alpha, eps, weightDecay, momentum });
  }
}
