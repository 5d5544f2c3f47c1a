import { flatten } from '../operators/reshape.ts';
import type { Tensor } from '../tensor.ts';
import { Module } from './module.ts';

/** Everything but the batch in one dimension, or from `startDim` on. Counterpart: torch.nn.Flatten. */
export class Flatten extends Module {
  readonly startDim: number;

  constructor(startDim = 1) {
    super();
    this.startDim = startDim;
  }

  override forward(x: Tensor): Tensor {
    return flatten(x, this.startDim);
  }
}
