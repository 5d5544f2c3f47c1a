import { choice, custom, flag, integer, number, optional, type Rules } from '../core/rules.ts';
import { isModel, type Member } from '../model-selection/meta-estimator.ts';
import { growthRules, type GrowthOptions } from '../tree/tree-options.ts';

/** What GradientBoostingClassifier and GradientBoostingRegressor share; of their trees' limits, maxDepth is 3 by default. */
export interface GradientBoostingOptions extends Omit<GrowthOptions, 'monotonicCst'> {
  /** What each tree's values are multiplied by. Default 0.1. */
  learningRate?: number;
  /** Most stages; each grows a tree, or one per class for three classes and more. Default 100. */
  nEstimators?: number;
  /** Share of the rows that each stage's trees grow on, drawn without replacement, in (0, 1]. Default 1. */
  subsample?: number;
  /** What splits lower: both are the variance of the gradient, as in scikit-learn 1.9. Default 'friedmanMse'. */
  criterion?: 'friedmanMse' | 'squaredError';
  /**
   * What predicts before the first tree: a model, fitted on the same rows, 'zero' for raw predictions of 0, or null for
   * the class shares, the mean, or the loss's quantile. Default null.
   */
  init?: Member | 'zero' | null;
  /** Ends once so many stages in a row have not lowered the loss of rows set aside by `tol`. Default null: all stages. */
  nIterNoChange?: number | null;
  /** Share of the rows that are set aside for nIterNoChange. Default 0.1. */
  validationFraction?: number;
  /** See nIterNoChange; in the loss's unit. Default 1e-4. */
  tol?: number;
  /**
   * Whether fitting again keeps the stages there are and adds those that are lacking to nEstimators:
   * `model.with({ nEstimators: 200, warmStart: true }).restore(model.fitted)`. Default false.
   */
  warmStart?: boolean;
}

/** @param predicts what a model for `init` must be able to do */
export function gradientBoostingRules(predicts: 'predict' | 'predictProba'): Rules<GradientBoostingOptions> {
  const { monotonicCst: _, ...growth } = growthRules(null);
  const isInit = (v: unknown): boolean => v === null || v === 'zero' || (isModel(v) && typeof (v as unknown as Record<string, unknown>)[predicts] === 'function');
  return {
    learningRate: number(0.1, { min: 0 }),
    nEstimators: integer(100, { min: 1 }),
    subsample: number(1, { min: 0, max: 1, openMin: true }),
    criterion: choice('friedmanMse', ['friedmanMse', 'squaredError']),
    ...growth,
    maxDepth: optional(integer(3, { min: 1 }), 3),
    init: custom<Member | 'zero' | null>(null, `a model with fit and ${predicts}, 'zero', or null`, isInit, 0),
    nIterNoChange: optional(integer(5, { min: 1 })),
    validationFraction: number(0.1, { min: 0, max: 1, openMin: true, openMax: true }),
    tol: number(1e-4, { min: 0 }),
    warmStart: flag(false),
  };
}
