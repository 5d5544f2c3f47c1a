import type { FitOptions } from './fit-options.ts';

/**
 * An estimator of which several, of one class with different options, can be fitted on the same rows for less than fitting
 * one after the other costs. A search over its options asks for it.
 */
export interface FitsTogether {
  /**
   * Fits all `peers`, this one among them, each to the bit as its own `fit` would.
   * @throws what the `fit` of one of them throws; which are fitted is then open
   */
  fitTogether(peers: readonly this[], X: unknown, y: unknown, options?: FitOptions): Promise<void>;
}

export function fitsTogether(stage: object): stage is FitsTogether {
  return typeof (stage as Partial<FitsTogether>).fitTogether === 'function';
}
