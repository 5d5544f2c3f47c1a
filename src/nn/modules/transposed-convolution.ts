import { OptionError } from '../../core/errors.ts';
import { completeOptions, flag, integer, type Rules } from '../../core/rules.ts';
import { uniform } from '../init.ts';
import type { ConvolutionSettings } from '../operators/convolution-settings.ts';
import { transposedConvolution } from '../operators/convolution.ts';
import { Parameter, type Tensor } from '../tensor.ts';
import type { ConvolutionOptions } from './convolution.ts';
import { sizeOption, sizes, sizesOption } from './layer-options.ts';
import { Module } from './module.ts';

export interface TransposedConvolutionOptions extends Omit<ConvolutionOptions, 'padding'> {
  /** How much is taken off on either side: what a convolution would have padded. Default 0. */
  padding?: number | readonly number[];
  /** Places added at the far end, fewer than stride: which of the sizes comes out that a convolution would bring to x's. Default 0. */
  outputPadding?: number | readonly number[];
}

const rules: Rules<TransposedConvolutionOptions> = { stride: sizes(1), padding: sizes(0), outputPadding: sizes(0), dilation: sizes(1), groups: integer(1, { min: 1 }), bias: flag(true) };

abstract class TransposedConvolution extends Module {
  readonly weight: Parameter;
  readonly bias: Parameter | undefined;
  readonly settings: ConvolutionSettings;
  readonly outputPadding: readonly number[];

  constructor(dimensions: number, inChannels: number, outChannels: number, kernelSize: number | readonly number[], options: TransposedConvolutionOptions) {
    super();
    const owner = new.target.name;
    const { stride, padding, outputPadding, dilation, groups, bias } = completeOptions<TransposedConvolutionOptions>(owner, options, rules);
    for (const [name, channels] of [['inChannels', inChannels], ['outChannels', outChannels]] as const) {
      if (sizeOption(owner, name, channels) % groups !== 0) throw new OptionError(`${owner}: ${name} must be a multiple of groups, got ${channels} and ${groups}.`);
    }
    this.settings = {
      stride: sizesOption(owner, 'stride', stride, dimensions),
      padding: sizesOption(owner, 'padding', padding, dimensions, 0),
      dilation: sizesOption(owner, 'dilation', dilation, dimensions),
      groups,
    };
    this.outputPadding = sizesOption(owner, 'outputPadding', outputPadding, dimensions, 0);
    const steps = this.settings.stride;
    if (this.outputPadding.some((size, i) => size >= steps[i])) throw new OptionError(`${owner}: outputPadding must be smaller than stride, got [${this.outputPadding.join(', ')}] and [${steps.join(', ')}].`);
    this.weight = new Parameter([inChannels, outChannels / groups, ...sizesOption(owner, 'kernelSize', kernelSize, dimensions)]);
    this.bias = bias ? new Parameter([outChannels]) : undefined;
    this.resetParameters();
  }

  override forward(x: Tensor): Tensor {
    return transposedConvolution(x, this.weight, this.bias, this.settings, this.outputPadding);
  }

  override resetParameters(): void {
    const bound = 1 / Math.sqrt(this.weight.shape.slice(1).reduce((product, size) => product * size, 1));
    for (const parameter of [this.weight, this.bias]) if (parameter) uniform(parameter, { low: -bound, high: bound });
  }
}

/**
 * Transposed convolution of images, which makes them larger: the way up of autoencoders and of nets that label pixels.
 * x: [N, inChannels, height, width]; weight: [inChannels, outChannels/groups, …kernelSize], drawn as bias evenly from
 * ±1/√(outChannels/groups · kernel's elements).
 * Counterpart: torch.nn.ConvTranspose2d.
 *
 * @example
 * new nn.ConvTranspose2d(32, 16, 2, { stride: 2 }) // twice as high and wide
 */
export class ConvTranspose2d extends TransposedConvolution {
  constructor(inChannels: number, outChannels: number, kernelSize: number | readonly number[], options: TransposedConvolutionOptions = {}) {
    super(2, inChannels, outChannels, kernelSize, options);
  }
}

/** Transposed convolution of sequences. x: [N, inChannels, length]. Counterpart: torch.nn.ConvTranspose1d. */
export class ConvTranspose1d extends TransposedConvolution {
  constructor(inChannels: number, outChannels: number, kernelSize: number | readonly number[], options: TransposedConvolutionOptions = {}) {
    super(1, inChannels, outChannels, kernelSize, options);
  }
}
