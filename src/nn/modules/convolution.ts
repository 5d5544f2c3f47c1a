import { OptionError } from '../../core/errors.ts';
import { completeOptions, flag, integer, type Rules } from '../../core/rules.ts';
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
  /** Zeros on either side. Default 0. */
  padding?: number | readonly number[];
  /** Distance of the kernel's elements. Default 1. */
  dilation?: number | readonly number[];
  /** Into how many separate parts the channels are divided. Default 1. */
  groups?: number;
  /** Whether each output channel has a constant. Default true. */
  bias?: boolean;
}

const rules: Rules<ConvolutionOptions> = { stride: sizes(1), padding: sizes(0), dilation: sizes(1), groups: integer(1, { min: 1 }), bias: flag(true) };

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
    this.settings = {
      stride: sizesOption(owner, 'stride', stride, dimensions),
      padding: sizesOption(owner, 'padding', padding, dimensions, 0),
      dilation: sizesOption(owner, 'dilation', dilation, dimensions),
      groups,
    };
    this.weight = new Parameter([outChannels, inChannels / groups, ...sizesOption(owner, 'kernelSize', kernelSize, dimensions)]);
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
