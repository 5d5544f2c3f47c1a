import { reshape } from '../operators/reshape.ts';
import type { Tensor } from '../tensor.ts';
import { Module } from './module.ts';

/**
 * One dimension as several of the same number of elements: rows of 784 numbers as images of 1 × 28 × 28.
 * Counterpart: torch.nn.Unflatten.
 *
 * @example
 * new nn.Unflatten(1, [1, 28, 28])
 */
export class Unflatten extends Module {
  readonly dim: number;
  readonly sizes: readonly number[];

  constructor(dim: number, sizes: readonly number[]) {
    super();
    this.dim = dim;
    this.sizes = sizes;
  }

  override forward(x: Tensor): Tensor {
    return reshape(x, [...x.shape.slice(0, this.dim), ...this.sizes, ...x.shape.slice(this.dim + 1)]);
  }
}
