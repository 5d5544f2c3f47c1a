import { OptionError } from '../../core/errors.ts';
import { completeOptions, type Rules } from '../../core/rules.ts';
import { adaptiveAvgPool, avgPool, maxPool, type PoolingSettings } from '../operators/pooling.ts';
import type { Tensor } from '../tensor.ts';
import { sizes, sizesOption } from './layer-options.ts';
import { Module } from './module.ts';

/** Sizes are one number for all spatial dimensions or one each. */
export interface PoolingOptions {
  /** Step of the window. Default: its size. */
  stride?: number | readonly number[];
  /** Added on either side, at most half the window. Default 0. */
  padding?: number | readonly number[];
}

const rules: Rules<PoolingOptions> = { stride: sizes(1), padding: sizes(0) };

abstract class Pooling extends Module {
  readonly settings: PoolingSettings;

  constructor(dimensions: number, kernelSize: number | readonly number[], options: PoolingOptions) {
    super();
    const owner = new.target.name;
    const { stride, padding } = completeOptions<PoolingOptions>(owner, { stride: kernelSize, ...options }, rules);
    this.settings = {
      kernel: sizesOption(owner, 'kernelSize', kernelSize, dimensions),
      stride: sizesOption(owner, 'stride', stride, dimensions),
      padding: sizesOption(owner, 'padding', padding, dimensions, 0),
    };
    const { kernel, padding: pads } = this.settings;
    if (pads.some((pad, i) => pad * 2 > kernel[i])) throw new OptionError(`${owner}: padding must be at most half of kernelSize, got [${pads.join(', ')}] and [${kernel.join(', ')}].`);
  }
}

/** The largest number of each window. x: [N, channels, height, width]. Counterpart: torch.nn.MaxPool2d. */
export class MaxPool2d extends Pooling {
  constructor(kernelSize: number | readonly number[], options: PoolingOptions = {}) {
    super(2, kernelSize, options);
  }

  override forward(x: Tensor): Tensor {
    return maxPool(x, this.settings);
  }
}

/** The largest number of each window. x: [N, channels, length]. Counterpart: torch.nn.MaxPool1d. */
export class MaxPool1d extends Pooling {
  constructor(kernelSize: number | readonly number[], options: PoolingOptions = {}) {
    super(1, kernelSize, options);
  }

  override forward(x: Tensor): Tensor {
    return maxPool(x, this.settings);
  }
}

/** The mean of each window; padding counts as zeros. x: [N, channels, height, width]. Counterpart: torch.nn.AvgPool2d. */
export class AvgPool2d extends Pooling {
  constructor(kernelSize: number | readonly number[], options: PoolingOptions = {}) {
    super(2, kernelSize, options);
  }

  override forward(x: Tensor): Tensor {
    return avgPool(x, this.settings);
  }
}

/** The mean of each window; padding counts as zeros. x: [N, channels, length]. Counterpart: torch.nn.AvgPool1d. */
export class AvgPool1d extends Pooling {
  constructor(kernelSize: number | readonly number[], options: PoolingOptions = {}) {
    super(1, kernelSize, options);
  }

  override forward(x: Tensor): Tensor {
    return avgPool(x, this.settings);
  }
}

/** Means of windows so laid that this many rows and columns come out. Counterpart: torch.nn.AdaptiveAvgPool2d. */
export class AdaptiveAvgPool2d extends Module {
  readonly outputSize: readonly number[];

  constructor(outputSize: number | readonly number[]) {
    super();
    this.outputSize = sizesOption('AdaptiveAvgPool2d', 'outputSize', outputSize, 2);
  }

  override forward(x: Tensor): Tensor {
    return adaptiveAvgPool(x, this.outputSize);
  }
}

/** Means of windows so laid that this many numbers come out. Counterpart: torch.nn.AdaptiveAvgPool1d. */
export class AdaptiveAvgPool1d extends Module {
  readonly outputSize: readonly number[];

  constructor(outputSize: number | readonly number[]) {
    super();
    this.outputSize = sizesOption('AdaptiveAvgPool1d', 'outputSize', outputSize, 1);
  }

  override forward(x: Tensor): Tensor {
    return adaptiveAvgPool(x, this.outputSize);
  }
}
