import { positive, type Rules } from '../../core/rules.ts';
import { everyRule, Schedule, type ScheduleOptions } from './schedule.ts';

export interface ExponentialLROptions extends ScheduleOptions {
  /** What the rate is multiplied by each time. Default 0.95. */
  gamma?: number;
}

/**
 * lr · gammaᵗ.
 *
 * Counterpart: torch.optim.lr_scheduler.ExponentialLR.
 */
export class ExponentialLR extends Schedule<ExponentialLROptions> {
  static override readonly rules: Rules<ExponentialLROptions> = { gamma: positive(0.95), every: everyRule('epoch') };

  rate(lr: number, time: number): number {
    return lr * this.options.gamma ** time;
  }
}
