import { NotFittedError } from './errors.ts';
import { completeOptions, type Rules } from './rules.ts';

/**
 * What an estimator wants its X to be; a ColumnTransformer hands it over in this form.
 *
 * - 'matrix': a Matrix of numbers, NaN where a value is missing (booleans as 0 and 1).
 * - 'table': a Table of the chosen columns, whatever they hold (encoders, date features). Such a stage also
 *   takes a Matrix, whose columns count as numbers called x0, x1, …, so that it can follow a 'matrix' stage.
 * - 'any': a Matrix where every chosen column holds numbers or booleans, else a Table (imputers, which return
 *   what they were given).
 * - 'texts': one text column as an array of strings (vectorizers).
 */
export type Takes = 'matrix' | 'table' | 'any' | 'texts';

/** An estimator class as the registry, the common checks and `clone` see it. */
export interface EstimatorClass {
  new (options?: any): Estimator<any, any>;
  readonly rules: Rules<any>;
  readonly takes?: Takes;
}

/**
 * What every estimator is: options that never change, and one record of everything learned.
 *
 * - The constructor only stores. `options` is complete (defaults filled in) and frozen; it is checked
 *   against the class's static `rules`.
 * - `fitted` is set by `fit` and by nothing else; reading it earlier throws NotFittedError.
 * - `clone()` copies options, never what was learned. `with(changes)` is a clone with other options.
 *
 * Counterpart: scikit-learn's BaseEstimator (get_params is `options`, set_params is `with`).
 */
export abstract class Estimator<Options extends object, Fitted extends object> {
  /** One rule per option; see rules.ts. */
  static readonly rules: Rules<any> = {};

  /** What `fit` wants X to be; see Takes. */
  static readonly takes: Takes = 'matrix';

  /** Whether `fit` of a model heeds `sampleWeight`; one that does not refuses it. */
  static readonly weighsRows: boolean = true;

  readonly options: Readonly<Required<Options>>;
  #fitted: Fitted | undefined;

  constructor(options: Options = {} as Options) {
    this.options = completeOptions<Options>(new.target.name, options, (new.target as unknown as EstimatorClass).rules as Rules<Options>);
  }

  /** The class name; it starts every error message. */
  get owner(): string {
    return this.constructor.name;
  }

  /** What `fit` wants X to be: the class's static `takes`, unless it depends on options. */
  get takes(): Takes {
    return (this.constructor as unknown as { takes: Takes }).takes;
  }

  get isFitted(): boolean {
    return this.#fitted !== undefined;
  }

  /** Everything learned by `fit`. @throws NotFittedError before `fit`. */
  get fitted(): Fitted {
    if (this.#fitted === undefined) {
      throw new NotFittedError(`${this.owner}: fit must come first. Call await fit(X, y) before predict, transform or fitted.`);
    }
    return this.#fitted;
  }

  /** Puts a learned record in place: called by `fit`, and by loading a saved model. */
  restore(fitted: Fitted): this {
    this.#fitted = Object.freeze(fitted);
    return this;
  }

  /** An unfitted estimator with the same options. */
  clone(): this {
    return this.with({} as Partial<Options>);
  }

  /** An unfitted estimator with some options changed. */
  with(changes: Partial<Options>): this {
    const Class = this.constructor as unknown as new (options: object) => this;
    return new Class({ ...this.options, ...changes });
  }
}
