import type { FitOptions } from '../core/fit-options.ts';
import type { FeaturesLike } from './features.ts';

/** What may accompany X and y in the `fit` of a boosted model. */
export interface BoostingFitOptions<Y extends ArrayLike<unknown>> extends FitOptions {
  /** Rows for early stopping, instead of a share of X: their loss (or score) decides how many rounds are kept. */
  validation?: { X: FeaturesLike; y: Y; sampleWeight?: ArrayLike<number> };
}
