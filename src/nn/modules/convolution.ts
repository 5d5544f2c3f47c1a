import { OptionError } from '../../core/errors.ts';
import { choice, completeOptions, either, flag, integer, type Rules } from '../../core/rules.ts';
import { uniform } from '../init.ts';
import type { ConvolutionSettings } from '../operators/convolution-settings.ts';
import { convolution } from '../operators/convolution.ts';
import { Parameter, type Tensor } from '../tensor.ts';
import { sizeOption, sizes, sizesOption } from './layer-options.ts';
import { Module } from './module.ts';

/** Sizes are one number for all spatial dimensions or one each. */
export interface ConvolutionOptions {
  /** Step of the window. Default 1. */
  stride?: number | readonly number[];
  /** Zeros on either side; 'same': as many as leave the size as it is, for a stride of 1. Default 0. */
  padding?: number | readonly number[] | 'same';
  /** Distance of the kernel's elements. Default 1. */
  dilation?: number | readonly number[];
  /** Into how many separate parts the channels are divided. Default 1. */
  groups?: number;
  /** Whether each output channel has a constant. Default true. */
  bias?: boolean;
}

const rules: Rules<ConvolutionOptions> = { stride: sizes(1), padding: either<ConvolutionOptions['padding']>([sizes(0), choice('same', ['same'])], 0), dilation: sizes(1), groups: integer(1, { min: 1 }), bias: flag(true) };

abstract class Convolution extends Module {
  readonly weight: Parameter;
  readonly bias: Parameter | undefined;
  readonly settings: ConvolutionSettings;

  constructor(dimensions: number, inChannels: number, outChannels: number, kernelSize: number | readonly number[], options: ConvolutionOptions) {
    super();
    const owner = new.target.name;
    const { stride, padding, dilation, groups, bias } = completeOptions<ConvolutionOptions>(owner, options, rules);
    for (const [name, channels] of [['inChannels', inChannels], ['outChannels', outChannels]] as const) {
      sizeOption(owner, name, channels);
      if (channels % groups !== 0) throw new OptionError(`${owner}: ${name} must be a multiple of groups, got ${channels} and ${groups}.`);
    }
    const kernel = sizesOption(owner, 'kernelSize', kernelSize, dimensions);
    const steps = { stride: sizesOption(owner, 'stride', stride, dimensions), dilation: sizesOption(owner, 'dilation', dilation, dimensions) };
    this.settings = { ...steps, padding: padding === 'same' ? samePadding(owner, kernel, steps) : sizesOption(owner, 'padding', padding, dimensions, 0), groups };
    this.weight = new Parameter([outChannels, inChannels / groups, ...kernel]);
    this.bias = bias ? new Parameter([outChannels]) : undefined;
    this.resetParameters();
  }

  override forward(x: Tensor): Tensor {
    return convolution(x, this.weight, this.bias, this.settings);
  }

  override resetParameters(): void {
    const bound = 1 / Math.sqrt(this.weight.shape.slice(1).reduce((product, size) => product * size, 1));
    for (const parameter of [this.weight, this.bias]) if (parameter) uniform(parameter, { low: -bound, high: bound });
  }
}

/** Zeros on either side that make up for what a kernel takes off. @throws OptionError where there are none */
function samePadding(owner: string, kernel: readonly number[], { stride, dilation }: Pick<ConvolutionSettings, 'stride' | 'dilation'>): number[] {
  if (stride.some((step) => step !== 1)) throw new OptionError(`${owner}: stride must be 1 with padding "same", got [${stride.join(', ')}].`);
  const lost = kernel.map((size, i) => dilation[i] * (size - 1));
  if (lost.some((count) => count % 2 !== 0)) throw new OptionError(`${owner}: kernelSize must be odd with padding "same", got [${kernel.join(', ')}]. Pad by a number.`);
  return lost.map((count) => count / 2);
}

/**
 * Convolution of images. x: [N, inChannels, height, width]; weight: [outChannels, inChannels/groups, …kernelSize],
 * drawn as bias evenly from ±1/√(inputs of one output).
 * Counterpart: torch.nn.Conv2d.
 *
 * @example
 * new nn.Conv2d(1, 16, 3, { padding: 1 })
 */
export class Conv2d extends Convolution {
  constructor(inChannels: number, outChannels: number, kernelSize: number | readonly number[], options: ConvolutionOptions = {}) {
    super(2, inChannels, outChannels, kernelSize, options);
  }
}

/** Convolution of sequences. x: [N, inChannels, length]. Counterpart: torch.nn.Conv1d. */
export class Conv1d extends Convolution {
  constructor(inChannels: number, outChannels: number, kernelSize: number | readonly number[], options: ConvolutionOptions = {}) {
    super(1, inChannels, outChannels, kernelSize, options);
  }
}
