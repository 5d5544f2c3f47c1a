import { Estimator } from './estimator.ts';
import type { FitOptions } from './fit-options.ts';

/**
 * An estimator that turns X into another X: In → Out.
 *
 * Subclasses implement `fit` and `transform`; override `fitTransform` where both together are cheaper,
 * or where they differ on purpose (a cross-fitted encoder).
 *
 * Counterpart: scikit-learn's TransformerMixin.
 */
export abstract class Transformer<Options extends object, Fitted extends object, In, Out> extends Estimator<Options, Fitted> {
  /** Learns from X (and y, for supervised transformers). @returns this */
  abstract fit(X: In, y?: ArrayLike<unknown>, options?: FitOptions): Promise<this>;

  /** Applies what was learned. @throws NotFittedError before fit. */
  abstract transform(X: In): Promise<Out>;

  async fitTransform(X: In, y?: ArrayLike<unknown>, options?: FitOptions): Promise<Out> {
    await this.fit(X, y, options);
    return this.transform(X);
  }

  /**
   * Names of the columns that `transform` returns.
   * @param inputNames names of the columns of X; x0, x1, … when left out
   */
  featureNamesOut(inputNames?: readonly string[]): string[] {
    void this.fitted;
    if (inputNames) return [...inputNames];
    const count = (this.fitted as { nFeaturesIn?: number }).nFeaturesIn ?? 0;
    return Array.from({ length: count }, (_, j) => `x${j}`);
  }
}
