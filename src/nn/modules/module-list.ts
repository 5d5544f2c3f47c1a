import { RefitError } from '../../core/errors.ts';
import type { Tensor } from '../tensor.ts';
import { Module } from './module.ts';

/**
 * Modules in a list that a custom module goes through by itself; their names are 0, 1, 2, …. A plain array in a
 * property does the same.
 * Counterpart: torch.nn.ModuleList.
 */
export class ModuleList<M extends Module = Module> extends Module implements Iterable<M> {
  readonly layers: readonly M[];

  constructor(layers: readonly M[]) {
    super();
    this.layers = [...layers];
  }

  get length(): number {
    return this.layers.length;
  }

  at(index: number): M {
    return this.layers.at(index)!;
  }

  [Symbol.iterator](): Iterator<M> {
    return this.layers[Symbol.iterator]();
  }

  override forward(): Tensor {
    throw new RefitError('ModuleList: a list has no forward. Call its modules one by one, or use Sequential.');
  }

  protected override listsItself(key: string): boolean {
    return key === 'layers';
  }
}
