import { RandomState } from '../core/random-state.ts';
import { flag, type Rules } from '../core/rules.ts';
import { takeTrainingRows, type TrainingRows } from '../core/training-rows.ts';
import { ClassSampler, classSamplerRules, type ClassSamplerOptions } from './class-sampler.ts';
import type { SamplingPlan } from './sampling-strategy.ts';

export interface RandomUnderSamplerOptions extends ClassSamplerOptions {
  /** Whether a row can be drawn more than once. Default false. */
  replacement?: boolean;
}

/**
 * Draws as many training rows of each class as the smallest has. The result is in the order of classes.
 *
 * X: anything with rows (a matrix, a table, texts). y: one label per row, two classes or more. `fitted`: classes,
 * counts. A stage of a pipeline; test rows pass through.
 *
 * Counterpart: imbalanced-learn's RandomUnderSampler; its order of draws, as far as its documentation tells; not compared with it.
 *
 * @throws DataError for one class; OptionError for a strategy that does not go with y
 * @example
 * new Pipeline([['balance', new RandomUnderSampler({ samplingStrategy: 0.5 })], ['classify', new LogisticRegression()]]);
 */
export class RandomUnderSampler extends ClassSampler<RandomUnderSamplerOptions> {
  static override readonly rules: Rules<RandomUnderSamplerOptions> = { ...classSamplerRules, replacement: flag(false) };

  protected readonly kind = 'under';

  protected async sample(rows: TrainingRows, { rowsOf, wanted }: SamplingPlan): Promise<TrainingRows> {
    const random = new RandomState(this.options.randomState ?? null);
    const replace = this.options.replacement as boolean;
    const kept = rowsOf.flatMap((own, k) => {
      const count = wanted[k];
      return count === null ? Array.from(own) : Array.from(random.choice(own.length, count, { replace }), (at) => own[at]);
    });
    return takeTrainingRows(rows, kept);
  }
}
