import { integer, positive, type Rules } from '../../core/rules.ts';
import { everyRule, Schedule, type ScheduleOptions } from './schedule.ts';

export interface StepLROptions extends ScheduleOptions {
  /** Epochs (or batches) between two changes. Default 10. */
  stepSize?: number;
  /** What the rate is multiplied by. Default 0.1. */
  gamma?: number;
}

/**
 * lr · gamma^⌊t / stepSize⌋.
 *
 * Counterpart: torch.optim.lr_scheduler.StepLR.
 * @example
 * new StepLR({ stepSize: 5, gamma: 0.5 }).rate(0.1, 12); // 0.025
 */
export class StepLR extends Schedule<StepLROptions> {
  static override readonly rules: Rules<StepLROptions> = { stepSize: integer(10, { min: 1 }), gamma: positive(0.1), every: everyRule('epoch') };

  rate(lr: number, time: number): number {
    return lr * this.options.gamma ** Math.floor(time / this.options.stepSize);
  }
}
