import { OptionError } from '../core/errors.ts';
import type { RandomState } from '../core/random-state.ts';
import { number, type Rules } from '../core/rules.ts';
import { Distribution } from './distribution.ts';

interface Bounds {
  low: number;
  high: number;
}

/** Numbers in [low, high), all equally likely: low + (high − low)·u. */
export class Uniform extends Distribution<number, Bounds> {
  static override readonly rules: Rules<Bounds> = { low: number(0), high: number(1) };

  sample(random: RandomState): number {
    const { low, high } = this.options;
    return random.randomSample() * (high - low) + low;
  }
}

/**
 * Numbers in [low, high), all equally likely.
 * Counterpart: scipy.stats.uniform(low, high − low), with the same numbers from the same generator.
 * @throws OptionError unless low < high
 * @example
 * new RandomizedSearch({ estimator, searchSpace: { classify: { l1Ratio: uniform(0, 1) } } });
 */
export function uniform(low: number, high: number): Uniform {
  if (!(low < high)) throw new OptionError(`uniform: low must be below high, got ${low} and ${high}.`);
  return new Uniform({ low, high });
}
