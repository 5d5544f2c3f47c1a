import { completeOptions, flag, type Rules } from '../../core/rules.ts';
import { uniform } from '../init.ts';
import { linear } from '../operators/linear.ts';
import { Parameter, type Tensor } from '../tensor.ts';
import { sizeOption } from './layer-options.ts';
import { Module } from './module.ts';

export interface LinearOptions {
  /** Whether each output has a constant. Default true. */
  bias?: boolean;
}

const rules: Rules<LinearOptions> = { bias: flag(true) };

/**
 * x·Wᵀ + b for the last dimension. x: [N, …, inFeatures]; result: [N, …, outFeatures].
 * weight: [outFeatures, inFeatures], bias: [outFeatures], both drawn evenly from ±1/√inFeatures.
 * Counterpart: torch.nn.Linear.
 *
 * @example
 * new nn.Linear(784, 10)
 */
export class Linear extends Module {
  readonly weight: Parameter;
  readonly bias: Parameter | undefined;

  constructor(inFeatures: number, outFeatures: number, options: LinearOptions = {}) {
    super();
    const { bias } = completeOptions<LinearOptions>('Linear', options, rules);
    this.weight = new Parameter([sizeOption('Linear', 'outFeatures', outFeatures), sizeOption('Linear', 'inFeatures', inFeatures)]);
    this.bias = bias ? new Parameter([outFeatures]) : undefined;
    this.resetParameters();
  }

  override forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias);
  }

  override resetParameters(): void {
    const bound = 1 / Math.sqrt(this.weight.shape[1]);
    for (const parameter of [this.weight, this.bias]) if (parameter) uniform(parameter, { low: -bound, high: bound });
  }
}
