import type { Tensor } from '../tensor.ts';
import { Module } from './module.ts';

/**
 * Modules one after another, each fed the output of the one before. Their names are 0, 1, 2, ….
 * Counterpart: torch.nn.Sequential.
 *
 * @example
 * new nn.Sequential(new nn.Linear(784, 256), new nn.ReLU(), new nn.Linear(256, 10))
 */
export class Sequential extends Module {
  readonly layers: readonly Module[];

  constructor(...layers: Module[]) {
    super();
    this.layers = layers;
  }

  override forward(...inputs: Tensor[]): Tensor {
    const [first, ...rest] = this.layers;
    return rest.reduce((x, layer) => layer.forward(x), first.forward(...inputs));
  }

  protected override listsItself(key: string): boolean {
    return key === 'layers';
  }
}
