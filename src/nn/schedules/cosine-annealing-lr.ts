import { integer, number, type Rules } from '../../core/rules.ts';
import { everyRule, Schedule, type ScheduleOptions } from './schedule.ts';

export interface CosineAnnealingLROptions extends ScheduleOptions {
  /** Epochs (or batches) from the highest rate to the lowest. Default 10. */
  tMax?: number;
  /** The lowest rate. Default 0. */
  etaMin?: number;
}

/**
 * etaMin + (lr − etaMin) (1 + cos(π t / tMax)) / 2; it rises again after tMax.
 *
 * Counterpart: torch.optim.lr_scheduler.CosineAnnealingLR.
 * Source: Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts", 2017, without the restarts.
 */
export class CosineAnnealingLR extends Schedule<CosineAnnealingLROptions> {
  static override readonly rules: Rules<CosineAnnealingLROptions> = { tMax: integer(10, { min: 1 }), etaMin: number(0, { min: 0 }), every: everyRule('epoch') };

  rate(lr: number, time: number): number {
    const { tMax, etaMin } = this.options;
    return etaMin + ((lr - etaMin) * (1 + Math.cos((Math.PI * time) / tMax))) / 2;
  }
}
