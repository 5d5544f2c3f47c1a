import { integer, number, type Rules } from '../../core/rules.ts';
import { everyRule, Schedule, type ScheduleOptions } from './schedule.ts';

export interface LinearLROptions extends ScheduleOptions {
  /** The first rate, as a share of the optimiser's. Default 1/3. */
  startFactor?: number;
  /** The last rate, likewise. Default 1. */
  endFactor?: number;
  /** Epochs (or batches) from the first rate to the last. Default 5. */
  totalIters?: number;
}

/**
 * From lr · startFactor in equal steps to lr · endFactor, where it stays: the warm-up before another schedule.
 *
 * Counterpart: torch.optim.lr_scheduler.LinearLR.
 */
export class LinearLR extends Schedule<LinearLROptions> {
  static override readonly rules: Rules<LinearLROptions> = {
    startFactor: number(1 / 3, { min: 0, max: 1, openMin: true }),
    endFactor: number(1, { min: 0, max: 1 }),
    totalIters: integer(5, { min: 1 }),
    every: everyRule('epoch'),
  };

  rate(lr: number, time: number): number {
    const { startFactor, endFactor, totalIters } = this.options;
    return lr * (startFactor + ((endFactor - startFactor) * Math.min(totalIters, time)) / totalIters);
  }
}
