import { completeOptions, choice, type Rule, type Rules } from '../../core/rules.ts';

/** When a schedule moves on. */
export interface ScheduleOptions {
  /** After each epoch, or after each batch. */
  every?: 'epoch' | 'batch';
}

export const everyRule = (usual: 'epoch' | 'batch'): Rule<'epoch' | 'batch'> => choice(usual, ['epoch', 'batch']);

/**
 * How the learning rate changes during training: a function of the optimiser's rate, the time, and the losses so far.
 * It has no state, so that a training that goes on from a checkpoint goes on with the right rate.
 *
 * Counterpart: torch.optim.lr_scheduler, whose objects count for themselves. `rate(lr, t)` is what `get_last_lr()`
 * gives after t calls of `step()`.
 */
export abstract class Schedule<Options extends ScheduleOptions = ScheduleOptions> {
  static readonly rules: Rules<any> = { every: everyRule('epoch') };

  readonly options: Readonly<Required<Options>>;

  constructor(options: Options = {} as Options) {
    const { name, rules } = new.target as unknown as { name: string; rules: Rules<Options> };
    this.options = completeOptions<Options>(name, options, rules);
  }

  get every(): 'epoch' | 'batch' {
    return this.options.every as 'epoch' | 'batch';
  }

  /**
   * The learning rate.
   * @param lr the optimiser's own rate
   * @param time epochs or batches done so far
   * @param losses per epoch so far: of the validation where there is one, else of the training
   */
  abstract rate(lr: number, time: number, losses?: readonly number[]): number;
}
