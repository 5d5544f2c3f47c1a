import { completeOptions, flag, number, type Rules } from '../../core/rules.ts';
import { ones, zeros } from '../init.ts';
import { add, mul } from '../operators/arithmetic.ts';
import { constant } from '../operators/constants.ts';
import { batchNorm, fixedNorm } from '../operators/normalisation.ts';
import { showShape } from '../shape.ts';
import { Parameter, StateBuffer, type Tensor } from '../tensor.ts';
import { currentTrace, ownerName, shapeError } from '../trace.ts';
import { sizeOption } from './layer-options.ts';
import { Module } from './module.ts';

export interface BatchNormOptions {
  /** Added to the variance. Default 1e-5. */
  eps?: number;
  /** Weight of the newest batch in the running statistics. Default 0.1. */
  momentum?: number;
  /** Whether a scale and a shift per channel are learned. Default true. */
  affine?: boolean;
}

const rules: Rules<BatchNormOptions> = { eps: number(1e-5, { min: 0 }), momentum: number(0.1, { min: 0, max: 1 }), affine: flag(true) };

/**
 * In training, brings each channel of a batch to mean 0 and variance 1 and keeps running means and (unbiased)
 * variances; else uses those. Then scales and shifts by weight and bias.
 * A batch in training must have more than one number per channel.
 *
 * Source: Ioffe and Szegedy, ICML 2015.
 */
abstract class BatchNorm extends Module {
  readonly weight: Parameter | undefined;
  readonly bias: Parameter | undefined;
  readonly runningMean: StateBuffer;
  readonly runningVar: StateBuffer;
  readonly eps: number;
  readonly momentum: number;

  constructor(numFeatures: number, options: BatchNormOptions = {}) {
    super();
    const { eps, momentum, affine } = completeOptions<BatchNormOptions>(new.target.name, options, rules);
    const shape = [sizeOption(new.target.name, 'numFeatures', numFeatures)];
    this.eps = eps;
    this.momentum = momentum;
    this.weight = affine ? new Parameter(shape, 1) : undefined;
    this.bias = affine ? new Parameter(shape) : undefined;
    this.runningMean = new StateBuffer(shape);
    this.runningVar = new StateBuffer(shape, 1);
  }

  /** How many dimensions x may have, and how they are called in a message. */
  protected abstract readonly expected: { readonly ranks: readonly number[]; readonly text: (channels: number) => string };

  override forward(x: Tensor): Tensor {
    const { runningMean, runningVar, eps, momentum, expected } = this;
    const channels = runningMean.shape[0];
    if (!expected.ranks.includes(x.shape.length) || x.shape[1] !== channels) throw shapeError('batchNorm', `x must be ${expected.text(channels)}, got ${showShape(x.shape)}.`);
    const scale = this.weight ?? constant([channels], new Array<number>(channels).fill(1));
    const shift = this.bias ?? constant([channels], new Array<number>(channels).fill(0));
    if (!this.training) return fixedNorm(x, scale, shift, runningMean, runningVar, eps);
    const trace = currentTrace();
    // One row with several places still has a spread.
    if (x.shape.slice(2).every((size) => size === 1)) trace.refusesSingleRow.push(ownerName('BatchNorm'));
    const { output, statistics } = batchNorm(x, scale, shift, eps);
    const blend = (buffer: StateBuffer, found: Tensor): void => void trace.updates.set(buffer, add(mul(trace.updates.get(buffer) ?? buffer, 1 - momentum), mul(found, momentum)));
    blend(runningMean, statistics.mean);
    blend(runningVar, statistics.unbiasedVariance);
    return output;
  }

  override resetParameters(): void {
    this.runningMean.data.fill(0);
    this.runningVar.data.fill(1);
    if (this.weight) ones(this.weight);
    if (this.bias) zeros(this.bias);
  }
}

/** Batch normalisation of features, [N, features] or [N, channels, length]. Counterpart: torch.nn.BatchNorm1d. */
export class BatchNorm1d extends BatchNorm {
  protected get expected() {
    return { ranks: [2, 3], text: (channels: number) => `[N, ${channels}] or [N, ${channels}, length]` };
  }
}

/** Batch normalisation of images, [N, channels, height, width]. Counterpart: torch.nn.BatchNorm2d. */
export class BatchNorm2d extends BatchNorm {
  protected get expected() {
    return { ranks: [4], text: (channels: number) => `[N, ${channels}, height, width]` };
  }
}
