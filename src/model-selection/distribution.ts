import { completeOptions, type Rules } from '../core/rules.ts';
import type { RandomState } from '../core/random-state.ts';

/**
 * What a randomised search draws an option's values from. Options are checked and frozen; it holds no state, the
 * generator is the search's.
 */
export abstract class Distribution<T, Options extends object = object> {
  static readonly rules: Rules<any> = {};

  readonly options: Readonly<Required<Options>>;

  constructor(options: Options) {
    this.options = completeOptions<Options>(new.target.name, options, new.target.rules as Rules<Options>);
  }

  /** One value. */
  abstract sample(random: RandomState): T;
}
