import { choice, integer, number, type Rules } from '../../core/rules.ts';
import { Schedule, type ScheduleOptions } from './schedule.ts';

export interface ReduceLROnPlateauOptions extends ScheduleOptions {
  /** What the rate is multiplied by. Default 0.1. */
  factor?: number;
  /** Epochs without a better loss that are put up with. Default 10. */
  patience?: number;
  /** By how much a loss has to be better to count. Default 1e-4. */
  threshold?: number;
  /** Whether threshold is a share of the best loss, or a difference. Default 'rel'. */
  thresholdMode?: 'rel' | 'abs';
  /** Epochs after a change in which nothing is counted. Default 0. */
  cooldown?: number;
  /** The lowest rate. Default 0. */
  minLr?: number;
  /** A change that is not larger than this is left out. Default 1e-8. */
  eps?: number;
}

/**
 * Lowers the rate when the loss has not become better for `patience` epochs.
 *
 * Counterpart: torch.optim.lr_scheduler.ReduceLROnPlateau(mode="min").
 * @example
 * const schedule = new ReduceLROnPlateau({ patience: 3, factor: 0.5 });
 */
export class ReduceLROnPlateau extends Schedule<ReduceLROnPlateauOptions> {
  static override readonly rules: Rules<ReduceLROnPlateauOptions> = {
    factor: number(0.1, { min: 0, max: 1, openMin: true, openMax: true }),
    patience: integer(10, { min: 0 }),
    threshold: number(1e-4, { min: 0 }),
    thresholdMode: choice('rel', ['rel', 'abs']),
    cooldown: integer(0, { min: 0 }),
    minLr: number(0, { min: 0 }),
    eps: number(1e-8, { min: 0 }),
    every: choice('epoch', ['epoch']),
  };

  rate(lr: number, _time: number, losses: readonly number[] = []): number {
    const { factor, patience, threshold, thresholdMode, cooldown, minLr, eps } = this.options;
    let rate = lr;
    let best = Infinity;
    let bad = 0;
    let cooling = 0;
    for (const loss of losses) {
      if (loss < (thresholdMode === 'rel' ? best * (1 - threshold) : best - threshold)) {
        best = loss;
        bad = 0;
      } else {
        bad++;
      }
      if (cooling > 0) {
        cooling--;
        bad = 0;
      }
      if (bad > patience) {
        const lower = Math.max(rate * factor, minLr);
        if (rate - lower > eps) rate = lower;
        cooling = cooldown;
        bad = 0;
      }
    }
    return rate;
  }
}
