import { DataError, ShapeError } from '../../core/errors.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';

/** What an optimiser remembers, for a checkpoint. */
export interface OptimizerState {
  readonly steps: number;
  readonly slots: Readonly<Record<string, Float32Array>>;
}

/** How many steps an optimiser has made, and the vectors it remembers. */
export class OptimizerMemory {
  readonly slots: readonly Float32Array[];
  steps = 0;
  readonly #optimizer: Optimizer<any>;

  /** @param slots one vector per name in the optimiser's `slots`, of a number per trained parameter each */
  constructor(optimizer: Optimizer<any>, slots: readonly Float32Array[]) {
    this.#optimizer = optimizer;
    this.slots = slots;
  }

  /** A copy. */
  state(): OptimizerState {
    return { steps: this.steps, slots: Object.fromEntries(this.#optimizer.slots.map((name, i) => [name, this.slots[i].slice()])) };
  }

  /** Goes on from a saved state. @throws DataError or ShapeError where it is another optimiser's or another net's. */
  load({ steps, slots }: OptimizerState): void {
    const { slots: names, constructor } = this.#optimizer;
    names.forEach((name, i) => {
      if (!Object.hasOwn(slots, name)) throw new DataError(`${constructor.name}: the optimiser state must have ${names.join(', ')}, it has ${Object.keys(slots).join(', ') || 'nothing'}. Go on with the options it was saved with.`);
      const { length } = this.slots[i];
      if (slots[name].length !== length) throw new ShapeError(`${constructor.name}: ${name} must have ${length} numbers, one per trained parameter, the state has ${slots[name].length}.`);
    });
    names.forEach((name, i) => this.slots[i].set(slots[name]));
    this.steps = steps;
  }
}
