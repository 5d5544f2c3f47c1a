import { OptionError } from '../core/errors.ts';
import type { RandomState } from '../core/random-state.ts';
import { integer, type Rules } from '../core/rules.ts';
import { Distribution } from './distribution.ts';

interface Bounds {
  low: number;
  high: number;
}

/** Whole numbers in [low, high), all equally likely. */
export class Randint extends Distribution<number, Bounds> {
  static override readonly rules: Rules<Bounds> = { low: integer(0), high: integer(2) };

  sample(random: RandomState): number {
    return random.randint(this.options.low, this.options.high);
  }
}

/**
 * Whole numbers in [low, high), all equally likely.
 * Counterpart: scipy.stats.randint(low, high), with the same numbers from the same generator.
 * @throws OptionError unless low < high
 * @example
 * new RandomizedSearch({ estimator, searchSpace: { count: { minDf: randint(1, 6) } } });
 */
export function randint(low: number, high: number): Randint {
  if (!(low < high)) throw new OptionError(`randint: low must be below high, got ${low} and ${high}.`);
  return new Randint({ low, high });
}
