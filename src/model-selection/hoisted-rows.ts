import { hoistFor, type Hoisting } from '../core/hoisting.ts';
import { stagesOf } from './model.ts';

/**
 * X of one data set, with the stateless work (tokenising) of every model that asks for it done once: models whose
 * work is the same get the same object.
 */
export class HoistedRows {
  readonly X: unknown;
  readonly #done: unknown[] = [];

  constructor(X: unknown) {
    this.X = X;
  }

  /** X as `model` takes it, after the part of its work that depends on no other row. */
  for(model: object): unknown {
    const stage = typeof (model as Partial<Hoisting>).hoist === 'function' ? model : stagesOf(model)[0];
    return hoistFor(stage, this.X, this.#done);
  }
}
