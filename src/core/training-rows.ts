import type { FitOptions } from './fit-options.ts';
import { takeRows } from './rows.ts';

/** The rows a stage is fitted on. */
export interface TrainingRows<X = unknown> {
  X: X;
  /** One per row; undefined where there is no target. */
  y?: ArrayLike<any>;
  /** One weight per row; undefined for 1 each. */
  sampleWeight?: ArrayLike<number>;
}

/**
 * A stage that changes which rows the stages after it are fitted on, or how many there are. A pipeline calls `fitResample`
 * in its own fit, instead of fitTransform, and `transform`, which keeps every row, everywhere else.
 *
 * Counterpart: a sampler of imbalanced-learn.
 */
export interface Resampler {
  fitResample(X: any, y?: ArrayLike<any>, options?: FitOptions): Promise<TrainingRows<any>>;
}

export function isResampler(stage: object): stage is Resampler {
  return typeof (stage as Partial<Resampler>).fitResample === 'function';
}

/** Some of the rows, with their targets and weights. */
export function takeTrainingRows<X>({ X, y, sampleWeight }: TrainingRows<X>, rows: ArrayLike<number>): TrainingRows<X> {
  return {
    X: takeRows(X, rows),
    ...(y !== undefined && { y: takeRows(y, rows) }),
    ...(sampleWeight !== undefined && { sampleWeight: takeRows(sampleWeight, rows) }),
  };
}
