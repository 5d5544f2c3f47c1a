import { integer, number, type Rules } from '../../core/rules.ts';
import { everyRule, Schedule, type ScheduleOptions } from './schedule.ts';

export interface CosineAnnealingWarmRestartsOptions extends ScheduleOptions {
  /** Epochs (or batches) of the first fall. Default 10. */
  t0?: number;
  /** How many times as long each fall is as the one before. Default 1. */
  tMult?: number;
  /** The lowest rate. Default 0. */
  etaMin?: number;
}

/**
 * etaMin + (lr − etaMin) (1 + cos(π t / T)) / 2, with t counted anew, and T multiplied by tMult, after each T: the rate
 * falls, and jumps back to its height.
 *
 * Counterpart: torch.optim.lr_scheduler.CosineAnnealingWarmRestarts.
 * Source: Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017.
 *
 * @example
 * const schedule = new CosineAnnealingWarmRestarts({ t0: 5, tMult: 2 }); // falls of 5, 10, 20, … epochs
 */
export class CosineAnnealingWarmRestarts extends Schedule<CosineAnnealingWarmRestartsOptions> {
  static override readonly rules: Rules<CosineAnnealingWarmRestartsOptions> = {
    t0: integer(10, { min: 1 }),
    tMult: integer(1, { min: 1 }),
    etaMin: number(0, { min: 0 }),
    every: everyRule('epoch'),
  };

  rate(lr: number, time: number): number {
    const { t0, tMult, etaMin } = this.options;
    let [past, length] = [time, t0];
    if (tMult === 1) past %= t0;
    else for (; past >= length; length *= tMult) past -= length;
    return etaMin + ((lr - etaMin) * (1 + Math.cos((Math.PI * past) / length))) / 2;
  }
}
