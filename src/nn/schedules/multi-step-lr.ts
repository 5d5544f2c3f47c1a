import { custom, positive, type Rules } from '../../core/rules.ts';
import { everyRule, Schedule, type ScheduleOptions } from './schedule.ts';

export interface MultiStepLROptions extends ScheduleOptions {
  /** When the rate changes, in epochs (or batches), ascending. Default [10, 20]. */
  milestones?: readonly number[];
  /** What the rate is multiplied by. Default 0.1. */
  gamma?: number;
}

const areMilestones = (v: unknown): boolean => Array.isArray(v) && v.every((n, i) => Number.isInteger(n) && n > (i === 0 ? 0 : v[i - 1]));

/**
 * lr · gamma, raised to the number of milestones that are past.
 *
 * Counterpart: torch.optim.lr_scheduler.MultiStepLR.
 * @example
 * new MultiStepLR({ milestones: [5, 8], gamma: 0.1 }).rate(0.1, 6); // 0.01
 */
export class MultiStepLR extends Schedule<MultiStepLROptions> {
  static override readonly rules: Rules<MultiStepLROptions> = {
    milestones: custom<readonly number[]>([10, 20], 'ascending whole numbers above 0', areMilestones, [2, 1]),
    gamma: positive(0.1),
    every: everyRule('epoch'),
  };

  rate(lr: number, time: number): number {
    const { milestones, gamma } = this.options;
    return lr * gamma ** milestones.filter((milestone) => time >= milestone).length;
  }
}
