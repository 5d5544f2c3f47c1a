import { flag, number, positive } from '../../core/rules.ts';
import { OptionError } from '../../core/errors.ts';
import { sgdStep } from '../../kernels/optimizer-steps.ts';
import { Optimizer, type Update } from './optimizer.ts';

export interface SGDOptions {
  /** Learning rate. Default 1e-3. */
  lr?: number;
  /** Share of the last step's direction that is kept. Default 0. */
  momentum?: number;
  /** Share of a gradient that momentum leaves out. Default 0. */
  dampening?: number;
  /** Adds this times the parameters to the gradient. Default 0. */
  weightDecay?: number;
  /** Whether the step looks ahead along the momentum. Default false. */
  nesterov?: boolean;
}

/**
 * Stochastic gradient descent: v ← momentum·v + (1 − dampening)·g, θ ← θ − lr·v; with nesterov, g + momentum·v
 * in place of v. The first v is g.
 *
 * Counterpart: torch.optim.SGD. Source: Sutskever, Martens, Dahl, Hinton, ICML 2013.
 */
export class SGD extends Optimizer<SGDOptions> {
  static override readonly rules = {
    lr: positive(1e-3),
    momentum: number(0, { min: 0 }),
    dampening: number(0, { min: 0, max: 1 }),
    weightDecay: number(0, { min: 0 }),
    nesterov: flag(false),
  };

  constructor(options: SGDOptions = {}) {
    super(options);
    if (this.options.nesterov && (this.options.momentum === 0 || this.options.dampening !== 0)) {
      throw new OptionError('SGD: nesterov must have a momentum above 0 and a dampening of 0.');
    }
  }

  get slots(): readonly string[] {
    return this.options.momentum === 0 ? [] : ['momentum'];
  }

  update({ values, gradient, slots: [velocity], lr, step }: Update): void {
    const { momentum, dampening, weightDecay, nesterov } = this.options;
    sgdStep(values, gradient, velocity, { lr, momentum, dampening: step === 1 ? 0 : dampening, weightDecay, nesterov });
  }
}
