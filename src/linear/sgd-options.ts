import { OptionError } from '../core/errors.ts';
import { choice, custom, flag, integer, number, optional, positive, seed, type Rules } from '../core/rules.ts';

/** Options that SGDClassifier and SGDRegressor share. */
export interface SgdOptions {
  /** The penalty, or null for none. Default 'l2'. */
  penalty?: 'l2' | 'l1' | 'elasticnet' | null;
  /** Strength of the penalty, at least 0; above 0 with learningRate 'optimal', which it sets. Default 1e-4. */
  alpha?: number;
  /** Share of the lasso in 'elasticnet'. Default 0.15. */
  l1Ratio?: number;
  /** Whether to learn an unpenalised intercept. Default true. */
  fitIntercept?: boolean;
  /** Most passes over the rows. Default 1000. */
  maxIter?: number;
  /** Stop when the mean objective of an epoch was not lower than the best by this, nIterNoChange times in a row; null never stops early. Default 1e-3. */
  tol?: number | null;
  /** Whether rows are put in random order before each epoch. Default true. */
  shuffle?: boolean;
  /** Errors up to this count as none ('epsilonInsensitive'), or by their square ('huber'), in units of y. Default 0.1. */
  epsilon?: number;
  /** Seed of the order of rows; null is seed 0. Default null. */
  randomState?: number | null;
  /**
   * Size of steps: 'optimal' is 1/(alpha·(t₀ + t)), 'invscaling' eta0/tᵖᵒʷᵉʳ, 'constant' eta0, 'adaptive' eta0 divided by 5
   * each time progress ends. Default 'optimal' for classifiers, 'invscaling' for regressors.
   */
  learningRate?: 'optimal' | 'invscaling' | 'constant' | 'adaptive';
  /** First size of steps, but for 'optimal'. Default 0.01. */
  eta0?: number;
  /** Exponent of 'invscaling', at least 0. Default 0.5 for classifiers, 0.25 for regressors. */
  powerT?: number;
  /** Epochs without progress before stopping. Default 5. */
  nIterNoChange?: number;
  /** Whether fitting again starts from what was learned before. Default false. */
  warmStart?: boolean;
  /** Whether to predict by the average of all coefficients on the way; a number n averages from the n-th row on. Default false. */
  average?: boolean | number;
}

export type SgdSettings = Readonly<Required<SgdOptions>>;

/** The rules, with what differs between classifiers and regressors. */
export const sgdRules = (learningRate: 'optimal' | 'invscaling', powerT: number): Rules<SgdOptions> => ({
  penalty: choice<'l2' | 'l1' | 'elasticnet' | null>('l2', ['l2', 'l1', 'elasticnet', null]),
  alpha: number(1e-4, { min: 0 }),
  l1Ratio: number(0.15, { min: 0, max: 1 }),
  fitIntercept: flag(true),
  maxIter: integer(1000, { min: 1 }),
  tol: optional(number(1e-3, { min: 0 }), 1e-3),
  shuffle: flag(true),
  epsilon: number(0.1, { min: 0 }),
  randomState: seed(),
  learningRate: choice<'optimal' | 'invscaling' | 'constant' | 'adaptive'>(learningRate, ['optimal', 'invscaling', 'constant', 'adaptive']),
  eta0: positive(0.01),
  powerT: number(powerT, { min: 0 }),
  nIterNoChange: integer(5, { min: 1 }),
  warmStart: flag(false),
  average: custom<boolean | number>(false, 'true, false or a whole number of at least 1', (v) => typeof v === 'boolean' || (Number.isInteger(v) && (v as number) >= 1), 0),
});

/** @throws OptionError when options do not fit each other */
export function checkSgdOptions(owner: string, { learningRate, alpha }: SgdSettings): void {
  if (learningRate === 'optimal' && alpha === 0) {
    throw new OptionError(`${owner}: alpha must be above 0 with learningRate 'optimal', got 0. Use another learningRate.`);
  }
}

/** numpy's iinfo(int32).max: seeds are drawn below it. */
export const SEED_END = 2147483647;
