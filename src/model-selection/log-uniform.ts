import { OptionError } from '../core/errors.ts';
import type { RandomState } from '../core/random-state.ts';
import { positive, type Rules } from '../core/rules.ts';
import { Distribution } from './distribution.ts';

interface Bounds {
  low: number;
  high: number;
}

/** Numbers in [low, high] whose logarithms are equally likely: exp(ln low + (ln high − ln low)·u). */
export class LogUniform extends Distribution<number, Bounds> {
  static override readonly rules: Rules<Bounds> = { low: positive(1e-3), high: positive(1e3) };

  sample(random: RandomState): number {
    const from = Math.log(this.options.low);
    return Math.exp(from + random.randomSample() * (Math.log(this.options.high) - from));
  }
}

/**
 * Numbers in [low, high] whose logarithms are equally likely: for strengths and rates, of which 0.1 is as far from 1
 * as 1 is from 10.
 * Counterpart: scipy.stats.loguniform(low, high), with the same numbers to the last digit or two.
 * @throws OptionError unless 0 < low < high
 * @example
 * new RandomizedSearch({ estimator, searchSpace: { classify: { C: logUniform(1e-3, 1e3) } } });
 */
export function logUniform(low: number, high: number): LogUniform {
  if (!(low > 0 && low < high)) throw new OptionError(`logUniform: low must be above 0 and below high, got ${low} and ${high}.`);
  return new LogUniform({ low, high });
}
