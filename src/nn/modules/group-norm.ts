import { OptionError } from '../../core/errors.ts';
import { completeOptions, flag, number, type Rules } from '../../core/rules.ts';
import { ones, zeros } from '../init.ts';
import { add, mul } from '../operators/arithmetic.ts';
import { constant } from '../operators/constants.ts';
import { layerNorm } from '../operators/normalisation.ts';
import { reshape } from '../operators/reshape.ts';
import { showShape, sizeOf } from '../shape.ts';
import { Parameter, type Tensor } from '../tensor.ts';
import { shapeError } from '../trace.ts';
import { sizeOption } from './layer-options.ts';
import { Module } from './module.ts';

export interface GroupNormOptions {
  /** Added to the variance. Default 1e-5. */
  eps?: number;
  /** Whether a scale and a shift per channel are learned. Default true. */
  affine?: boolean;
}

const rules: Rules<GroupNormOptions> = { eps: number(1e-5, { min: 0 }), affine: flag(true) };

/**
 * Brings each group of channels of each row to mean 0 and variance 1, then scales and shifts channels by weight and
 * bias: a BatchNorm that does not depend on the batch, for small ones. x: [N, numChannels, …].
 * With a group for each channel it is instance normalisation.
 * Counterpart: torch.nn.GroupNorm. Source: Wu and He, ECCV 2018.
 *
 * @example
 * new nn.GroupNorm(4, 32)
 */
export class GroupNorm extends Module {
  readonly weight: Parameter | undefined;
  readonly bias: Parameter | undefined;
  readonly numGroups: number;
  readonly numChannels: number;
  readonly eps: number;

  constructor(numGroups: number, numChannels: number, options: GroupNormOptions = {}) {
    super();
    const { eps, affine } = completeOptions<GroupNormOptions>('GroupNorm', options, rules);
    if (sizeOption('GroupNorm', 'numChannels', numChannels) % sizeOption('GroupNorm', 'numGroups', numGroups) !== 0) {
      throw new OptionError(`GroupNorm: numChannels must be a multiple of numGroups, got ${numChannels} and ${numGroups}.`);
    }
    this.numGroups = numGroups;
    this.numChannels = numChannels;
    this.eps = eps;
    this.weight = affine ? new Parameter([numChannels], 1) : undefined;
    this.bias = affine ? new Parameter([numChannels]) : undefined;
  }

  override forward(x: Tensor): Tensor {
    const [batch, channels, ...places] = x.shape;
    if (channels !== this.numChannels) throw shapeError('groupNorm', `x must be [N, ${this.numChannels}, …], got ${showShape(x.shape)}.`);
    const size = (channels / this.numGroups) * sizeOf(places);
    const filled = (value: number): Tensor => constant([size], new Array<number>(size).fill(value));
    const standard = reshape(layerNorm(reshape(x, [batch, this.numGroups, size]), filled(1), filled(0), this.eps), x.shape);
    if (!this.weight || !this.bias) return standard;
    const perChannel = (values: Tensor): Tensor => reshape(values, [channels, ...places.map(() => 1)]);
    return add(mul(standard, perChannel(this.weight)), perChannel(this.bias));
  }

  override resetParameters(): void {
    if (this.weight) ones(this.weight);
    if (this.bias) zeros(this.bias);
  }
}
