import type { Arena } from '../kernels/arena.ts';
import { ClassCriterion } from './class-criterion.ts';
import { entropy, gini } from './class-impurity.ts';
import type { Weighed } from './sparse-entries.ts';

/** ClassCriterion for weights of any size, with what compiled code reads of it in the arena. */
export class WeighedClasses extends ClassCriterion {
  readonly isGini: boolean;
  readonly weighed: Weighed;

  constructor(arena: Arena, samples: Int32Array, weights: Float64Array, codes: Int32Array, classes: number, isGini: boolean) {
    const [total, left] = [arena.float64(classes), arena.float64(classes)];
    super(samples, weights, codes, isGini ? gini : entropy, total, left);
    this.isGini = isGini;
    const pairs = arena.float64(2 * codes.length);
    for (let i = 0; i < codes.length; i++) {
      pairs[2 * i] = weights[i];
      pairs[2 * i + 1] = codes[i];
    }
    this.weighed = { pairs, left: arena.float64(classes) };
  }

  /** The weight of each class in the node. */
  get totals(): Float64Array {
    return this.total;
  }
}
