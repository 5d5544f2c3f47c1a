import { DataError } from '../core/errors.ts';
import type { Takes } from '../core/estimator.ts';
import type { FitOptions } from '../core/fit-options.ts';
import type { Label, Labels } from '../core/labels.ts';
import { checkSameRows, rowCount } from '../core/rows.ts';
import { checkSampleWeight } from '../core/sample-weight.ts';
import { seed, type Rules } from '../core/rules.ts';
import type { Resampler, TrainingRows } from '../core/training-rows.ts';
import { Transformer } from '../core/transformer.ts';
import { samplingPlan, samplingStrategyRule, type SamplingPlan, type SamplingStrategy } from './sampling-strategy.ts';

export interface ClassSamplerOptions {
  /** How many rows classes are to have; see SamplingStrategy. Default 'auto': all as many. */
  samplingStrategy?: SamplingStrategy;
  /** Seed of what is drawn; null stands for 0. Default null. */
  randomState?: number | null;
}

/** What a class sampler has learned. */
export interface ClassSamplerFitted {
  /** Ascending. */
  classes: readonly Label[];
  /** Rows of each class before and after. */
  counts: readonly { before: number; after: number }[];
  /** Columns of X in fit, where it was a matrix. */
  nFeaturesIn?: number;
}

export const classSamplerRules: Rules<ClassSamplerOptions> = { samplingStrategy: samplingStrategyRule(), randomState: seed() };

/**
 * A stage that changes how many training rows each class has, and no others: within a pipeline's fit, the stages after
 * it learn from the rows it makes; transform and predict pass every row through, so that folds are judged on rows as
 * they are.
 */
export abstract class ClassSampler<Options extends ClassSamplerOptions, In = any> extends Transformer<Options, ClassSamplerFitted, In, In> implements Resampler {
  static override readonly takes: Takes = 'any';

  /** Whether classes grow or shrink. */
  protected abstract readonly kind: 'over' | 'under';

  /** The rows after sampling. */
  protected abstract sample(rows: TrainingRows<In>, plan: SamplingPlan): Promise<TrainingRows<In>>;

  async fit(X: In, y?: ArrayLike<any>, options: FitOptions = {}): Promise<this> {
    await this.fitResample(X, y, options);
    return this;
  }

  /** X as it is. */
  async transform(X: In): Promise<In> {
    void this.fitted;
    return X;
  }

  /** Samples, and returns the rows with their targets and weights. @throws DataError for one class */
  async fitResample(X: In, y?: ArrayLike<any>, options: FitOptions = {}): Promise<TrainingRows<In>> {
    const rows = rowCount(X);
    if (rows === 0) throw new DataError(`${this.owner}: X must have at least 1 row, got 0.`);
    if (y != null) checkSameRows(this.owner, { X, y });
    const { samplingStrategy } = this.options as Required<ClassSamplerOptions>;
    const plan = samplingPlan(this.owner, y as Labels | undefined, samplingStrategy, this.kind);
    const sampleWeight = checkSampleWeight(this.owner, options.sampleWeight, rows);
    const sampled = await this.sample({ X, y, ...(sampleWeight && { sampleWeight }) }, plan);
    const counts = plan.rowsOf.map(({ length }, k) => ({ before: length, after: plan.wanted[k] ?? length }));
    const { cols } = sampled.X as { cols?: number };
    this.restore({ classes: plan.classes, counts, ...(cols !== undefined && { nFeaturesIn: cols }) });
    return sampled;
  }
}
