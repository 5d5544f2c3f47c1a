import { OptionError } from '../../core/errors.ts';
import { choice, flag, integer, number, positive, type Rules } from '../../core/rules.ts';
import { everyRule, Schedule, type ScheduleOptions } from './schedule.ts';

export interface OneCycleLROptions extends ScheduleOptions {
  /** The highest rate. Default 0.01. */
  maxLr?: number;
  /** Batches of the whole training: epochs × batches per epoch. Default 100. */
  totalSteps?: number;
  /** Share of them in which the rate rises. Default 0.3. */
  pctStart?: number;
  /** Shape of rise and fall. Default 'cos'. */
  annealStrategy?: 'cos' | 'linear';
  /** The first rate is maxLr / divFactor. Default 25. */
  divFactor?: number;
  /** The last rate is the first / finalDivFactor. Default 10,000. */
  finalDivFactor?: number;
  /** Whether the rate falls as long as it rose, and then further to the last rate. Default false: it falls in one go. */
  threePhase?: boolean;
}

/**
 * One rise to a high rate and a long fall to almost nothing, batch by batch. The optimiser's own rate has no effect.
 *
 * Counterpart: torch.optim.lr_scheduler.OneCycleLR, without its cycle of momentum (`cycle_momentum=False`).
 * Source: Smith and Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates", 2018.
 * @throws OptionError when asked for a rate after totalSteps
 *
 * @example
 * const schedule = new OneCycleLR({ maxLr: 0.01, totalSteps: 20 * loader.length });
 */
export class OneCycleLR extends Schedule<OneCycleLROptions> {
  static override readonly rules: Rules<OneCycleLROptions> = {
    maxLr: positive(0.01),
    totalSteps: integer(100, { min: 1 }),
    pctStart: number(0.3, { min: 0, max: 1 }),
    annealStrategy: choice('cos', ['cos', 'linear']),
    divFactor: positive(25),
    finalDivFactor: positive(10_000),
    threePhase: flag(false),
    every: everyRule('batch'),
  };

  rate(_lr: number, time: number): number {
    const { maxLr, totalSteps, pctStart, divFactor, finalDivFactor, threePhase } = this.options;
    if (time >= totalSteps) throw new OptionError(`OneCycleLR: totalSteps must be as many as there are, got ${totalSteps} and a step after them. Set it to epochs × batches per epoch.`);
    const first = maxLr / divFactor;
    const last = first / finalDivFactor;
    const top = pctStart * totalSteps - 1;
    const ends: [end: number, from: number, to: number][] = threePhase
      ? [[top, first, maxLr], [2 * top, maxLr, first], [totalSteps - 1, first, last]]
      : [[top, first, maxLr], [totalSteps - 1, maxLr, last]];
    let start = 0;
    for (const [k, [end, from, to]] of ends.entries()) {
      if (time <= end || k === ends.length - 1) return this.#anneal(from, to, (time - start) / (end - start));
      start = end;
    }
    return last;
  }

  #anneal(from: number, to: number, part: number): number {
    return this.options.annealStrategy === 'linear' ? (to - from) * part + from : to + ((from - to) / 2) * (1 + Math.cos(Math.PI * part));
  }
}
