import { OptionError } from '../../core/errors.ts';
import { custom, type Rules } from '../../core/rules.ts';
import { everyRule, Schedule, type ScheduleOptions } from './schedule.ts';

export interface SequentialLROptions extends ScheduleOptions {
  /** The schedules, one after the other. */
  schedules?: readonly Schedule[];
  /** When each but the first begins, in epochs (or batches), ascending. */
  milestones?: readonly number[];
}

const areSchedules = (v: unknown): boolean => Array.isArray(v) && v.length > 0 && v.every((one) => one instanceof Schedule);
const areMilestones = (v: unknown): boolean => Array.isArray(v) && v.every((n, i) => Number.isInteger(n) && n > (i === 0 ? 0 : v[i - 1]));

/**
 * Several schedules, each beginning its own time at its milestone: a warm-up, and then what should follow. Its own `every` counts, not theirs.
 *
 * Counterpart: torch.optim.lr_scheduler.SequentialLR.
 * @throws OptionError unless there is a milestone for each schedule but the first
 *
 * @example
 * const schedule = new SequentialLR({ schedules: [new LinearLR({ totalIters: 5 }), new CosineAnnealingLR({ tMax: 45 })], milestones: [5] });
 */
export class SequentialLR extends Schedule<SequentialLROptions> {
  static override readonly rules: Rules<SequentialLROptions> = {
    schedules: custom<readonly Schedule[]>([], 'a list of schedules', areSchedules, []),
    milestones: custom<readonly number[]>([], 'ascending whole numbers above 0', areMilestones, [2, 1]),
    every: everyRule('epoch'),
  };

  constructor(options: SequentialLROptions) {
    super(options);
    const { schedules, milestones } = this.options;
    if (milestones.length !== schedules.length - 1) {
      throw new OptionError(`SequentialLR: milestones must be one fewer than schedules, got ${milestones.length} for ${schedules.length}.`);
    }
  }

  rate(lr: number, time: number, losses: readonly number[] = []): number {
    const { schedules, milestones } = this.options;
    const past = milestones.filter((milestone) => time >= milestone).length;
    const start = past === 0 ? 0 : milestones[past - 1];
    return schedules[past].rate(lr, time - start, losses.slice(this.every === 'epoch' ? start : 0));
  }
}
