import { RandomState } from '../core/random-state.ts';
import type { Rules } from '../core/rules.ts';
import { takeTrainingRows, type TrainingRows } from '../core/training-rows.ts';
import { ClassSampler, classSamplerRules, type ClassSamplerOptions } from './class-sampler.ts';
import type { SamplingPlan } from './sampling-strategy.ts';

/**
 * Repeats rows of the smaller classes, drawn with replacement, until all classes have as many training rows as the
 * largest. All rows stay; what is drawn comes after them, class by class.
 *
 * X: anything with rows (a matrix, a table, texts). y: one label per row, two classes or more. `fitted`: classes,
 * counts. A stage of a pipeline; test rows pass through.
 *
 * Counterpart: imbalanced-learn's RandomOverSampler without shrinkage; its order of draws, as far as its documentation tells; not compared with it.
 *
 * @throws DataError for one class; OptionError for a strategy that does not go with y
 * @example
 * new Pipeline([['scale', new StandardScaler()], ['balance', new RandomOverSampler({ randomState: 1 })], ['classify', new LogisticRegression()]]);
 */
export class RandomOverSampler extends ClassSampler<ClassSamplerOptions> {
  static override readonly rules: Rules<ClassSamplerOptions> = classSamplerRules;

  protected readonly kind = 'over';

  protected async sample(rows: TrainingRows, { rowsOf, wanted }: SamplingPlan): Promise<TrainingRows> {
    const random = new RandomState(this.options.randomState ?? null);
    const total = rowsOf.reduce((sum, { length }) => sum + length, 0);
    const kept = Array.from({ length: total }, (_, i) => i);
    rowsOf.forEach((own, k) => {
      const count = wanted[k];
      if (count !== null) kept.push(...Array.from(random.choice(own.length, count - own.length), (at) => own[at]));
    });
    return takeTrainingRows(rows, kept);
  }
}
