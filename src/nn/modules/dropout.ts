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
    this.p = shareOption('Dropout', 'p', p);
  }

  override forward(x: Tensor): Tensor {
    return this.training && this.p > 0 ? mul(x, currentTrace().randomMask(x.shape, 1 - this.p)) : x;
  }
}
