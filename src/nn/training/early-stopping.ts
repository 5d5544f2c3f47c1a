import { DataError, OptionError } from '../../core/errors.ts';
import { completeOptions, choice, custom, flag, integer, number, optional, type Rules } from '../../core/rules.ts';
import { show } from '../../core/show.ts';
import type { EpochRecord } from './history.ts';

export interface EarlyStoppingOptions {
  /** Epochs without a better value after which the training ends. Default 10. */
  patience?: number;
  /** What is watched: 'loss' (of the validation where there is one, else of the training), or the name of a metric. Default 'loss'. */
  monitor?: string;
  /** Whether larger or smaller is better. Default null: smaller for the loss, larger for metrics. */
  better?: 'lower' | 'higher' | null;
  /** By how much a value has to be better to count. Default 0. */
  minDelta?: number;
  /** Whether the net ends with the weights of the best epoch rather than of the last. Default true. */
  restoreBest?: boolean;
}

const earlyStoppingRules: Rules<EarlyStoppingOptions> = {
  patience: integer(10, { min: 1 }),
  monitor: custom('loss', "'loss' or the name of a metric", (v) => typeof v === 'string' && v !== '', 0),
  better: optional(choice('lower', ['lower', 'higher'])),
  minDelta: number(0, { min: 0 }),
  restoreBest: flag(true),
};

/**
 * Which epoch is the best so far, and whether to go on. It looks at the records alone, so that a training that goes on
 * from a checkpoint stops where an unbroken one does.
 *
 * Counterpart: Keras' EarlyStopping.
 */
export class EarlyStopping {
  readonly options: Readonly<Required<EarlyStoppingOptions>>;

  constructor(options: EarlyStoppingOptions = {}) {
    this.options = completeOptions<EarlyStoppingOptions>('EarlyStopping', options, earlyStoppingRules);
  }

  /** The best epoch's number; the earliest among equals. Any value is better than one that is not defined. @throws OptionError for a metric that is not measured */
  bestEpoch(records: readonly EpochRecord[]): number {
    const { minDelta, monitor, better } = this.options;
    const lower = better === null ? monitor === 'loss' : better === 'lower';
    let best = records[0];
    for (const record of records) {
      const [value, reached] = [this.#value(record), this.#value(best)];
      const gain = lower ? reached - value : value - reached;
      if (gain > minDelta || (Number.isNaN(reached) && !Number.isNaN(value))) best = record;
    }
    return best.epoch;
  }

  /** Whether the last `patience` epochs have brought nothing better. @throws DataError where nothing was defined in any epoch by then */
  isOver(records: readonly EpochRecord[]): boolean {
    const { patience } = this.options;
    if (records.length > patience) this.checkDefined(records);
    return records.length > 0 && records.length - this.bestEpoch(records) >= patience;
  }

  /** @throws DataError where what is watched was defined in no epoch, so that none can be the best */
  checkDefined(records: readonly EpochRecord[]): void {
    if (records.length === 0 || records.some((record) => !Number.isNaN(this.#value(record)))) return;
    throw new DataError(
      `EarlyStopping: monitor "${this.options.monitor}" must be defined in some epoch, got NaN in all ${records.length}. Watch rows that it is defined on, correct the metric, or watch 'loss'.`,
    );
  }

  #value({ validationLoss, loss, metrics }: EpochRecord): number {
    const { monitor } = this.options;
    if (monitor === 'loss') return validationLoss ?? loss;
    if (Object.hasOwn(metrics, monitor)) return metrics[monitor];
    const names = Object.keys(metrics);
    throw new OptionError(`EarlyStopping: monitor must be 'loss' or a metric of the validation (${names.join(', ') || 'there is none'}), got ${show(monitor)}.`);
  }
}
