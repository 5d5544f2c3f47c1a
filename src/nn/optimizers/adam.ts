import { custom, flag, number, positive } from '../../core/rules.ts';
import { adamStep } from '../../kernels/optimizer-steps.ts';
import type { AdamStep } from '../../kernels/twins/optimizer-steps.ts';
import { Optimizer, type Update } from './optimizer.ts';

export interface AdamOptions {
  /** Learning rate. Default 1e-3. */
  lr?: number;
  /** How slowly the means of gradients and of their squares forget. Default [0.9, 0.999]. */
  betas?: readonly [number, number];
  /** Added to the root in the denominator. Default 1e-8. */
  eps?: number;
  /** Adam adds this times the parameters to the gradient, AdamW shrinks the parameters by lr times this. Default 0, AdamW's 0.01. */
  weightDecay?: number;
  /** Whether the denominator has the largest mean of squares so far, so that no parameter's steps grow again. Default false. */
  amsgrad?: boolean;
}

const isBetas = (value: unknown): boolean => Array.isArray(value) && value.length === 2 && value.every((beta) => typeof beta === 'number' && beta >= 0 && beta < 1);

const rules = {
  lr: positive(1e-3),
  betas: custom<readonly [number, number]>([0.9, 0.999], 'two numbers in [0, 1)', isBetas),
  eps: number(1e-8, { min: 0 }),
  weightDecay: number(0, { min: 0 }),
  amsgrad: flag(false),
};

abstract class AdamFamily extends Optimizer<AdamOptions> {
  abstract readonly decoupled: boolean;

  get slots(): readonly string[] {
    return this.options.amsgrad ? ['first', 'second', 'largest'] : ['first', 'second'];
  }

  update({ values, gradient, slots: [first, second, largest], lr, step }: Update): void {
    const { betas, eps, weightDecay } = this.options;
    const [beta1, beta2] = betas;
    const constants: AdamStep = {
      beta1,
      beta2,
      eps,
      stepSize: lr / (1 - beta1 ** step),
      secondScale: 1 / Math.sqrt(1 - beta2 ** step),
      addedDecay: this.decoupled ? 0 : weightDecay,
      keep: this.decoupled ? 1 - lr * weightDecay : 1,
    };
    if (largest) amsgradStep(values, gradient, { first, second, largest }, constants);
    else adamStep(values, gradient, first, second, constants);
  }
}

/** Source: Reddi, Kale, Kumar, "On the Convergence of Adam and Beyond", ICLR 2018. */
function amsgradStep(values: Float32Array, gradient: Float32Array, { first, second, largest }: Readonly<Record<'first' | 'second' | 'largest', Float32Array>>, step: AdamStep): void {
  const { stepSize, secondScale, eps, keep } = step;
  // A step of length 0 brings the means up to date and leaves the values.
  adamStep(values, gradient, first, second, { ...step, stepSize: 0, eps: 1, keep: 1 });
  for (let i = 0; i < values.length; i++) {
    largest[i] = Math.max(largest[i], second[i]);
    values[i] = keep * values[i] - (stepSize * first[i]) / (secondScale * Math.sqrt(largest[i]) + eps);
  }
}

/**
 * Adam: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − lr·m̂ / (√v̂ + eps), where hats undo the start at zero.
 * Counterpart: torch.optim.Adam. Source: Kingma and Ba, ICLR 2015.
 */
export class Adam extends AdamFamily {
  static override readonly rules = rules;
  readonly decoupled = false;
}

/**
 * Adam whose weight decay shrinks the parameters by themselves: θ ← (1 − lr·weightDecay)·θ before each step.
 * Counterpart: torch.optim.AdamW. Source: Loshchilov and Hutter, ICLR 2019.
 */
export class AdamW extends AdamFamily {
  static override readonly rules = { ...rules, weightDecay: number(0.01, { min: 0 }) };
  readonly decoupled = true;
}
