import { mul } from '../operators/arithmetic.ts';
import type { Tensor } from '../tensor.ts';
import { currentTrace } from '../trace.ts';
import { shareOption } from './layer-options.ts';
import { Module } from './module.ts';

/**
 * In training, sets each number to 0 with probability p and multiplies the others by 1/(1 − p); else changes nothing.
 * The mask of a step comes from the step's seed.
 * Counterpart: torch.nn.Dropout. Source: Srivastava et al., JMLR 15, 2014.
 */
export class Dropout extends Module {
  readonly p: number;

  constructor(p = 0.5) {
    super();
    this.p = shareOption(new.target.name, 'p', p);
  }

  override forward(x: Tensor): Tensor {
    return this.training && this.p > 0 ? mul(x, currentTrace().randomMask(x.shape, 1 - this.p)) : x;
  }
}

/** Dropout of whole channels: all places of a channel of a row, [N, channels, …], or none. */
abstract class ChannelDropout extends Dropout {
  override forward(x: Tensor): Tensor {
    if (!this.training || this.p === 0) return x;
    return mul(x, currentTrace().randomMask(x.shape.map((size, i) => (i < 2 ? size : 1)), 1 - this.p));
  }
}

/** Dropout of whole channels of sequences, [N, channels, length]. Counterpart: torch.nn.Dropout1d. */
export class Dropout1d extends ChannelDropout {}

/** Dropout of whole channels of images, [N, channels, height, width]. Counterpart: torch.nn.Dropout2d. Source: Tompson et al., CVPR 2015. */
export class Dropout2d extends ChannelDropout {}
